import type { CouncilStore } from './councilStore.ts'
import type { MeetingStore } from './meetingStore.ts'
import type { SessionStore, SignInLinkStore } from './sessionStore.ts'
import type { UpdateLog } from './updateLog.ts'

/** Everything the server keeps. Every method rejects with a StoreError when the database itself fails. */
export interface Store {
  readonly log: UpdateLog
  readonly council: CouncilStore
  readonly sessions: SessionStore
  readonly links: SignInLinkStore
  readonly meetings: MeetingStore
  /** Resolves when the database answers. */
  ping(): Promise<void>
  /** Finishes what was asked and closes the database; the process's owner calls it last, once. */
  close(): Promise<void>
}

/** The database failed: disk full, I/O error, lost. Nothing of the call is stored. */
export class StoreError extends Error {
  /** the database's own code, such as 'SQLITE_FULL' or 'ERR_SQLITE_ERROR' */
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.name = 'StoreError'
    this.code = code
  }
}
