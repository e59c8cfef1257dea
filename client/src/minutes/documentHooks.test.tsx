// @vitest-environment jsdom
import {
  addItem,
  bodyOf,
  createMinutesDoc,
  type ItemId,
  itemOf,
  moveItem,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
} from '@justera/minutes'
import { act, renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { useBlocks, useHeaderField, useItemIds, useItemTitle, usePresenters, useRemovedItems } from './documentHooks.ts'

const ONE = 'one' as ItemId
const TWO = 'two' as ItemId

/** Renders one hook and counts how often it drew. */
function drawn<T>(use: () => T): { count: () => number; value: () => T } {
  let count = 0
  const { result } = renderHook(() => {
    count++
    return use()
  })
  return { count: () => count, value: () => result.current }
}

function twoItems(): Y.Doc {
  const doc = createMinutesDoc()
  addItem(doc, { title: 'Ett', presenters: ['A'], blocks: [{ content: 'text' }] }, 0, 'seed', ONE)
  addItem(doc, { title: 'Två', presenters: [], blocks: [] }, 1, 'seed', TWO)
  return doc
}

test('[MP30] a key typed in one item redraws nothing but what shows its text', () => {
  const doc = twoItems()
  const ids = drawn(() => useItemIds(doc))
  const title = drawn(() => useItemTitle(doc, ONE))
  const presenters = drawn(() => usePresenters(doc, ONE))
  const subject = drawn(() => useHeaderField(doc, 'subject'))
  const other = drawn(() => useBlocks(doc, TWO))
  const own = drawn(() => useBlocks(doc, ONE))
  const before = [ids, title, presenters, subject, other].map(({ count }) => count())
  const ownBefore = own.count()
  act(() => bodyOf(itemOf(doc, ONE) as Y.Map<unknown>).insert(3, 'x'))
  expect([ids, title, presenters, subject, other].map(({ count }) => count())).toEqual(before)
  expect(own.count()).toBe(ownBefore + 1)
})

test('[MP30] each part follows what it shows', () => {
  const doc = twoItems()
  const ids = drawn(() => useItemIds(doc))
  const removed = drawn(() => useRemovedItems(doc))
  const title = drawn(() => useItemTitle(doc, ONE))
  const subject = drawn(() => useHeaderField(doc, 'subject'))
  const place = drawn(() => useHeaderField(doc, 'place'))
  const placeBefore = place.count()
  act(() => setHeaderField(doc, 'subject', 'Rådet'))
  expect([subject.value(), place.count()]).toEqual(['Rådet', placeBefore])
  act(() => moveItem(doc, ONE, 1))
  expect(ids.value()).toEqual([TWO, ONE])
  act(() => setItemTitle(doc, ONE, 'Första'))
  expect(title.value()).toBe('Första')
  act(() => setItemRemoved(doc, ONE, true))
  expect([ids.value(), removed.value()]).toEqual([[TWO], [{ id: ONE, title: 'Första' }]])
})
