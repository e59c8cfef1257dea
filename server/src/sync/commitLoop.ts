import type { Logger } from 'pino'
import type { Appended, UnixMs, UpdateLog } from '../store/updateLog.ts'
import type { Batch } from './batch.ts'
import type { Limits } from './limits.ts'
import type { Room } from './room.ts'
import type { SyncMetrics } from './syncMetrics.ts'

export type CommitLoopDeps = {
  readonly log: Pick<UpdateLog, 'append'>
  readonly limits: Pick<Limits, 'busyBeatMs' | 'busyLatestMs' | 'busySockets'>
  readonly logger: Logger
  readonly metrics: SyncMetrics
  readonly now: () => UnixMs
}

/**
 * Group commit over all rooms: while one commit is being written, frames gather; the next takes them all.
 * At most one append runs at a time. A quiet service commits at once; a busy one at most once per beat,
 * so that a commit's fan-out is one write a socket for many updates.
 */
export class CommitLoop {
  readonly #deps: CommitLoopDeps
  #wanted = new Set<Room>()
  #running: Promise<void> | null = null
  #lastStart = Number.NEGATIVE_INFINITY
  #busy = false
  /** ends the wait for the beat, while there is one */
  #endWait: (() => void) | null = null

  constructor(deps: CommitLoopDeps) {
    this.#deps = deps
  }

  /** Puts a room in line. Frames that arrive in the same turn of the event loop share the commit. */
  request(room: Room): void {
    this.#wanted.add(room)
    if (this.#isDue()) this.#endWait?.()
    this.#running ??= this.#run().finally(() => {
      this.#running = null
      const [again] = this.#wanted
      if (again !== undefined) this.request(again)
    })
  }

  /** Resolves once nothing waits any more. */
  async idle(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async #run(): Promise<void> {
    while (this.#wanted.size > 0) {
      await this.#nextTurn()
      const rooms = this.#wanted
      this.#wanted = new Set()
      const batches = this.#takeBatches(rooms)
      if (batches.length === 0) continue
      this.#lastStart = performance.now()
      this.#busy = batches.some(({ room }) => room.sessions.size >= this.#deps.limits.busySockets)
      const results = await this.#append(batches)
      for (const [n, batch] of batches.entries()) {
        const result = results?.[n]
        if (result === undefined) batch.room.storeFailed(batch)
        else batch.room.committed(batch, result)
      }
    }
  }

  #isDue(): boolean {
    return !this.#busy || performance.now() - this.#lastStart >= this.#deps.limits.busyBeatMs
  }

  /**
   * Waits for the turn in which the next commit starts. The first frame after the beat ends the wait, for it has woken
   * the process anyway, which costs as much as ten writes to sockets; the timer is for when none comes.
   */
  #nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#isDue()) {
        setImmediate(resolve)
        return
      }
      const latestMs = this.#lastStart + this.#deps.limits.busyLatestMs - performance.now()
      const timer = setTimeout(() => this.#endWait?.(), latestMs)
      this.#endWait = () => {
        this.#endWait = null
        clearTimeout(timer)
        setImmediate(resolve)
      }
    })
  }

  #takeBatches(rooms: ReadonlySet<Room>): readonly Batch[] {
    const batches: Batch[] = []
    for (const room of rooms) {
      const batch = room.takeBatch(this.#deps.now())
      if (batch !== null) batches.push(batch)
    }
    return batches
  }

  /** @returns `null` when the store failed: then nothing of the batch is stored */
  async #append(batches: readonly Batch[]): Promise<readonly Appended[] | null> {
    const started = performance.now()
    const appends = batches.map(({ append }) => append)
    const rows = appends.flatMap((append) => append.rows)
    try {
      const results = await this.#deps.log.append(appends)
      this.#deps.metrics.committed({
        meetings: appends.length,
        rows: rows.length,
        sizeBytes: rows.reduce((sum, row) => sum + row.payload.length, 0),
        ms: performance.now() - started,
      })
      return results
    } catch (error) {
      this.#deps.logger.error({ err: error, meetings: appends.map(({ meeting }) => meeting) }, 'storing failed')
      this.#deps.metrics.commitFailed('store')
      return null
    }
  }
}
