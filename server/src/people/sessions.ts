import { newId } from '@justera/minutes'
import type { Session, SessionLimits, SessionStore } from '../store/sessionStore.ts'
import type { PersonId, UnixMs } from '../store/updateLog.ts'
import { hashSecret, newSecret } from './secret.ts'
import { SESSION_IDLE_MS, SESSION_MAX_MS, type SessionCookie, secretFromCookie } from './sessionCookie.ts'

/** A session is marked as seen at most this often. */
const TOUCH_MS = 60_000

/** How long a rotated-away secret stays good for requests that were already under way. */
const ROTATION_GRACE_MS = 60_000

/** Who is signed in: makes, finds, rotates and ends sessions. */
export type Sessions = {
  /** Starts a session and returns the cookie's secret; ends the one the browser had before, if any. */
  start(person: PersonId, cookieHeader: string | undefined): Promise<string>
  /** The session of a Cookie header; does not count as activity. */
  find(cookieHeader: string | undefined): Promise<Session | null>
  /** A session that is known already, whatever its cookie is now; null once it has ended. */
  findById(id: string): Promise<Session | null>
  /** As `find`, for a request by the person: counts as activity, and may bring a new secret for the cookie. */
  use(
    cookieHeader: string | undefined,
  ): Promise<{ readonly session: Session; readonly newSecret: string | null } | null>
  end(session: Session): Promise<void>
  endAll(person: PersonId): Promise<void>
  prune(): Promise<void>
}

/**
 * @param storeFailed told when activity or a new secret cannot be stored; the request goes on, for people
 *   must be able to read while the disk is full
 */
export function createSessions(
  store: SessionStore,
  cookie: SessionCookie,
  now: () => UnixMs,
  storeFailed: (error: unknown) => void,
): Sessions {
  const limits = (at: UnixMs): SessionLimits => ({
    createdAfter: at - SESSION_MAX_MS,
    seenAfter: at - SESSION_IDLE_MS,
  })

  async function find(cookieHeader: string | undefined): Promise<Session | null> {
    const secret = secretFromCookie(cookieHeader, cookie.name)
    return secret === null ? null : store.find(hashSecret(secret), limits(now()), now())
  }

  return {
    async start(person, cookieHeader) {
      const before = await find(cookieHeader)
      if (before !== null) await store.end(before.id)
      const secret = newSecret()
      const at = now()
      await store.create({ id: newId(), person, createdAt: at, seenAt: at }, hashSecret(secret))
      return secret
    },
    find,
    findById: (id) => store.findById(id, limits(now())),
    async use(cookieHeader) {
      const session = await find(cookieHeader)
      if (session === null) return null
      const at = now()
      if (at - session.seenAt >= TOUCH_MS) await store.touch(session.id, at).catch(storeFailed)
      if (!session.rotate) return { session, newSecret: null }
      const secret = newSecret()
      const rotated = await store.rotate(session.id, hashSecret(secret), at + ROTATION_GRACE_MS).catch(storeFailed)
      return { session, newSecret: rotated === true ? secret : null }
    },
    end: (session) => store.end(session.id),
    endAll: (person) => store.endAll(person),
    prune: () => store.prune(limits(now()), now()),
  }
}
