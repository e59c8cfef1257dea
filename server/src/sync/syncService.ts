import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Phase } from '@justera/adjustment'
import type { MeetingEvent } from '@justera/protocol'
import type * as Y from 'yjs'
import type { AgencyId, Head, MeetingId, RowAuthor } from '../store/updateLog.ts'

export type PhaseChanged =
  | { readonly ok: true; readonly head: Head }
  | { readonly ok: false; readonly reason: 'unknown-meeting' | 'not-from-here' | 'storage' }

/** The live side of all meetings: sockets, rooms, the commit loop. */
export interface SyncService {
  /** Takes over an HTTP upgrade for /sync/<meeting>; decides origin, access and layout. Never throws. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /**
   * Runs `read` on the meeting's committed document. The document must not be changed or kept.
   * @returns null when there is no such meeting
   */
  read<T>(meeting: MeetingId, read: (doc: Y.Doc, head: Head) => T): Promise<T | null>
  /** Moves a meeting on as one log row, in line with running edits; pushed to every open socket. */
  changePhase(meeting: MeetingId, from: Phase, to: Phase, author: RowAuthor, reason: string): Promise<PhaseChanged>
  /** Pushes a fact to every open page of a meeting, for what other parts have stored (members, threads …). */
  publish(meeting: MeetingId, event: MeetingEvent): void
  /** Agencies with at least one open socket. */
  agenciesIn(meeting: MeetingId): readonly AgencyId[]
  /** Stops accepting, commits what waits, closes every socket with 4503. */
  drain(): Promise<void>
}
