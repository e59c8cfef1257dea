import { type Kysely, sql } from 'kysely'
import { chainRow } from '../chain.ts'
import type { Append, Appended, Head, LogRow, MeetingId, MeetingState, PersonId, Seq } from '../updateLog.ts'
import { compileOnce } from './compileOnce.ts'
import type { Database } from './database.ts'

type Db = Kysely<Database>

const moveHead = compileOnce((db, slot) =>
  db
    .updateTable('meetings')
    .set({ head_seq: slot('nextSeq'), head_hash: slot('nextHash'), phase: slot('nextPhase') })
    .where('id', '=', slot('meeting'))
    .where('head_seq', '=', slot('seq'))
    .where('head_hash', '=', slot('hash'))
    .where('epoch', '=', slot('epoch'))
    .where('phase', '=', slot('phase')),
)

const insertRow = compileOnce((db, slot) =>
  db.insertInto('log_rows').values({
    meeting: slot('meeting'),
    seq: slot('seq'),
    kind: slot('kind'),
    author: slot('author'),
    agency: slot('agency'),
    role: slot('role'),
    session: slot('session'),
    actor: slot('actor'),
    origin: slot('origin'),
    at: slot('at'),
    payload_hash: slot('payload_hash'),
    prev_hash: slot('prev_hash'),
    hash: slot('hash'),
    payload: slot('payload'),
  }),
)

/**
 * Appends a batch in one transaction. A condition that fails leaves or takes back
 * that meeting's rows only. Any other error rolls the whole batch back and is thrown.
 */
export async function append(db: Db, batch: readonly Append[]): Promise<readonly Appended[]> {
  return db.transaction().execute(async (trx) => {
    const outcomes: Appended[] = []
    for (const one of batch) outcomes.push(await appendOne(trx, one))
    return outcomes
  })
}

async function appendOne(trx: Db, one: Append): Promise<Appended> {
  const rows: LogRow[] = []
  let head: Head = one.head
  for (const row of one.rows) {
    const chained = chainRow(one.meeting, head, row)
    rows.push(chained)
    head = { seq: chained.seq, hash: chained.hash }
  }
  const phase = one.nextPhase ?? one.phase

  // Up to the claims a failed condition has written nothing, so only they need taking back.
  if (one.claims === undefined) return write()
  await sql`savepoint one_meeting`.execute(trx)
  const outcome = await write()
  if (!outcome.ok) await sql`rollback to savepoint one_meeting`.execute(trx)
  await sql`release savepoint one_meeting`.execute(trx)
  return outcome

  async function write(): Promise<Appended> {
    // The meeting's row first: in Postgres it is the lock that puts appends in order.
    const moved = await moveHead(trx, {
      nextSeq: head.seq,
      nextHash: head.hash,
      nextPhase: phase,
      meeting: one.meeting,
      seq: one.head.seq,
      hash: one.head.hash,
      epoch: one.epoch,
      phase: one.phase,
    })
    if (moved.numAffectedRows !== 1n) return { ok: false, reason: await failedCondition(trx, one) }
    if (!(await claim(trx, one))) return { ok: false, reason: 'claim' }
    for (const row of rows) await insertRow(trx, rowValues(row))
    return { ok: true, head, epoch: one.epoch, phase }
  }
}

async function failedCondition(trx: Db, one: Append): Promise<'head' | 'phase' | 'epoch' | 'unknown-meeting'> {
  const found = await trx
    .selectFrom('meetings')
    .select(['epoch', 'phase'])
    .where('id', '=', one.meeting)
    .executeTakeFirst()
  if (found === undefined) return 'unknown-meeting'
  if (found.epoch !== one.epoch) return 'epoch'
  return found.phase === one.phase ? 'head' : 'phase'
}

/** @returns false when a client id belongs to somebody else */
async function claim(trx: Db, one: Append): Promise<boolean> {
  for (const { clientId, person } of one.claims ?? []) {
    await trx
      .insertInto('client_ids')
      .values({ meeting: one.meeting, client_id: clientId, person })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    const owner = await trx
      .selectFrom('client_ids')
      .select('person')
      .where('meeting', '=', one.meeting)
      .where('client_id', '=', clientId)
      .executeTakeFirstOrThrow()
    if (owner.person !== person) return false
  }
  return true
}

export async function openMeeting(db: Db, meeting: MeetingId): Promise<MeetingState | null> {
  return db
    .transaction()
    .setAccessMode('read only')
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const found = await trx
        .selectFrom('meetings')
        .select(['epoch', 'phase', 'head_seq', 'head_hash'])
        .where('id', '=', meeting)
        .executeTakeFirst()
      if (found === undefined) return null
      const snapshot = await trx
        .selectFrom('snapshots')
        .select(['seq', 'state as update', 'state_vector as stateVector'])
        .where('meeting', '=', meeting)
        .executeTakeFirst()
      const tail = await selectRows(trx, meeting, snapshot?.seq ?? 0).execute()
      const owners = await trx
        .selectFrom('client_ids')
        .select(['client_id', 'person'])
        .where('meeting', '=', meeting)
        .execute()
      return {
        head: { seq: found.head_seq, hash: found.head_hash },
        epoch: found.epoch,
        phase: found.phase,
        snapshot: snapshot ?? null,
        tail: tail.map(logRow),
        // ids that the server wrote under belong to 'server', which is nobody's person id
        clientIds: new Map(owners.map((owner) => [owner.client_id, owner.person as PersonId])),
      }
    })
}

export async function logRows(db: Db, meeting: MeetingId, after: Seq, limit: number): Promise<readonly LogRow[]> {
  const rows = await selectRows(db, meeting, after).limit(limit).execute()
  return rows.map(logRow)
}

export async function saveSnapshot(
  db: Db,
  meeting: MeetingId,
  seq: Seq,
  update: Uint8Array,
  stateVector: Uint8Array,
): Promise<void> {
  await db
    .insertInto('snapshots')
    .values({ meeting, seq, state: update, state_vector: stateVector })
    .onConflict((conflict) =>
      conflict
        .column('meeting')
        .doUpdateSet({ seq, state: update, state_vector: stateVector })
        .where('snapshots.seq', '<', seq),
    )
    .execute()
}

export function rowValues(row: LogRow): Database['log_rows'] {
  return {
    meeting: row.meeting,
    seq: row.seq,
    kind: row.kind,
    author: row.author,
    agency: row.agency,
    role: row.role,
    session: row.session,
    actor: row.actor ?? null,
    origin: row.origin ?? null,
    at: row.at,
    payload_hash: row.payloadHash,
    prev_hash: row.prevHash,
    hash: row.hash,
    payload: row.payload,
  }
}

function selectRows(db: Db, meeting: MeetingId, after: Seq) {
  return db.selectFrom('log_rows').selectAll().where('meeting', '=', meeting).where('seq', '>', after).orderBy('seq')
}

function logRow(row: Database['log_rows']): LogRow {
  if (row.payload === null) throw new Error(`row ${row.seq} of ${row.meeting} has no payload`)
  return {
    meeting: row.meeting,
    seq: row.seq,
    kind: row.kind,
    author: row.author,
    agency: row.agency,
    role: row.role,
    session: row.session,
    ...(row.actor !== null && { actor: row.actor }),
    ...(row.origin !== null && { origin: row.origin }),
    at: row.at,
    payload: row.payload,
    payloadHash: row.payload_hash,
    prevHash: row.prev_hash,
    hash: row.hash,
  }
}
