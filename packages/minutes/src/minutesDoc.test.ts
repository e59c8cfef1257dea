import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { createMinutesDoc } from './index.ts'
import { editScript, play } from './testing/histories.ts'

/** A document as Yjs makes it, for the counter-proof only. */
const StockDoc = Y.Doc

/**
 * Two people format and delete at random, at once; a third only receives.
 * @returns how many updates the third sends by itself over all rounds
 */
function updatesOfReceiver(create: (clientId: number) => Y.Doc): number {
  let sent = 0
  const coin = fc.sample(fc.nat(1_000_000), { numRuns: 2000, seed: 1 })
  for (let round = 0; round < 40; round++) {
    const dice = coin.slice(round * 50, round * 50 + 50)
    const draw = (below: number) => (dice.pop() ?? 0) % below
    const [a, b, reader] = [create(1), create(2), create(3)]
    a.getText('body').insert(0, 'En mening som två gör fet, och en till.', { bold: null })
    for (const doc of [b, reader]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(a), 'remote')
    reader.getText('body') // only a known type is cleaned up
    reader.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') sent++
    })
    for (let step = 0; step < 4; step++) {
      for (const doc of [a, b]) {
        const text = doc.getText('body')
        const at = draw(text.length - 4)
        if (draw(3) === 0) text.delete(at, 1 + draw(3))
        else text.format(at, 1 + draw(4), { bold: draw(2) === 0 ? true : null })
      }
      for (const doc of [a, b]) Y.applyUpdate(reader, Y.encodeStateAsUpdate(doc), 'remote')
    }
  }
  return sent
}

describe('the document maker', () => {
  test('[MN18] who only receives sends nothing, not even formatting clean-up (a stock document does)', () => {
    expect(updatesOfReceiver((clientId) => createMinutesDoc(clientId))).toBe(0)
    const stock = updatesOfReceiver((clientId) => {
      const made = new StockDoc({ gc: false })
      made.clientID = clientId
      return made
    })
    expect(stock).toBeGreaterThan(0)
  })

  test('[MN19] deleted text stays in the document', () => {
    const made = createMinutesDoc(1)
    made.getText('body').insert(0, 'hemligt ord')
    const before = Y.snapshot(made)
    made.getText('body').delete(0, 11)
    expect(Y.createDocFromSnapshot(made, before).getText('body').toString()).toBe('hemligt ord')
  })

  test('[MN20] replaying a log row by row, in one transaction, merged, or twice gives byte-equal states', () => {
    let rows = 0
    fc.assert(
      fc.property(editScript, (script) => {
        const { updates } = play(script)
        rows += updates.length
        const one = createMinutesDoc(101)
        for (const update of updates) Y.applyUpdate(one, update)
        const whole = createMinutesDoc(102)
        whole.transact(() => {
          for (const update of updates) Y.applyUpdate(whole, update)
        })
        const merged = createMinutesDoc(103)
        Y.applyUpdate(merged, Y.mergeUpdates([...updates]))
        const twice = createMinutesDoc(104)
        for (const update of [...updates, ...updates]) Y.applyUpdate(twice, update)
        const state = Buffer.from(Y.encodeStateAsUpdate(one)).toString('base64')
        for (const other of [whole, merged, twice]) {
          expect(Buffer.from(Y.encodeStateAsUpdate(other)).toString('base64')).toBe(state)
        }
      }),
      { seed: 20, numRuns: 100 },
    )
    expect(rows).toBeGreaterThan(1000)
  })
})
