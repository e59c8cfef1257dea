import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { randomMoves, randomSetting } from './testing/randomScript.ts'
import { openStateEditor } from './testing/replica.ts'
import { ACTIONS, type Move, noTotals, simulate, type Totals } from './testing/simulation.ts'

const move: fc.Arbitrary<Move> = fc.record({
  action: fc.constantFrom(...ACTIONS),
  who: fc.nat(4),
  item: fc.nat(1),
  from: fc.nat(200),
  to: fc.nat(200),
  pick: fc.nat(100),
})

describe('five replicas on a bad network', () => {
  test('[BD1] [BD2] [BD3] [BD4] 2,000 random scripts converge, lose nothing and send nothing unasked', () => {
    const totals = noTotals()
    fc.assert(
      fc.property(fc.array(move, { minLength: 10, maxLength: 30, size: 'max' }), (moves) => {
        const run = simulate(moves, {
          replicas: 5,
          bodies: [['Första punkten', 'Andra 👩‍👩‍👧'], null],
          open: openStateEditor,
        })
        for (const key of Object.keys(totals) as (keyof Totals)[]) totals[key] += run[key]
      }),
      { numRuns: 2000, seed: 20230607, endOnFailure: true },
    )
    expect(totals.typed).toBeGreaterThan(10_000)
    expect(Math.min(totals.lost, totals.repeated, totals.reordered, totals.anchors, totals.undone)).toBeGreaterThan(500)
  }, 300_000)

  // Seeds of tests/fuzz/binding-long.ts that once failed.
  test.each([[11476, 'a step that cut a surrogate pair while a composition held changes back']])(
    '[BD1] [BD2] [BD13] seed %i: %s',
    (seed) => {
      simulate(randomMoves(seed), { ...randomSetting(seed), open: openStateEditor })
    },
  )
})
