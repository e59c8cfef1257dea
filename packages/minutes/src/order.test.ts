import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { addItem, createMinutesDoc, type ItemId, moveItem, readMinutes } from './index.ts'
import { compareOrder, initialOrder, type Ordered, placeAt } from './order.ts'

function applied(others: readonly Ordered[], keys: readonly Ordered[]): readonly string[] {
  const entries = new Map(others.map((entry) => [entry.id, entry]))
  for (const key of keys) entries.set(key.id, key)
  return [...entries.values()].sort(compareOrder).map(({ id }) => id)
}

describe('order of a list', () => {
  test('[MN9] placed at any index, an entry stands there, whatever keys the others have', () => {
    const key = fc.oneof(
      fc.constantFrom('a0', 'a1', 'a0V', 'Zz', '', 'a', '!', 'ö', 'a00'),
      fc.constantFrom(...initialOrder(5)),
    )
    fc.assert(
      fc.property(fc.array(key, { maxLength: 8 }), fc.integer({ min: -1, max: 10 }), (keys, index) => {
        const others = keys.map((order, n) => ({ id: `i${n}`, order })).sort(compareOrder)
        const at = Math.min(Math.max(index, 0), others.length)
        const wanted = others.map(({ id }) => id)
        wanted.splice(at, 0, 'new')
        expect(applied(others, placeAt(others, 'new', index))).toEqual(wanted)
      }),
      { seed: 7, numRuns: 1000 },
    )
  })

  test('[MN9] between two neighbours with room, one key is enough', () => {
    const others = initialOrder(4).map((order, n) => ({ id: `i${n}`, order }))
    expect(placeAt(others, 'new', 2)).toHaveLength(1)
  })

  test('[MN10] two who insert at one spot get equal keys; both replicas show one order, and there is room again between', () => {
    const a = createMinutesDoc(1)
    const b = createMinutesDoc(2)
    const sync = () => {
      Y.applyUpdate(a, Y.encodeStateAsUpdate(b))
      Y.applyUpdate(b, Y.encodeStateAsUpdate(a))
    }
    const item = { presenters: [], blocks: [] }
    addItem(a, { title: 'första', ...item })
    sync()
    addItem(a, { title: 'från a', ...item }, 1, null, 'zzz' as ItemId)
    addItem(b, { title: 'från b', ...item }, 1, null, 'aaa' as ItemId)
    sync()
    const [, x, y] = readMinutes(a).items
    expect(x?.order).toBe(y?.order)
    expect(readMinutes(a).items.map(({ title }) => title)).toEqual(['första', 'från b', 'från a'])
    expect(readMinutes(b).items.map(({ title }) => title)).toEqual(['första', 'från b', 'från a'])
    addItem(b, { title: 'mellan', ...item }, 2)
    sync()
    for (const replica of [a, b]) {
      expect(readMinutes(replica).items.map(({ title }) => title)).toEqual(['första', 'från b', 'mellan', 'från a'])
    }
    moveItem(a, 'zzz' as ItemId, 0)
    sync()
    expect(readMinutes(b).items.map(({ title }) => title)).toEqual(['från a', 'första', 'från b', 'mellan'])
  })
})
