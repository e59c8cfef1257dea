import type { Role } from '@justera/adjustment'
import type { AgencyId, MeetingId, PersonId } from '../store/updateLog.ts'

/** What the sync service knows of the person behind a socket; attested by the session, never by a frame. */
export type Access = {
  readonly person: PersonId
  readonly name: string
  readonly agency: { readonly id: AgencyId; readonly name: string; readonly shortName: string; readonly seat: number }
  readonly role: Role
  /** names the session in log rows; not the cookie's secret */
  readonly session: string
}

export type AccessResult =
  | { readonly ok: true; readonly access: Access }
  | { readonly ok: false; readonly reason: 'not-signed-in' | 'no-access' }

/** Implemented by people/: who a session cookie belongs to, and what that person is in a meeting. */
export interface AccessControl {
  /** @param cookieHeader the request's Cookie header, as sent */
  authorize(cookieHeader: string | undefined, meeting: MeetingId): Promise<AccessResult>
  /** The same for a socket that was let in: by its session, whose cookie may have been renewed since. */
  recheck(session: string, meeting: MeetingId): Promise<AccessResult>
  /** Calls back after any change that may end or alter somebody's access; returns its own undo. */
  onAccessChanged(listener: (change: { readonly person: PersonId }) => void): () => void
}
