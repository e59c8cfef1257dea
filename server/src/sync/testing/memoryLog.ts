import { createHash } from 'node:crypto'
import type { Phase } from '@justera/adjustment'
import type {
  Append,
  Appended,
  Head,
  LogRow,
  MeetingId,
  MeetingState,
  PersonId,
  Seq,
  UpdateLog,
} from '../../store/updateLog.ts'

type Stored = {
  head: Head
  epoch: number
  phase: Phase
  rows: LogRow[]
  snapshot: MeetingState['snapshot']
  readonly clientIds: Map<number, PersonId>
}

/** What the next calls shall do wrong; tests set and clear these. */
export type Faults = {
  /** milliseconds before an append or open answers */
  delayMs: () => number
  /** the append rejects: nothing of the batch is stored */
  failAppend: () => boolean
  failOpen: () => boolean
  /** refuses one meeting's append by this condition */
  condition: (append: Append) => Extract<Appended, { ok: false }>['reason'] | null
}

/** An update log in memory that keeps the contract of the real one, with faults on demand. */
export class MemoryLog implements UpdateLog {
  readonly meetings = new Map<MeetingId, Stored>()
  readonly faults: Faults = {
    delayMs: () => 0,
    failAppend: () => false,
    failOpen: () => false,
    condition: () => null,
  }
  appends = 0
  opens = 0
  #running = 0

  create(meeting: MeetingId, phase: Phase, update: Uint8Array): void {
    const stored: Stored = {
      head: { seq: 0, hash: '0'.repeat(64) },
      epoch: 1,
      phase,
      rows: [],
      snapshot: null,
      clientIds: new Map(),
    }
    this.meetings.set(meeting, stored)
    store(meeting, stored, [
      {
        kind: 'update',
        at: 0,
        payload: update,
        author: 'server',
        agency: null,
        role: 'server',
        session: 'server',
        origin: 'create',
      },
    ])
  }

  stored(meeting: MeetingId): Stored {
    const stored = this.meetings.get(meeting)
    if (stored === undefined) throw new RangeError(`no meeting ${meeting}`)
    return stored
  }

  async append(batch: readonly Append[]): Promise<readonly Appended[]> {
    if (this.#running > 0) throw new Error('two appends at once')
    this.#running++
    this.appends++
    try {
      await pause(this.faults.delayMs())
      if (this.faults.failAppend()) throw new Error('ENOSPC')
      return batch.map((append) => this.#appendOne(append))
    } finally {
      this.#running--
    }
  }

  #appendOne(append: Append): Appended {
    const stored = this.meetings.get(append.meeting)
    if (stored === undefined) return { ok: false, reason: 'unknown-meeting' }
    const forced = this.faults.condition(append)
    if (forced !== null) return { ok: false, reason: forced }
    if (append.epoch !== stored.epoch) return { ok: false, reason: 'epoch' }
    if (append.phase !== stored.phase) return { ok: false, reason: 'phase' }
    if (append.head.seq !== stored.head.seq || append.head.hash !== stored.head.hash)
      return { ok: false, reason: 'head' }
    for (const { clientId, person } of append.claims ?? []) {
      if ((stored.clientIds.get(clientId) ?? person) !== person) return { ok: false, reason: 'claim' }
    }
    for (const { clientId, person } of append.claims ?? []) stored.clientIds.set(clientId, person)
    store(append.meeting, stored, append.rows)
    stored.phase = append.nextPhase ?? stored.phase
    return { ok: true, head: stored.head, epoch: stored.epoch, phase: stored.phase }
  }

  async open(meeting: MeetingId): Promise<MeetingState | null> {
    this.opens++
    await pause(this.faults.delayMs())
    if (this.faults.failOpen()) throw new Error('EIO')
    const stored = this.meetings.get(meeting)
    if (stored === undefined) return null
    const { head, epoch, phase, snapshot, rows } = stored
    const tail = rows.filter((row) => row.seq > (snapshot?.seq ?? 0))
    return { head, epoch, phase, snapshot, tail, clientIds: new Map(stored.clientIds) }
  }

  async rows(meeting: MeetingId, after: Seq, limit: number): Promise<readonly LogRow[]> {
    return this.stored(meeting)
      .rows.filter((row) => row.seq > after)
      .slice(0, limit)
  }

  async saveSnapshot(meeting: MeetingId, seq: Seq, update: Uint8Array, stateVector: Uint8Array): Promise<void> {
    await pause(this.faults.delayMs())
    this.stored(meeting).snapshot = { seq, update, stateVector }
  }
}

function store(meeting: MeetingId, stored: Stored, rows: Append['rows']): void {
  for (const row of rows) {
    const payloadHash = createHash('sha256').update(row.payload).digest('hex')
    const prevHash = stored.head.hash
    const seq = stored.head.seq + 1
    const hash = createHash('sha256').update(`${prevHash} ${seq} ${payloadHash}`).digest('hex')
    stored.rows.push({ ...row, meeting, seq, payloadHash, prevHash, hash })
    stored.head = { seq, hash }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms) : setImmediate(resolve)))
}
