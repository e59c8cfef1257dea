import type { Person } from '../store/councilStore.ts'
import type { LinkState, SignInLinkStore } from '../store/sessionStore.ts'
import type { MeetingId, UnixMs } from '../store/updateLog.ts'
import { hashSecret, isSecret, newSecret } from './secret.ts'

export const SIGN_IN_LINK_MS = 15 * 60 * 1000
export const INVITATION_MS = 72 * 60 * 60 * 1000

/** One-time links: to sign in, or to follow an invitation to a meeting. */
export type SignInLinks = {
  /** @returns the address to open, good for 15 minutes */
  forPerson(person: Person): Promise<string>
  /** @returns the address to open, good for 72 hours; signing in leads to the meeting */
  forMeeting(person: Person, meeting: MeetingId): Promise<string>
  /** Whether a link would work, without using it up. */
  look(token: string): Promise<LinkState>
  /** Uses a link up; of any number of tries at once exactly one succeeds. */
  consume(token: string): Promise<LinkState>
}

export function createSignInLinks(store: SignInLinkStore, publicOrigin: string, now: () => UnixMs): SignInLinks {
  async function create(person: Person, meeting: MeetingId | null, lifetimeMs: number): Promise<string> {
    const token = newSecret()
    const createdAt = now()
    const expiresAt = createdAt + lifetimeMs
    await store.create(hashSecret(token), { person: person.id, email: person.email, meeting, createdAt, expiresAt })
    return `${publicOrigin}/sign-in/${token}`
  }

  return {
    forPerson: (person) => create(person, null, SIGN_IN_LINK_MS),
    forMeeting: (person, meeting) => create(person, meeting, INVITATION_MS),
    async look(token) {
      return isSecret(token) ? store.look(hashSecret(token), now()) : { ok: false, reason: 'unknown' }
    },
    async consume(token) {
      return isSecret(token) ? store.consume(hashSecret(token), now()) : { ok: false, reason: 'unknown' }
    },
  }
}
