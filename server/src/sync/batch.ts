import type { Phase } from '@justera/adjustment'
import * as Y from 'yjs'
import type { Append, NewRow, RowAuthor, UnixMs } from '../store/updateLog.ts'
import type { Overwritten } from './overwritten.ts'
import type { Room } from './room.ts'
import type { Session } from './session.ts'
import type { PhaseChanged } from './syncService.ts'

/** A step 2 or update that waits for the commit loop. */
export type WaitingFrame = {
  readonly kind: 'frame'
  readonly session: Session
  readonly count: number
  readonly type: 'step2' | 'update'
  readonly update: Uint8Array
}
/** A change of phase in line with the frames. */
export type WaitingPhase = {
  readonly kind: 'phase'
  readonly from: Phase
  readonly to: Phase
  readonly author: RowAuthor
  readonly reason: string
  readonly done: (changed: PhaseChanged) => void
}

/** What one commit of this room holds, and what is to be done once it is on disk. */
export type Batch = {
  readonly room: Room
  readonly append: Append
  /** rows of the append that hold updates, with the socket each came from */
  readonly updates: readonly { readonly session: Session; readonly update: Uint8Array }[]
  /** highest count of each socket that this commit settles */
  readonly settles: ReadonlyMap<Session, number>
  readonly phase: WaitingPhase | null
  readonly overwritten: readonly Overwritten[]
}

/** One socket's updates of one commit as one; few, for merging is more than linear. */
export function mergeSmall(updates: readonly Uint8Array[]): Uint8Array {
  const [first, ...more] = updates
  return first !== undefined && more.length === 0 ? first : Y.mergeUpdates([...updates])
}

export function authorOf({ access }: Session): RowAuthor {
  return { author: access.person, agency: access.agency.id, role: access.role, session: access.session }
}

export function phaseRow({ author, from, to, reason }: WaitingPhase, now: UnixMs): NewRow {
  return { ...author, kind: 'phase', at: now, payload: new TextEncoder().encode(JSON.stringify({ from, to, reason })) }
}
