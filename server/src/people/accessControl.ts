import type { MeetingStore } from '../store/meetingStore.ts'
import type { Session } from '../store/sessionStore.ts'
import type { MeetingId, PersonId } from '../store/updateLog.ts'
import type { AccessControl, AccessResult } from '../sync/access.ts'
import type { Sessions } from './sessions.ts'

/** Announces that somebody's access may have ended or changed. */
export type AccessChanges = {
  announce(person: PersonId): void
  readonly subscribe: AccessControl['onAccessChanged']
}

export function createAccessChanges(): AccessChanges {
  const listeners = new Set<(change: { readonly person: PersonId }) => void>()
  return {
    announce(person) {
      for (const listener of listeners) listener({ person })
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Who may open a socket: a signed-in person who is a member of the meeting. */
export function createAccessControl(
  sessions: Sessions,
  meetings: MeetingStore,
  changes: AccessChanges,
  /** told when it cannot be stored that somebody had the meeting open */
  storeFailed: (error: unknown) => void,
): AccessControl {
  async function accessOf(session: Session | null, meeting: MeetingId): Promise<AccessResult> {
    if (session === null) return { ok: false, reason: 'not-signed-in' }
    const part = await meetings.participation(meeting, session.person)
    if (part === null) return { ok: false, reason: 'no-access' }
    const { person, agency, role } = part
    // Not awaited: whoever may read may do so while nothing can be stored.
    meetings.markOpened(meeting, person.id).catch(storeFailed)
    return { ok: true, access: { person: person.id, name: person.name, agency, role, session: session.id } }
  }

  return {
    authorize: async (cookieHeader, meeting) => accessOf(await sessions.find(cookieHeader), meeting),
    recheck: async (session, meeting) => accessOf(await sessions.findById(session), meeting),
    onAccessChanged: changes.subscribe,
  }
}
