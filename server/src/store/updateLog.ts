import type { Phase, Role } from '@justera/adjustment'

export type MeetingId = string & { readonly __brand: 'MeetingId' }
export type PersonId = string & { readonly __brand: 'PersonId' }
export type AgencyId = string & { readonly __brand: 'AgencyId' }

/** Milliseconds since 1970, from the server's clock. */
export type UnixMs = number

/** Position of a row in a meeting's log: 1, 2, 3 … without gaps. 0 is the empty log. */
export type Seq = number

/** Where a meeting's log ends. `hash` is 64 hex digits; of the empty log, all zero. */
export type Head = { readonly seq: Seq; readonly hash: string }

export type RowKind = 'update' | 'phase' | 'version' | 'lock' | 'purge'

/** Who and what a row came from. `actor` is set where the server wrote on somebody's behalf. */
export type RowAuthor = {
  readonly author: PersonId | 'server'
  readonly agency: AgencyId | null
  readonly role: Role | 'server'
  readonly session: string
  readonly actor?: PersonId
  /** what made the server write: 'create', 'import', … */
  readonly origin?: string
}

export type NewRow = RowAuthor & { readonly kind: RowKind; readonly at: UnixMs; readonly payload: Uint8Array }

/** A stored row. `hash = SHA-256(prevHash ‖ JCS(header))`, header = all fields but payload and hash. */
export type LogRow = NewRow & {
  readonly meeting: MeetingId
  readonly seq: Seq
  readonly payloadHash: string
  readonly prevHash: string
  readonly hash: string
}

/** What a commit appends to one meeting, under the conditions it was made for. */
export type Append = {
  readonly meeting: MeetingId
  readonly head: Head
  readonly epoch: number
  readonly phase: Phase
  readonly rows: readonly NewRow[]
  /** new phase, for a row of kind 'phase' */
  readonly nextPhase?: Phase
  /** client ids seen for the first time, with their owner, claimed in the same transaction */
  readonly claims?: readonly { readonly clientId: number; readonly person: PersonId }[]
}

/** The outcome for one meeting of a commit. A failed condition touches no other meeting. */
export type Appended =
  | { readonly ok: true; readonly head: Head; readonly epoch: number; readonly phase: Phase }
  /** head, phase or epoch moved on meanwhile, or a client id has another owner: reload from the log */
  | { readonly ok: false; readonly reason: 'head' | 'phase' | 'epoch' | 'claim' | 'unknown-meeting' }

/** Everything a room needs to go live. Document = snapshot, then the rows after it, in order. */
export type MeetingState = {
  readonly head: Head
  readonly epoch: number
  readonly phase: Phase
  readonly snapshot: { readonly seq: Seq; readonly update: Uint8Array; readonly stateVector: Uint8Array } | null
  readonly tail: readonly LogRow[]
  readonly clientIds: ReadonlyMap<number, PersonId>
}

/**
 * The append-only, hash-chained log of every meeting.
 * A resolved `append` means: on disk, surviving power loss. A rejected promise means the store itself
 * failed and nothing of the batch is stored.
 */
export interface UpdateLog {
  /** One transaction, one savepoint per meeting; results in the order given. */
  append(batch: readonly Append[]): Promise<readonly Appended[]>
  /** @returns null when there is no such meeting */
  open(meeting: MeetingId): Promise<MeetingState | null>
  /** Rows from `after` (exclusive) up to `limit` of them, in order. */
  rows(meeting: MeetingId, after: Seq, limit: number): Promise<readonly LogRow[]>
  /** Stores a snapshot of the document at `seq`; older ones may be dropped. */
  saveSnapshot(meeting: MeetingId, seq: Seq, update: Uint8Array, stateVector: Uint8Array): Promise<void>
}
