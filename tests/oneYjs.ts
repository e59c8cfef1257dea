import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Two copies of Yjs break `instanceof` silently. One in the tree, and one in the built page, or none of it counts. */
const root = fileURLToPath(new URL('..', import.meta.url))

const copies = readdirSync(`${root}node_modules/.pnpm`).filter((name) => /^yjs@/.test(name))
if (copies.length !== 1) {
  console.error(`${copies.length} copies of yjs are installed: ${copies.join(', ')}`)
  process.exit(1)
}

const dist = `${root}client/dist`
// The marker by which Yjs itself notices a second copy; each bundled copy carries it once.
const marker = '__ $YJS$ __'
let bundled = 0
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (name.endsWith('.js')) bundled += readFileSync(`${dist}/${name}`, 'utf8').split(marker).length - 1
}
if (bundled !== 1) {
  console.error(`the built page carries ${bundled} copies of yjs`)
  process.exit(1)
}
console.log(`one copy of yjs: ${copies[0]}`)
