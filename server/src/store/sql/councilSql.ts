import type { Role } from '@justera/adjustment'
import type { Kysely } from 'kysely'
import type { Agency, Council, Person, PersonAdded, PersonChanged } from '../councilStore.ts'
import type { AgencyId, PersonId, UnixMs } from '../updateLog.ts'
import type { Database } from './database.ts'

type Db = Kysely<Database>

export async function council(db: Db): Promise<Council | null> {
  return (await db.selectFrom('councils').select(['id', 'name']).executeTakeFirst()) ?? null
}

export async function createCouncil(db: Db, council: Council, agencies: readonly Agency[]): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const present = await trx.selectFrom('councils').select('id').executeTakeFirst()
    if (present !== undefined) return false
    await trx.insertInto('councils').values({ id: council.id, name: council.name }).execute()
    for (const { id, name, shortName, seat } of agencies) {
      await trx.insertInto('agencies').values({ id, council: council.id, name, short_name: shortName, seat }).execute()
    }
    return true
  })
}

export async function agencies(db: Db): Promise<readonly Agency[]> {
  return db.selectFrom('agencies').select(['id', 'name', 'short_name as shortName', 'seat']).orderBy('seat').execute()
}

export async function addAgency(db: Db, agency: Omit<Agency, 'seat'>): Promise<Agency> {
  return db.transaction().execute(async (trx) => {
    const { id: council } = await trx.selectFrom('councils').select('id').executeTakeFirstOrThrow()
    const { last } = await trx
      .selectFrom('agencies')
      .select(({ fn }) => fn.max('seat').as('last'))
      .executeTakeFirstOrThrow()
    const seat = Number(last ?? 0) + 1
    await trx
      .insertInto('agencies')
      .values({ id: agency.id, council, name: agency.name, short_name: agency.shortName, seat })
      .execute()
    return { ...agency, seat }
  })
}

export async function people(db: Db): Promise<readonly Person[]> {
  return selectPeople(db).orderBy('name').orderBy('id').execute()
}

export async function person(db: Db, id: PersonId): Promise<Person | null> {
  return (await selectPeople(db).where('id', '=', id).executeTakeFirst()) ?? null
}

export async function personByEmail(db: Db, email: string): Promise<Person | null> {
  return (await selectPeople(db).where('email', '=', email.toLowerCase()).executeTakeFirst()) ?? null
}

export async function addPerson(db: Db, added: Person, now: UnixMs): Promise<PersonAdded> {
  return db.transaction().execute(async (trx): Promise<PersonAdded> => {
    const stored = { ...added, email: added.email.toLowerCase() }
    if (await personByEmail(trx, stored.email)) return { ok: false, reason: 'email-taken' }
    if (!(await hasAgency(trx, stored.agency))) return { ok: false, reason: 'unknown-agency' }
    await trx
      .insertInto('people')
      .values({ ...stored, created_at: now, removed_at: null })
      .execute()
    return { ok: true, person: stored }
  })
}

export async function changePerson(
  db: Db,
  id: PersonId,
  change: { readonly name?: string; readonly agency?: AgencyId; readonly role?: Role },
): Promise<PersonChanged> {
  return db.transaction().execute(async (trx): Promise<PersonChanged> => {
    const before = await person(trx, id)
    if (before === null) return { ok: false, reason: 'unknown-person' }
    if (change.agency !== undefined && !(await hasAgency(trx, change.agency))) {
      return { ok: false, reason: 'unknown-agency' }
    }
    const after: Person = { ...before, ...change }
    if (after.role !== 'secretary' && (await isLastSecretary(trx, before))) {
      return { ok: false, reason: 'last-secretary' }
    }
    await trx
      .updateTable('people')
      .set({ name: after.name, agency: after.agency, role: after.role })
      .where('id', '=', id)
      .execute()
    if (after.role !== before.role) {
      await trx
        .updateTable('members')
        .set({ role: after.role })
        .where('person', '=', id)
        .where('role', '=', before.role)
        .where('meeting', 'in', trx.selectFrom('meetings').select('id').where('phase', '!=', 'adjusted'))
        .execute()
      await markRotation(trx, id)
    }
    return { ok: true, person: after }
  })
}

export async function removePerson(db: Db, id: PersonId, now: UnixMs): Promise<PersonChanged> {
  return db.transaction().execute(async (trx): Promise<PersonChanged> => {
    const before = await person(trx, id)
    if (before === null) return { ok: false, reason: 'unknown-person' }
    if (await isLastSecretary(trx, before)) return { ok: false, reason: 'last-secretary' }
    await trx.updateTable('people').set({ removed_at: now }).where('id', '=', id).execute()
    await trx.deleteFrom('members').where('person', '=', id).execute()
    await trx.deleteFrom('sessions').where('person', '=', id).execute()
    await trx.deleteFrom('sign_in_links').where('person', '=', id).execute()
    return { ok: true, person: before }
  })
}

/** The person's sessions get a new secret with their next request. */
export async function markRotation(db: Db, id: PersonId): Promise<void> {
  await db.updateTable('sessions').set({ rotate: 1 }).where('person', '=', id).execute()
}

function selectPeople(db: Db) {
  return db.selectFrom('people').select(['id', 'name', 'email', 'agency', 'role']).where('removed_at', 'is', null)
}

async function hasAgency(db: Db, id: AgencyId): Promise<boolean> {
  return (await db.selectFrom('agencies').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
}

/** Whether council or a meeting under way would be left without a secretary. */
async function isLastSecretary(db: Db, person: Person): Promise<boolean> {
  if (person.role === 'secretary') {
    const others = selectPeople(db).where('role', '=', 'secretary').where('id', '!=', person.id)
    if ((await others.executeTakeFirst()) === undefined) return true
  }
  const sole = await db
    .selectFrom('members')
    .innerJoin('meetings', 'meetings.id', 'members.meeting')
    .select('members.meeting')
    .where('members.person', '=', person.id)
    .where('members.role', '=', 'secretary')
    .where('meetings.phase', '!=', 'adjusted')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('members as other')
            .select('other.person')
            .whereRef('other.meeting', '=', 'members.meeting')
            .where('other.role', '=', 'secretary')
            .where('other.person', '!=', person.id),
        ),
      ),
    )
    .executeTakeFirst()
  return sole !== undefined
}
