import type { MeetingId, PersonId, UnixMs } from './updateLog.ts'

/** A signed-in browser. `id` may be logged; the secret in the cookie is known here by its SHA-256 only. */
export type Session = {
  readonly id: string
  readonly person: PersonId
  readonly createdAt: UnixMs
  readonly seenAt: UnixMs
  /** the next request gets a new secret (the person's role changed) */
  readonly rotate: boolean
}

/** Since when a session must have been made and seen to be good still. */
export type SessionLimits = { readonly createdAfter: UnixMs; readonly seenAfter: UnixMs }

/** SHA-256 of a secret, 64 hex digits. */
export type SecretHash = string

export interface SessionStore {
  create(session: Omit<Session, 'rotate'>, secret: SecretHash): Promise<void>
  /** The session of a secret, current or just rotated away; null when unknown, expired, or the person is removed. */
  find(secret: SecretHash, limits: SessionLimits, now: UnixMs): Promise<Session | null>
  /** By id, within the same limits. */
  findById(id: string, limits: SessionLimits): Promise<Session | null>
  touch(id: string, seenAt: UnixMs): Promise<void>
  /**
   * Replaces the secret; the old one stays good until `oldUntil` for requests under way.
   * @returns false when another request has rotated it already
   */
  rotate(id: string, secret: SecretHash, oldUntil: UnixMs): Promise<boolean>
  end(id: string): Promise<void>
  endAll(person: PersonId): Promise<void>
  /** Drops sessions and links that can never be used again. */
  prune(limits: SessionLimits, now: UnixMs): Promise<void>
}

/** A one-time link. With a meeting it is an invitation, and signing in leads there. */
export type SignInLink = {
  readonly person: PersonId
  readonly email: string
  readonly meeting: MeetingId | null
  readonly createdAt: UnixMs
  readonly expiresAt: UnixMs
}

export type LinkState =
  | { readonly ok: true; readonly link: SignInLink }
  | { readonly ok: false; readonly reason: 'unknown' | 'expired' | 'used' }

export interface SignInLinkStore {
  create(token: SecretHash, link: SignInLink): Promise<void>
  /** Looks without using it up. */
  look(token: SecretHash, now: UnixMs): Promise<LinkState>
  /** Uses it up: of any number of calls at once, exactly one gets `ok`. */
  consume(token: SecretHash, now: UnixMs): Promise<LinkState>
}
