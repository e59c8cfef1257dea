import type { Refusal } from '@justera/protocol'
import * as Y from 'yjs'
import type { PersonId } from '../store/updateLog.ts'
import { type ClockRange, type DeleteSet, isOrdered, rangesOf, visitLiveItems } from './deleteRanges.ts'
import { type FreshItem, findIntegrationOrder } from './integrationOrder.ts'
import { judgeKeyDeletions } from './keyDeletions.ts'
import { judgePlacement } from './placement.ts'
import { scanUpdate } from './scanUpdate.ts'

/** What the gate must know of the room. It reads the document and never changes it. */
export type RoomFacts = {
  readonly doc: Y.Doc
  readonly person: PersonId
  /** `true`, or why the sender may not write now */
  readonly mayWrite: true | 'role' | 'phase' | 'locked'
  readonly ownerOf: (clientId: number) => PersonId | undefined
}

/** Bounds that differ between an update and a sync step 2. */
export type UpdateBounds = { readonly structs: number; readonly claims: number }

export type Verdict =
  | {
      readonly kind: 'accept'
      /** client ids that nobody owned yet */
      readonly claims: readonly number[]
      /** where each client's clock must stand once the update is applied */
      readonly clocks: ReadonlyMap<number, number>
      /** holds structs that are known already: apply it without them, Yjs would still look for their origins */
      readonly repeats: boolean
      /** values written under map keys, for telling whose concurrent value was overwritten */
      readonly keyWrites: boolean
    }
  /** nothing in it is new here */
  | { readonly kind: 'noop' }
  /** a stock client's formatting clean-up from somebody who may not write: nothing happens, nobody is blamed */
  | { readonly kind: 'drop' }
  /** something before it is missing here: the sender is asked for its whole state */
  | { readonly kind: 'gap' }
  | { readonly kind: 'refuse'; readonly reason: Refusal; readonly detail: string }

/**
 * Judges one update before it is applied; the only way into a document for step 2, update and the HTTP fallback.
 * Pure. Never throws: bytes that do not decode are refused.
 * Cost: linear in the update's structs and delete ranges.
 */
export function judgeUpdate(update: Uint8Array, facts: RoomFacts, bounds: UpdateBounds): Verdict {
  const scan = scanUpdate(update)
  if (scan === null) return refuse('content', 'content that is never allowed, or cut short')
  if (scan.structs > bounds.structs) return refuse('too-large', `${scan.structs} structs`)
  if (scan.ranges > knownClocks(facts.doc) + scan.structBytes) return refuse('content', 'more deletions than text')
  const decoded = decode(update)
  if (decoded === null) return refuse('content', 'does not decode')

  if (!isOrdered(decoded.ds)) return refuse('content', 'deletions that Yjs never writes')
  const fresh = findFresh(decoded.structs, facts)
  if (fresh.kind === 'refuse') return fresh
  const deletes = findEffectiveDeletes(decoded.ds, facts.doc, fresh.clocks)
  if (fresh.kind === 'fresh' && fresh.items.size === 0 && deletes !== 'gap' && deletes.live.length === 0) {
    return { kind: 'noop' }
  }
  if (facts.mayWrite !== true) {
    const onlyFormats =
      fresh.kind === 'fresh' &&
      fresh.items.size === 0 &&
      deletes !== 'gap' &&
      deletes.live.every((item) => item.content instanceof Y.ContentFormat)
    return onlyFormats ? { kind: 'drop' } : refuse(facts.mayWrite, 'may not write')
  }
  const forged = findForged(fresh.clocks.keys(), facts, bounds)
  if (forged !== null) return forged
  if (fresh.kind === 'gap' || deletes === 'gap') return { kind: 'gap' }

  const order = findIntegrationOrder(facts.doc, fresh.items)
  if (order === 'gap') return { kind: 'gap' }
  if (order === 'self-reference') return refuse('forged', 'a struct that builds on its own future')
  const placed = judgePlacement(facts.doc, order)
  if (placed.kind === 'refuse') return placed
  const lost = judgeKeyDeletions(deletes.live, deletes.ofFresh, placed.entries)
  if (lost !== null) return refuse('key-deletion', lost)
  return {
    kind: 'accept',
    claims: [...fresh.clocks.keys()].filter((client) => facts.ownerOf(client) === undefined),
    clocks: fresh.clocks,
    repeats: fresh.repeats,
    keyWrites: placed.keyWrites,
  }
}

/** How much there is to delete: no honest delete set has more ranges. */
function knownClocks(doc: Y.Doc): number {
  let clocks = 0
  for (const client of doc.store.clients.keys()) clocks += Y.getState(doc.store, client)
  return clocks
}

function decode(update: Uint8Array): ReturnType<typeof Y.decodeUpdate> | null {
  try {
    return Y.decodeUpdate(update)
  } catch {
    return null // whatever the decoder met (truncation, unknown kinds, a stack too deep): not an update
  }
}

type Fresh =
  | {
      readonly kind: 'fresh' | 'gap'
      readonly items: ReadonlyMap<number, readonly FreshItem[]>
      /** of each client with new structs: its clock afterwards */
      readonly clocks: ReadonlyMap<number, number>
      readonly repeats: boolean
    }
  | Extract<Verdict, { kind: 'refuse' }>

/** The structs that are not known here yet, per client in clock order. */
function findFresh(structs: readonly (Y.Item | Y.GC | Y.Skip)[], facts: RoomFacts): Fresh {
  const items = new Map<number, FreshItem[]>()
  const clocks = new Map<number, number>()
  const ends = new Map<number, number>()
  let gap = false
  let repeats = false
  for (const struct of structs) {
    const { client, clock } = struct.id
    const expected = ends.get(client)
    // Yjs reads one run a client and forgets an earlier one: two runs would hide structs from this gate
    if (expected !== undefined && expected !== clock) return refuse('content', 'two runs of one client')
    if (struct.length < 1) return refuse('content', 'empty struct')
    const end = clock + struct.length
    if (!Number.isSafeInteger(end)) return refuse('content', 'clock out of bounds')
    ends.set(client, end)
    if (struct instanceof Y.Skip) return refuse('content', 'skip')
    const known = Y.getState(facts.doc.store, client)
    if (clock < known) repeats = true
    if (end <= known) continue
    clocks.set(client, end)
    if (!(struct instanceof Y.Item)) return refuse('content', 'collected struct')
    const run = items.get(client)
    if (run === undefined) {
      if (clock > known) gap = true
      items.set(client, [{ item: struct, offset: Math.max(0, known - clock) }])
    } else run.push({ item: struct, offset: 0 })
  }
  return { kind: gap ? 'gap' : 'fresh', items, clocks, repeats }
}

/** New structs stand only under client ids of the sender; an id nobody has shown yet becomes theirs. */
function findForged(clients: Iterable<number>, facts: RoomFacts, bounds: UpdateBounds): Verdict | null {
  let claims = 0
  for (const client of clients) {
    const owner = facts.ownerOf(client)
    if (owner === facts.person) continue
    // an id with content and without owner is the server's own
    if (owner !== undefined || Y.getState(facts.doc.store, client) > 0) return refuse('forged', `client ${client}`)
    if (++claims > bounds.claims) return refuse('forged', 'too many new client ids')
  }
  return null
}

type EffectiveDeletes = {
  /** items of the document that would be deleted, in whole or part */
  readonly live: readonly Y.Item[]
  /** ranges that reach into the update's own new structs */
  readonly ofFresh: ReadonlyMap<number, readonly ClockRange[]>
}

function findEffectiveDeletes(
  ds: DeleteSet,
  doc: Y.Doc,
  clocks: ReadonlyMap<number, number>,
): EffectiveDeletes | 'gap' {
  const live: Y.Item[] = []
  const ofFresh = new Map<number, readonly ClockRange[]>()
  for (const [client, raw] of ds.clients) {
    const ranges = rangesOf(raw)
    const known = Y.getState(doc.store, client)
    const end = Math.max(known, clocks.get(client) ?? 0)
    const last = ranges.at(-1)
    if (last === undefined) continue
    if (last.to > end) return 'gap'
    if (last.to > known) ofFresh.set(client, ranges)
    visitLiveItems(doc, client, ranges, (item) => live.push(item))
  }
  return { live, ofFresh }
}

function refuse(reason: Refusal, detail: string): Extract<Verdict, { kind: 'refuse' }> {
  return { kind: 'refuse', reason, detail }
}
