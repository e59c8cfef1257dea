import { createMinutesDoc } from '@justera/minutes'
import * as Y from 'yjs'
import type { MeetingState, Seq } from '../store/updateLog.ts'
import type { Verdict } from './gate.ts'
import { placeOf, type SharedType } from './place.ts'
import { step2Frame, updateFrame, type WireFrame } from './serverFrames.ts'

export type Applied =
  /** `update`: exactly what changed, as Yjs encodes it; `null` when nothing did */
  | { readonly ok: true; readonly update: Uint8Array | null; readonly transaction: Y.Transaction | null }
  /** the document is no longer what its log says: load it again */
  | { readonly ok: false; readonly detail: string }

/** What the gate foresaw of an update that it accepted. */
type Foreseen = Pick<Extract<Verdict, { kind: 'accept' }>, 'clocks' | 'repeats'>

const EMPTY_UPDATE = Uint8Array.of(0, 0)
/** Updates merged at once; merging is more than linear. */
const MERGE_SIZE = 50

/**
 * The document of one room. Stays as stored (a snapshot and the updates after it) until something needs
 * a Y.Doc: most openings are answered from the stored bytes alone.
 */
export class RoomDocument {
  #stored: readonly Uint8Array[]
  readonly #storedClocks: ReadonlyMap<number, number>
  #doc: Y.Doc | null = null
  #encoded: WireFrame | null = null
  #emitted: Uint8Array[] = []
  #transaction: Y.Transaction | null = null
  #misplaced: string | null = null

  constructor(state: MeetingState) {
    const tail = state.tail.filter((row) => row.kind === 'update' && row.payload.length > 0).map((row) => row.payload)
    this.#stored = state.snapshot === null ? tail : [state.snapshot.update, ...tail]
    this.#storedClocks = storedClocks(state.snapshot?.stateVector, tail)
  }

  /** The live document, built on first need. Callers read; only {@link apply} changes it. */
  get doc(): Y.Doc {
    this.#doc ??= this.#build()
    return this.#doc
  }

  get isBuilt(): boolean {
    return this.#doc !== null
  }

  clockOf(client: number): number {
    return this.#doc === null ? (this.#storedClocks.get(client) ?? 0) : Y.getState(this.#doc.store, client)
  }

  stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#doc ?? new Map(this.#storedClocks))
  }

  /** The whole document for somebody who has nothing, ending in a step 2. Kept until the next change. */
  wholeState(): WireFrame {
    this.#encoded ??=
      this.#doc === null
        ? Buffer.concat([...inGroups(this.#stored).map(updateFrame), step2Frame(EMPTY_UPDATE)])
        : step2Frame(Y.encodeStateAsUpdate(this.#doc))
    return this.#encoded
  }

  /** What somebody lacks who has this much. */
  difference(stateVector: Uint8Array): WireFrame {
    return step2Frame(Y.encodeStateAsUpdate(this.doc, stateVector))
  }

  snapshot(): { readonly update: Uint8Array; readonly stateVector: Uint8Array } {
    return { update: Y.encodeStateAsUpdate(this.doc), stateVector: Y.encodeStateVector(this.doc) }
  }

  /**
   * Applies an update that passed the gate and makes sure that it did what the gate foresaw.
   * @param verdict what the gate said of it
   */
  apply(update: Uint8Array, origin: unknown, verdict: Foreseen): Applied {
    const { doc } = this
    this.#emitted = []
    this.#transaction = null
    this.#misplaced = null
    this.#encoded = null
    try {
      const news = verdict.repeats ? Y.diffUpdate(update, Y.encodeStateVector(doc)) : update
      Y.applyUpdate(doc, news, origin)
    } catch (error) {
      return { ok: false, detail: `apply threw: ${error instanceof Error ? error.message : 'unknown'}` }
    }
    const { store } = doc
    if (store.pendingStructs !== null || store.pendingDs !== null) return { ok: false, detail: 'something is pending' }
    for (const [client, clock] of verdict.clocks) {
      if (Y.getState(store, client) !== clock) return { ok: false, detail: `clock of ${client}` }
    }
    if (this.#misplaced !== null) return { ok: false, detail: this.#misplaced }
    const [first, ...more] = this.#emitted
    if (first === undefined) return { ok: true, update: null, transaction: null }
    const changed = more.length === 0 ? first : Y.mergeUpdates(this.#emitted)
    return { ok: true, update: changed, transaction: this.#transaction }
  }

  #build(): Y.Doc {
    const doc = createMinutesDoc()
    doc.transact(() => {
      for (const update of this.#stored) Y.applyUpdate(doc, update)
    })
    this.#stored = []
    doc.on('update', (update: Uint8Array) => this.#emitted.push(update))
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      this.#transaction = transaction
      this.#misplaced ??= findMisplaced(transaction)
    })
    return doc
  }
}

/** What the log holds after a row, as updates; `null` when a snapshot covers part of it. */
export function newsSince({ snapshot, tail }: Pick<MeetingState, 'snapshot' | 'tail'>, seq: Seq): WireFrame | null {
  if (snapshot !== null && snapshot.seq > seq) return null
  const rows = tail.filter((row) => row.seq > seq && row.kind === 'update' && row.payload.length > 0)
  return Buffer.concat(rows.map((row) => updateFrame(row.payload)))
}

/** Merges stored updates in small groups; the first, a snapshot as a rule, stays as it is. */
function inGroups(updates: readonly Uint8Array[]): readonly Uint8Array[] {
  if (updates.length <= MERGE_SIZE) return updates
  const groups = updates.slice(0, 1)
  for (let i = 1; i < updates.length; i += MERGE_SIZE) groups.push(Y.mergeUpdates(updates.slice(i, i + MERGE_SIZE)))
  return groups
}

function storedClocks(stateVector: Uint8Array | undefined, tail: readonly Uint8Array[]): Map<number, number> {
  const clocks = stateVector === undefined ? new Map<number, number>() : Y.decodeStateVector(stateVector)
  for (const update of tail) {
    for (const [client, clock] of Y.parseUpdateMeta(update).to) {
      clocks.set(client, Math.max(clock, clocks.get(client) ?? 0))
    }
  }
  return clocks
}

/** What a transaction changed must have a place in the layout, and agenda items their parts. A second look after the gate. */
function findMisplaced(transaction: Y.Transaction): string | null {
  for (const [type, keys] of transaction.changed) {
    const place = placeOf(type)
    if (place === null) return 'a type outside the layout'
    if (place === 'item' && !hasParts(type)) return 'an agenda item without its parts'
    if (place !== 'agenda') continue
    for (const key of keys) {
      const holder = key === null ? undefined : type._map.get(key)
      if (holder === undefined || holder.deleted) return 'a lost agenda item'
      if (!(holder.content instanceof Y.ContentType) || !hasParts(holder.content.type))
        return 'an agenda item without its parts'
    }
  }
  return null
}

function hasParts(item: SharedType): boolean {
  return ['title', 'presenters', 'body'].every((key) => {
    const part = item._map.get(key)
    return part !== undefined && !part.deleted && part.content instanceof Y.ContentType
  })
}
