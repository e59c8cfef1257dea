import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Holds docs/rules.md and the titles of the tests to each other: no rule without a test, no title without a rule. */
const root = fileURLToPath(new URL('..', import.meta.url))

const rules = new Set<string>()
for (const [, id = ''] of readFileSync(`${root}docs/rules.md`, 'utf8').matchAll(/^- ([A-Z]{2}\d+) /gm)) {
  if (rules.has(id)) fail(`rule ${id} stands twice in docs/rules.md`)
  rules.add(id)
}

const carried = new Map<string, string>()
for (const folder of ['packages', 'server/src', 'client/src', 'tests']) {
  for (const name of readdirSync(root + folder, { recursive: true, encoding: 'utf8' })) {
    if (name.includes('node_modules') || !/\.(test|spec)\.tsx?$|describeStore\.ts$/.test(name)) continue
    const source = readFileSync(`${root}${folder}/${name}`, 'utf8')
    for (const [title] of source.matchAll(/['"`](?:\[[A-Z]{2}\d+\] ?)+/g)) {
      for (const [id] of title.matchAll(/[A-Z]{2}\d+/g)) carried.set(id, `${folder}/${name}`)
    }
  }
}

const untested = [...rules].filter((id) => !carried.has(id))
const unknown = [...carried].filter(([id]) => !rules.has(id))
for (const id of untested) console.error(`no test carries ${id}`)
for (const [id, file] of unknown) console.error(`${file} carries ${id}, which docs/rules.md does not know`)
if (untested.length + unknown.length > 0) process.exit(1)
console.log(`${rules.size} rules, each carried by a test`)

function fail(why: string): never {
  console.error(why)
  process.exit(1)
}
