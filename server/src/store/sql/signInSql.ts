import type { Kysely } from 'kysely'
import type { LinkState, SecretHash, Session, SessionLimits, SignInLink } from '../sessionStore.ts'
import type { PersonId, UnixMs } from '../updateLog.ts'
import type { Database } from './database.ts'

type Db = Kysely<Database>

export async function createSession(db: Db, session: Omit<Session, 'rotate'>, secret: SecretHash): Promise<void> {
  await db
    .insertInto('sessions')
    .values({
      id: session.id,
      person: session.person,
      secret_hash: secret,
      previous_hash: null,
      previous_until: null,
      rotate: 0,
      created_at: session.createdAt,
      seen_at: session.seenAt,
    })
    .execute()
}

export async function findSession(
  db: Db,
  secret: SecretHash,
  limits: SessionLimits,
  now: UnixMs,
): Promise<Session | null> {
  const row = await selectSessions(db, limits)
    .where(({ or, and, eb }) =>
      or([
        eb('sessions.secret_hash', '=', secret),
        and([eb('sessions.previous_hash', '=', secret), eb('sessions.previous_until', '>', now)]),
      ]),
    )
    .executeTakeFirst()
  return row === undefined ? null : { ...row, rotate: row.rotate === 1 }
}

export async function findSessionById(db: Db, id: string, limits: SessionLimits): Promise<Session | null> {
  const row = await selectSessions(db, limits).where('sessions.id', '=', id).executeTakeFirst()
  return row === undefined ? null : { ...row, rotate: row.rotate === 1 }
}

function selectSessions(db: Db, limits: SessionLimits) {
  return db
    .selectFrom('sessions')
    .innerJoin('people', 'people.id', 'sessions.person')
    .select([
      'sessions.id as id',
      'sessions.person as person',
      'sessions.created_at as createdAt',
      'sessions.seen_at as seenAt',
      'sessions.rotate as rotate',
    ])
    .where('people.removed_at', 'is', null)
    .where('sessions.created_at', '>', limits.createdAfter)
    .where('sessions.seen_at', '>', limits.seenAfter)
}

export async function touchSession(db: Db, id: string, seenAt: UnixMs): Promise<void> {
  await db.updateTable('sessions').set({ seen_at: seenAt }).where('id', '=', id).where('seen_at', '<', seenAt).execute()
}

export async function rotateSession(db: Db, id: string, secret: SecretHash, oldUntil: UnixMs): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sessions')
    .set(({ ref }) => ({
      previous_hash: ref('secret_hash'),
      previous_until: oldUntil,
      secret_hash: secret,
      rotate: 0,
    }))
    .where('id', '=', id)
    .where('rotate', '=', 1)
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function endSession(db: Db, id: string): Promise<void> {
  await db.deleteFrom('sessions').where('id', '=', id).execute()
}

export async function endAllSessions(db: Db, person: PersonId): Promise<void> {
  await db.deleteFrom('sessions').where('person', '=', person).execute()
}

export async function pruneSignIn(db: Db, limits: SessionLimits, now: UnixMs): Promise<void> {
  await db
    .deleteFrom('sessions')
    .where(({ or, eb }) => or([eb('created_at', '<=', limits.createdAfter), eb('seen_at', '<=', limits.seenAfter)]))
    .execute()
  // used and expired links stay as long as a session, so that a late click can be told why it fails
  await db.deleteFrom('sign_in_links').where('expires_at', '<=', Math.min(now, limits.createdAfter)).execute()
}

export async function createLink(db: Db, token: SecretHash, link: SignInLink): Promise<void> {
  await db
    .insertInto('sign_in_links')
    .values({
      token_hash: token,
      person: link.person,
      email: link.email,
      meeting: link.meeting,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
      consumed_at: null,
    })
    .execute()
}

export async function lookAtLink(db: Db, token: SecretHash, now: UnixMs): Promise<LinkState> {
  const row = await db.selectFrom('sign_in_links').selectAll().where('token_hash', '=', token).executeTakeFirst()
  if (row === undefined) return { ok: false, reason: 'unknown' }
  if (row.consumed_at !== null) return { ok: false, reason: 'used' }
  if (row.expires_at <= now) return { ok: false, reason: 'expired' }
  const { person, email, meeting } = row
  return { ok: true, link: { person, email, meeting, createdAt: row.created_at, expiresAt: row.expires_at } }
}

export async function consumeLink(db: Db, token: SecretHash, now: UnixMs): Promise<LinkState> {
  const used = await db
    .updateTable('sign_in_links')
    .set({ consumed_at: now })
    .where('token_hash', '=', token)
    .where('consumed_at', 'is', null)
    .where('expires_at', '>', now)
    .returning(['person', 'email', 'meeting', 'created_at as createdAt', 'expires_at as expiresAt'])
    .executeTakeFirst()
  if (used !== undefined) return { ok: true, link: used }
  const state = await lookAtLink(db, token, now)
  return state.ok ? { ok: false, reason: 'used' } : state
}
