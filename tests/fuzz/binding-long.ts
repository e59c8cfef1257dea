/**
 * The binding's simulation by seeds, as long as wanted; resumes by range.
 *
 *     node tests/fuzz/binding-long.ts --from 0 --to 10000
 *
 * Prints the totals, and each failing seed with its broken invariant; exits with 1 when there was any.
 */
import { parseArgs } from 'node:util'
import { openStateEditor, randomMoves, randomSetting, simulate } from '@justera/binding/testing'

const { values } = parseArgs({
  options: { from: { type: 'string', default: '0' }, to: { type: 'string', default: '10000' } },
})
const from = Number(values.from)
const to = Number(values.to)
const startedAt = performance.now()
const totals = new Map<string, number>()
const failures: { readonly seed: number; readonly error: string }[] = []

for (let seed = from; seed < to; seed++) {
  try {
    const run = simulate(randomMoves(seed), { ...randomSetting(seed), open: openStateEditor })
    for (const [key, count] of Object.entries(run)) totals.set(key, (totals.get(key) ?? 0) + count)
  } catch (error) {
    failures.push({ seed, error: error instanceof Error ? error.message : String(error) })
    console.error(`seed ${seed}: ${failures.at(-1)?.error}`)
  }
  if ((seed + 1) % 1000 === 0) console.log(`${seed + 1 - from} seeds, ${failures.length} failed`)
}

const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
console.log(`seeds ${from} to ${to - 1}: ${failures.length} failed, ${seconds} s`)
for (const [key, count] of totals) console.log(`  ${key}: ${count}`)
process.exitCode = failures.length === 0 ? 0 : 1
