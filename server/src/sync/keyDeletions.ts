import * as Y from 'yjs'
import { type ClockRange, covers } from './deleteRanges.ts'
import { lastValue } from './keyOrder.ts'
import { keepsKeys, placeOf, type SharedType } from './place.ts'
import type { PlacedItem, PlacedItems } from './placement.ts'

/**
 * Whether deleting these items would take a key away where none may go. A value that another one follows may
 * go, also one that the sender saw arrive after its own: what counts is that the key keeps a live value. Pure.
 * @param live    items of the document that the update deletes
 * @param ofFresh ranges that delete the update's own structs
 * @returns what would be lost, or `null`
 */
export function judgeKeyDeletions(
  live: readonly Y.Item[],
  ofFresh: ReadonlyMap<number, readonly ClockRange[]>,
  entries: PlacedItems,
): string | null {
  const touched = new Map<SharedType, Set<string>>()
  const doomed = new Set<Y.Item>()
  for (const item of live) {
    const { parent, parentSub } = item
    if (parentSub === null || !(parent instanceof Y.AbstractType)) continue
    const place = placeOf(parent)
    if (place !== null && !keepsKeys(place)) continue
    if (!(item.content instanceof Y.ContentAny)) return `${place}.${parentSub}`
    doomed.add(item)
    touched.set(parent, (touched.get(parent) ?? new Set()).add(parentSub))
  }
  for (const { item, container, key } of entries) {
    if (key === null || !keepsKeys(container.place) || !isDeletedFresh(item.lastId, ofFresh)) continue
    const { type } = container
    if (!(item.content instanceof Y.ContentAny) || typeof type === 'string') return `${container.place}.${key}`
    touched.set(type, (touched.get(type) ?? new Set()).add(key))
  }
  if (touched.size === 0) return null
  const writes = keyWrites(entries, touched)
  for (const [type, keys] of touched) {
    for (const key of keys) {
      const last = lastValue(type._map.get(key), writes.get(type)?.get(key) ?? [])
      if (last === null) continue
      const dies = last.stored === null ? isDeletedFresh(last, ofFresh) : last.stored.deleted || doomed.has(last.stored)
      if (dies) return key
    }
  }
  return null
}

/** The update's values under the touched keys, each after what it builds on. */
function keyWrites(
  entries: Iterable<PlacedItem>,
  touched: ReadonlyMap<SharedType, ReadonlySet<string>>,
): ReadonlyMap<SharedType, ReadonlyMap<string, Y.Item[]>> {
  const writes = new Map<SharedType, Map<string, Y.Item[]>>()
  for (const { item, container, key } of entries) {
    if (key === null || typeof container.type === 'string' || touched.get(container.type)?.has(key) !== true) continue
    const ofType = writes.get(container.type) ?? new Map<string, Y.Item[]>()
    writes.set(container.type, ofType)
    const ofKey = ofType.get(key)
    if (ofKey === undefined) ofType.set(key, [item])
    else ofKey.push(item)
  }
  return writes
}

function isDeletedFresh(
  { client, clock }: { readonly client: number; readonly clock: number },
  ofFresh: ReadonlyMap<number, readonly ClockRange[]>,
): boolean {
  return covers(ofFresh.get(client) ?? [], clock)
}
