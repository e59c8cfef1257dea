import { ATTENDEE_FIELDS, HEADER_FIELDS } from '@justera/minutes'
import * as Y from 'yjs'
import type { PersonId } from '../store/updateLog.ts'
import { placeOf, type SharedType } from './place.ts'

/** A value that its author set without knowing of another one that was set at the same time, and that lost. */
export type Overwritten = {
  readonly path: readonly string[]
  readonly author: PersonId
  readonly yours: string
  readonly theirs: string
  readonly by: PersonId | undefined
}

/**
 * Values of single-value fields (header, attendance) that lost against a concurrent write in this transaction,
 * whichever side came last. Reads only.
 * @param ownerOf who a client id belongs to; values without owner (the server's) are nobody's loss
 */
export function findOverwritten(
  transaction: Y.Transaction,
  ownerOf: (clientId: number) => PersonId | undefined,
): readonly Overwritten[] {
  const found: Overwritten[] = []
  for (const [type, keys] of transaction.changed) {
    for (const key of keys) {
      const path = key === null ? null : fieldPath(type, key)
      const winner = key === null ? undefined : type._map.get(key)
      if (path === null || winner === undefined || winner.deleted) continue
      const by = ownerOf(winner.id.client)
      for (let item = winner.left; item !== null; item = item.left) {
        if (!lostNow(transaction, item)) continue
        const author = ownerOf(item.id.client)
        const yours = textOf(item)
        const theirs = textOf(winner)
        if (author === undefined || author === by || yours === null || theirs === null || yours === theirs) continue
        if (!wasKnown(winner, item)) found.push({ path, author, yours, theirs, by })
        break
      }
    }
  }
  return found
}

/** Deleted by this transaction: what stood there before it, or what it brought and could not keep. */
function lostNow(transaction: Y.Transaction, item: Y.Item): boolean {
  return item.deleted && Y.isDeleted(transaction.deleteSet, item.lastId)
}

/** Whether the winner's author had seen the value: then it was replaced on purpose. */
function wasKnown(winner: Y.Item, item: Y.Item): boolean {
  for (let later: Y.Item | null = winner; later !== null && later !== item; later = later.left) {
    if (later.origin !== null && Y.compareIDs(later.origin, item.lastId) && later.id.client === winner.id.client)
      return true
  }
  return false
}

function fieldPath(type: SharedType, key: string): readonly string[] | null {
  const place = placeOf(type)
  if (place === 'header') return isOne(HEADER_FIELDS, key) ? ['header', key] : null
  if (place !== 'attendee' || key === 'order' || !isOne(ATTENDEE_FIELDS, key)) return null
  const id = type._item?.parentSub
  return id === null || id === undefined ? null : ['attendance', id, key]
}

function isOne(list: readonly string[], key: string): boolean {
  return list.includes(key)
}

function textOf(item: Y.Item): string | null {
  const value: unknown = item.content instanceof Y.ContentAny ? item.content.arr.at(-1) : null
  return typeof value === 'string' ? value : null
}
