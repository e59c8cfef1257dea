import type { Role } from '@justera/adjustment'
import type { AgencyId, MeetingId, PersonId } from '../../store/updateLog.ts'
import type { AccessControl, AccessResult } from '../access.ts'

/** Access by cookie `session=<name>`; every person has a role in every meeting until told otherwise. */
export class FakeAccess implements AccessControl {
  readonly roles = new Map<string, Role | 'ended'>()
  readonly #listeners = new Set<(change: { readonly person: PersonId }) => void>()

  async authorize(cookieHeader: string | undefined, meeting: MeetingId): Promise<AccessResult> {
    const name = /(?:^|; )session=([a-z0-9-]+)/.exec(cookieHeader ?? '')?.[1]
    const role = name === undefined ? undefined : this.roles.get(name)
    if (name === undefined || role === 'ended') return { ok: false, reason: 'not-signed-in' }
    if (role === undefined || meeting.startsWith('closed')) return { ok: false, reason: 'no-access' }
    const agency = { id: `agency-of-${name}` as AgencyId, name: `Agency of ${name}`, shortName: name, seat: 1 }
    const access = { person: name as PersonId, name: name.toUpperCase(), agency, role, session: `session-of-${name}` }
    return { ok: true, access }
  }

  recheck(session: string, meeting: MeetingId): Promise<AccessResult> {
    return this.authorize(`session=${session.replace('session-of-', '')}`, meeting)
  }

  onAccessChanged(listener: (change: { readonly person: PersonId }) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Changes a role, takes all access (`null`) or ends the session, and tells the service. */
  change(name: string, role: Role | 'ended' | null): void {
    if (role === null) this.roles.delete(name)
    else this.roles.set(name, role)
    for (const listener of this.#listeners) listener({ person: name as PersonId })
  }
}
