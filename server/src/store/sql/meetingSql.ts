import type { Phase, Role } from '@justera/adjustment'
import type { Kysely } from 'kysely'
import { chainRow, EMPTY_HEAD } from '../chain.ts'
import type { MeetingIndex, Member, MemberChanged, Participation, StoredMeeting } from '../meetingStore.ts'
import type { MeetingId, NewRow, PersonId, Seq } from '../updateLog.ts'
import { markRotation } from './councilSql.ts'
import type { Database } from './database.ts'
import { rowValues } from './updateLogSql.ts'

type Db = Kysely<Database>

export async function createMeeting(
  db: Db,
  meeting: MeetingIndex & { readonly id: MeetingId; readonly phase: Phase },
  members: readonly { readonly person: PersonId; readonly role: Role }[],
  row: NewRow,
  clientId: number,
): Promise<void> {
  const first = chainRow(meeting.id, EMPTY_HEAD, row)
  await db.transaction().execute(async (trx) => {
    const { id: council } = await trx.selectFrom('councils').select('id').executeTakeFirstOrThrow()
    await trx
      .insertInto('meetings')
      .values({
        ...indexValues(meeting),
        id: meeting.id,
        council,
        indexed_seq: first.seq,
        phase: meeting.phase,
        epoch: 0,
        head_seq: first.seq,
        head_hash: first.hash,
        created_at: row.at,
      })
      .execute()
    await trx.insertInto('log_rows').values(rowValues(first)).execute()
    await trx.insertInto('client_ids').values({ meeting: meeting.id, client_id: clientId, person: 'server' }).execute()
    for (const { person, role } of members) {
      await trx.insertInto('members').values({ meeting: meeting.id, person, role, opened_seq: first.seq }).execute()
    }
  })
}

export async function getMeeting(db: Db, id: MeetingId): Promise<StoredMeeting | null> {
  const row = await db.selectFrom('meetings').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : storedMeeting(row)
}

export async function allMeetings(db: Db): Promise<readonly StoredMeeting[]> {
  const rows = await db
    .selectFrom('meetings')
    .selectAll()
    .orderBy('date', 'desc')
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
  return rows.map(storedMeeting)
}

export async function listMeetings(
  db: Db,
  person: PersonId,
): Promise<readonly { readonly meeting: StoredMeeting; readonly role: Role; readonly newChanges: number }[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('meetings', 'meetings.id', 'members.meeting')
    .selectAll('meetings')
    .select('members.role as role')
    .select(({ selectFrom, fn }) =>
      selectFrom('log_rows')
        .select(fn.countAll<number>().as('count'))
        .whereRef('log_rows.meeting', '=', 'meetings.id')
        .whereRef('log_rows.seq', '>', 'members.opened_seq')
        .where('log_rows.kind', '=', 'update')
        .where('log_rows.author', '!=', person)
        .as('newChanges'),
    )
    .where('members.person', '=', person)
    .orderBy('meetings.date', 'desc')
    .orderBy('meetings.created_at', 'desc')
    .orderBy('meetings.id')
    .execute()
  return rows.map(({ role, newChanges, ...row }) => ({
    meeting: storedMeeting(row),
    role,
    newChanges: Number(newChanges),
  }))
}

export async function meetingMembers(db: Db, id: MeetingId): Promise<readonly Member[]> {
  const rows = await db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person')
    .innerJoin('agencies', 'agencies.id', 'people.agency')
    .select([
      'people.id as id',
      'people.name as name',
      'people.email as email',
      'people.agency as agency',
      'people.role as councilRole',
      'members.role as role',
    ])
    .where('members.meeting', '=', id)
    .orderBy('agencies.seat')
    .orderBy('people.name')
    .orderBy('people.id')
    .execute()
  return rows.map(({ role, councilRole, ...person }) => ({ person: { ...person, role: councilRole }, role }))
}

export async function participation(db: Db, id: MeetingId, person: PersonId): Promise<Participation | null> {
  const row = await db
    .selectFrom('members')
    .innerJoin('people', 'people.id', 'members.person')
    .innerJoin('agencies', 'agencies.id', 'people.agency')
    .select([
      'people.name as name',
      'people.email as email',
      'people.role as councilRole',
      'members.role as role',
      'agencies.id as agencyId',
      'agencies.name as agencyName',
      'agencies.short_name as shortName',
      'agencies.seat as seat',
    ])
    .where('members.meeting', '=', id)
    .where('members.person', '=', person)
    .where('people.removed_at', 'is', null)
    .executeTakeFirst()
  if (row === undefined) return null
  const { name, email, councilRole, role, agencyId, agencyName, shortName, seat } = row
  return {
    person: { id: person, name, email, agency: agencyId, role: councilRole },
    agency: { id: agencyId, name: agencyName, shortName, seat },
    role,
  }
}

export async function addMember(db: Db, id: MeetingId, person: PersonId, role: Role): Promise<MemberChanged> {
  return db.transaction().execute(async (trx): Promise<MemberChanged> => {
    const present = await roleOf(trx, id, person)
    if (present !== null) return setRole(trx, id, person, present, role)
    await trx.insertInto('members').values({ meeting: id, person, role, opened_seq: 0 }).execute()
    return { ok: true }
  })
}

export async function changeMember(db: Db, id: MeetingId, person: PersonId, role: Role): Promise<MemberChanged> {
  return db.transaction().execute(async (trx): Promise<MemberChanged> => {
    const present = await roleOf(trx, id, person)
    return present === null ? { ok: false, reason: 'unknown-member' } : setRole(trx, id, person, present, role)
  })
}

export async function removeMember(db: Db, id: MeetingId, person: PersonId): Promise<MemberChanged> {
  return db.transaction().execute(async (trx): Promise<MemberChanged> => {
    const present = await roleOf(trx, id, person)
    if (present === null) return { ok: false, reason: 'unknown-member' }
    if (present === 'secretary' && !(await hasOtherSecretary(trx, id, person))) {
      return { ok: false, reason: 'last-secretary' }
    }
    await trx.deleteFrom('members').where('meeting', '=', id).where('person', '=', person).execute()
    return { ok: true }
  })
}

export async function markOpened(db: Db, id: MeetingId, person: PersonId): Promise<void> {
  await db
    .updateTable('members')
    .set(({ selectFrom }) => ({
      opened_seq: selectFrom('meetings').select('head_seq').where('id', '=', id).$asScalar().$notNull(),
    }))
    .where('meeting', '=', id)
    .where('person', '=', person)
    .execute()
}

export async function saveIndex(db: Db, id: MeetingId, seq: Seq, index: MeetingIndex): Promise<void> {
  await db
    .updateTable('meetings')
    .set({ ...indexValues(index), indexed_seq: seq })
    .where('id', '=', id)
    .where('indexed_seq', '<', seq)
    .execute()
}

async function roleOf(db: Db, id: MeetingId, person: PersonId): Promise<Role | null> {
  const row = await db
    .selectFrom('members')
    .select('role')
    .where('meeting', '=', id)
    .where('person', '=', person)
    .executeTakeFirst()
  return row?.role ?? null
}

async function setRole(db: Db, id: MeetingId, person: PersonId, from: Role, to: Role): Promise<MemberChanged> {
  if (from === to) return { ok: true }
  if (from === 'secretary' && !(await hasOtherSecretary(db, id, person))) return { ok: false, reason: 'last-secretary' }
  await db.updateTable('members').set({ role: to }).where('meeting', '=', id).where('person', '=', person).execute()
  await markRotation(db, person)
  return { ok: true }
}

async function hasOtherSecretary(db: Db, id: MeetingId, person: PersonId): Promise<boolean> {
  const other = await db
    .selectFrom('members')
    .select('person')
    .where('meeting', '=', id)
    .where('role', '=', 'secretary')
    .where('person', '!=', person)
    .executeTakeFirst()
  return other !== undefined
}

function indexValues({ title, meeting, date, items }: MeetingIndex): MeetingIndex {
  return { title, meeting, date, items }
}

function storedMeeting(row: Database['meetings']): StoredMeeting {
  return {
    ...indexValues(row),
    id: row.id,
    phase: row.phase,
    epoch: row.epoch,
    head: { seq: row.head_seq, hash: row.head_hash },
    indexedSeq: row.indexed_seq,
  }
}
