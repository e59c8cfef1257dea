import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/**
 * Everything that `npm test` runs, in order, with the time each step took.
 * The first failing step ends the run. A step that lacks something on this machine says in one line what was
 * skipped and why; with CI set, a skipped step is a failure. `node tests/run.ts unit browser` runs only those.
 */
type Step = { readonly name: string; readonly command: readonly string[]; readonly missing?: () => string | null }

const root = fileURLToPath(new URL('..', import.meta.url))

const chromium = (): string | null =>
  ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].some(existsSync) ||
  process.env.PLAYWRIGHT_BROWSERS_PATH !== undefined
    ? null
    : 'no Chromium found (install the system package chromium)'

const STEPS: readonly Step[] = [
  { name: 'lint', command: ['pnpm', 'run', 'lint'] },
  { name: 'types', command: ['pnpm', 'run', 'types'] },
  { name: 'dependencies', command: ['pnpm', 'run', 'deps'] },
  { name: 'rules', command: ['node', 'tests/rules.ts'] },
  { name: 'unused', command: ['pnpm', 'run', 'unused'] },
  { name: 'build', command: ['pnpm', 'run', 'build'] },
  { name: 'one-yjs', command: ['node', 'tests/oneYjs.ts'] },
  { name: 'size', command: ['pnpm', 'run', 'size'] },
  { name: 'unit', command: ['pnpm', 'run', 'unit'] },
  { name: 'kills', command: ['node', 'tests/chaos/kill.ts', '--rounds', '25', '--seed', '1'] },
  { name: 'browser', command: ['pnpm', 'run', 'browser'], missing: chromium },
]

function run(command: readonly string[]): Promise<number> {
  const [program, ...args] = command
  return new Promise((resolve, reject) => {
    const child = spawn(program ?? '', args, { cwd: root, stdio: 'inherit' })
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)))
  })
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name))
if (unknown.length > 0) {
  console.error(`unknown step ${unknown.join(', ')}; there are ${STEPS.map((step) => step.name).join(', ')}`)
  process.exit(2)
}

const lines: string[] = []
let passed = 0
let failed = 0
let skipped = 0
for (const step of STEPS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const reason = step.missing?.() ?? null
  if (reason !== null) {
    lines.push(`${step.name}: skipped, ${reason}`)
    skipped++
    continue
  }
  console.log(`\n── ${step.name} ──`)
  const start = performance.now()
  const code = await run(step.command)
  lines.push(
    `${step.name}: ${code === 0 ? 'passed' : `failed (${code})`} in ${((performance.now() - start) / 1000).toFixed(1)} s`,
  )
  if (code === 0) passed++
  else {
    failed++
    break
  }
}
console.log(`\n${lines.join('\n')}`)
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`)
process.exit(failed > 0 || (skipped > 0 && process.env.CI !== undefined) ? 1 : 0)
