import type { Role } from '@justera/adjustment'
import type { AccessChanges } from '../people/accessControl.ts'
import type { Delivery } from '../people/delivery.ts'
import type { People } from '../people/people.ts'
import type { SignInLinks } from '../people/signIn.ts'
import type { Member, StoredMeeting } from '../store/meetingStore.ts'
import type { Store } from '../store/store.ts'
import type { AgencyId } from '../store/updateLog.ts'

export type InvitationOutcome =
  /** `link` only when no mail went out */
  | { readonly ok: true; readonly member: Member; readonly link: string | null }
  | { readonly ok: false; readonly reason: 'unknown-agency' | 'other-agency' | 'unknown-member' | 'last-secretary' }

/**
 * Makes a person a member and sends them a link. Somebody without an account gets one; they enter the
 * council as a participant even when they are this meeting's secretary. An existing account keeps its name.
 */
export async function invite(
  services: {
    readonly store: Store
    readonly people: People
    readonly links: SignInLinks
    readonly delivery: Delivery
    readonly accessChanges: AccessChanges
  },
  meeting: StoredMeeting,
  invited: { readonly email: string; readonly name: string; readonly agency: AgencyId; readonly role: Role },
): Promise<InvitationOutcome> {
  const { store, people, links, delivery, accessChanges } = services
  const { email, name, agency, role } = invited
  let person = await store.council.personByEmail(email)
  if (person === null) {
    const added = await people.add({ email, name, agency, role: role === 'secretary' ? 'participant' : role })
    if (added.ok) person = added.person
    else if (added.reason === 'unknown-agency') return { ok: false, reason: 'unknown-agency' }
    else person = await store.council.personByEmail(email) // somebody else added them a moment ago
  }
  if (person === null) return { ok: false, reason: 'unknown-member' }
  if (person.agency !== agency) return { ok: false, reason: 'other-agency' }
  const joined = await store.meetings.addMember(meeting.id, person.id, role)
  if (!joined.ok) return joined
  accessChanges.announce(person.id)
  const link = await links.forMeeting(person, meeting.id)
  return { ok: true, member: { person, role }, link: await delivery.invitation(person, link, meeting.title) }
}
