import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/**
 * Dependency direction. Runs dependency-cruiser twice: over a fixture with planted violations, which must be
 * found (a cruiser that cannot read our TypeScript reports peace over nothing), and over the project.
 */
const root = fileURLToPath(new URL('..', import.meta.url))
const config = `${root}.dependency-cruiser.cjs`

type Report = {
  readonly summary: {
    readonly totalCruised: number
    readonly violations: readonly {
      readonly from: string
      readonly to: string
      readonly rule: { readonly name: string }
    }[]
    readonly ruleSetUsed?: { readonly forbidden?: readonly { readonly name: string; readonly comment?: string }[] }
  }
}

function cruise(cwd: string, folders: readonly string[]): Report['summary'] {
  const { stdout, stderr } = spawnSync('depcruise', ['--config', config, '--output-type', 'json', ...folders], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (stdout === '') throw new Error(`dependency-cruiser said nothing: ${stderr}`)
  return (JSON.parse(stdout) as Report).summary
}

const planted = cruise(`${root}tests/fixtures/dependency-violations`, ['packages', 'server', 'client'])
const found = new Set(planted.violations.map((violation) => violation.rule.name))
const missed = ['packages-without-core', 'minutes-direction', 'server-and-client-apart'].filter(
  (rule) => !found.has(rule),
)
if (missed.length > 0) {
  console.error(`planted violations were not found: ${missed.join(', ')}`)
  process.exit(1)
}

const project = cruise(root, ['packages', 'server/src', 'client/src', 'tests'])
if (project.totalCruised === 0) {
  console.error('dependency-cruiser read 0 modules')
  process.exit(1)
}
for (const { from, to, rule } of project.violations) {
  const comment = project.ruleSetUsed?.forbidden?.find((known) => known.name === rule.name)?.comment ?? ''
  console.error(`${from} → ${to}\n  ${rule.name}: ${comment}`)
}
console.log(`${project.totalCruised} modules, ${project.violations.length} violations`)
process.exit(project.violations.length === 0 ? 0 : 1)
