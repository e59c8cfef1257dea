import type { MeetingStore } from '../store/meetingStore.ts'
import type { PersonId } from '../store/updateLog.ts'
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
export function createAccessControl(sessions: Sessions, meetings: MeetingStore, changes: AccessChanges): AccessControl {
  return {
    async authorize(cookieHeader, meeting): Promise<AccessResult> {
      const session = await sessions.find(cookieHeader)
      if (session === null) return { ok: false, reason: 'not-signed-in' }
      const part = await meetings.participation(meeting, session.person)
      if (part === null) return { ok: false, reason: 'no-access' }
      const { person, agency, role } = part
      await meetings.markOpened(meeting, person.id)
      return { ok: true, access: { person: person.id, name: person.name, agency, role, session: session.id } }
    },
    onAccessChanged: changes.subscribe,
  }
}
