import { ID_PATTERN } from '@justera/minutes'
import * as decoding from 'lib0/decoding'
import type { Access } from './access.ts'
import type { AwarenessEntry } from './serverFrames.ts'

/** One entry of a client's awareness update; `json` is read only for the client's own id. */
type RawEntry = { readonly clientId: number; readonly clock: number; readonly json: string }

/** Most entries that are looked at in one awareness frame, its largest size, and the largest own state as sent, in bytes. */
const MAX_ENTRIES = 1_000
const MAX_FRAME_BYTES = 64 * 1024
const MAX_STATE_BYTES = 8 * 1024
/** A clock further ahead than this would freeze the entry for everybody once it is taken back. */
const MAX_CLOCK_STEP = 100
const MAX_FIRST_CLOCK = 2 ** 32

/** Reads an awareness update; `null` when it is malformed or out of all proportion. Never throws. */
export function readAwareness(update: Uint8Array): readonly RawEntry[] | null {
  if (update.length > MAX_FRAME_BYTES) return null
  try {
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    if (count > MAX_ENTRIES) return null
    const entries: RawEntry[] = []
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      entries.push({ clientId, clock, json: decoding.readVarString(decoder) })
    }
    return entries
  } catch {
    return null
  }
}

type Entry = { readonly clock: number; readonly clientClock: number; readonly state: string; readonly live: boolean }

/**
 * Who is where in one meeting, as the server tells it: identity from the session, position from the client.
 * Holds the newest state of each client and what has changed since it was last taken.
 */
export class AwarenessBoard {
  readonly #entries = new Map<number, Entry>()
  readonly #changed = new Set<number>()

  /**
   * Takes over what a client says of itself. Anything ill-formed is left out, never passed on.
   * @param maxBytes largest state that is sent on
   * @returns whether something is to be sent
   */
  set(entry: RawEntry, access: Access, maxBytes: number): boolean {
    const { clientId, clock } = entry
    if (entry.json.length > MAX_STATE_BYTES) return false
    const last = this.#entries.get(clientId)
    const state = rebuildState(entry.json, access)
    if (state === null) {
      if (last?.live !== true || clock < last.clientClock) return false
      this.remove(clientId)
      return true
    }
    if (Buffer.byteLength(state) > maxBytes) return false
    if (last === undefined ? clock > MAX_FIRST_CLOCK : clock > Math.max(last.clientClock, last.clock) + MAX_CLOCK_STEP)
      return false
    if (last?.live === true && clock <= last.clientClock) return false
    // others accept only what is higher than what they have: 0 of somebody new, the last clock of somebody who returns
    const sent = Math.max(clock, (last?.clock ?? 0) + 1)
    this.#entries.set(clientId, { clock: sent, clientClock: clock, state, live: true })
    this.#changed.add(clientId)
    return true
  }

  /** The client is gone; the others are told once. */
  remove(clientId: number): void {
    const last = this.#entries.get(clientId)
    if (last?.live !== true) return
    this.#entries.set(clientId, { ...last, state: 'null', live: false })
    this.#changed.add(clientId)
  }

  /** What has changed since the last call: the newest state of each client, once. */
  takeChanges(): readonly AwarenessEntry[] {
    const changes = [...this.#changed].flatMap((clientId) => this.#sent(clientId))
    this.#changed.clear()
    return changes
  }

  /** Everybody who is here, for somebody who comes or asks. */
  everybody(): readonly AwarenessEntry[] {
    return [...this.#entries].flatMap(([clientId, { live }]) => (live ? this.#sent(clientId) : []))
  }

  #sent(clientId: number): readonly AwarenessEntry[] {
    const entry = this.#entries.get(clientId)
    return entry === undefined ? [] : [{ clientId, clock: entry.clock, state: entry.state }]
  }
}

/** What is sent on of a client's state, as JSON; `null` when it says that it is gone, or nothing readable. */
function rebuildState(json: string, access: Access): string | null {
  let sent: unknown
  try {
    sent = JSON.parse(json)
  } catch {
    return null
  }
  if (!isRecord(sent)) return null
  const { person, name, agency } = access
  return JSON.stringify({
    user: { person, name, agency },
    ...position(sent),
    ...(isRecord(sent.cursor) ? { cursor: position(sent.cursor) } : {}),
    ...(typeof sent.typing === 'boolean' ? { typing: sent.typing } : {}),
  })
}

function position(sent: Record<string, unknown>): Record<string, unknown> {
  const item = typeof sent.item === 'string' && ID_PATTERN.test(sent.item) ? { item: sent.item } : {}
  const anchor = relativePosition(sent.anchor)
  const head = relativePosition(sent.head)
  return { ...item, ...(anchor === null ? {} : { anchor }), ...(head === null ? {} : { head }) }
}

/** A Yjs relative position as JSON, field by field; `null` when it is none. */
function relativePosition(value: unknown): Record<string, unknown> | null {
  if (!isRecord(value)) return null
  const position: Record<string, unknown> = {}
  for (const key of ['type', 'item'] as const) {
    const id = value[key]
    if (id === undefined) continue
    if (id === null) position[key] = null
    else if (isRecord(id) && isClock(id.client) && isClock(id.clock)) {
      position[key] = { client: id.client, clock: id.clock }
    } else return null
  }
  if (typeof value.tname === 'string' && value.tname.length <= 64) position.tname = value.tname
  if (value.tname === null) position.tname = null
  if (value.assoc === 0 || value.assoc === -1 || value.assoc === 1) position.assoc = value.assoc
  return position
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isClock(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}
