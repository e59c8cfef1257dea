import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { OperationArguments, OperationName, OperationResult } from '../sql/operations.ts'
import { sqlStore } from '../sql/sqlStore.ts'
import { type Store, StoreError } from '../store.ts'
import type { Answer, Question, WorkerOptions } from './messages.ts'

export type SqliteOptions = {
  /** path of the database; created when missing, its folder must exist */
  readonly file: string
  readonly now: () => number
  /** ceiling for the file in bytes; beyond it every write rejects as on a full disk */
  readonly maxBytes?: number
  /** how long a statement waits while another process writes; 5 s */
  readonly busyMs?: number
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: StoreError) => void }

/** A worker that has opened the database, and who waits for its answers. */
type Running = { readonly worker: Worker; readonly waiting: Map<number, Waiting>; alive: boolean }

/**
 * Opens the SQLite store; its file is used by one worker thread of this process.
 * Should that thread ever die, everything asked of it rejects and the next call starts another one.
 * @throws StoreError when the file cannot be opened durably or is newer than this build
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  let nextId = 1
  let running = await start(options)
  let starting: Promise<Running> | null = null
  let closing: Promise<void> | null = null

  async function ask<Name extends OperationName>(
    name: Name,
    ...args: OperationArguments<Name>
  ): Promise<OperationResult<Name>> {
    if (closing !== null) throw new StoreError('the store is closed', 'CLOSED')
    const { worker, waiting } = running.alive ? running : await restarted()
    return new Promise((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve: (value) => resolve(value as OperationResult<Name>), reject })
      worker.postMessage({ type: 'run', id, name, args } satisfies Question)
    })
  }

  /** One restart at a time, whoever asks first; when it fails, the next call tries again. */
  function restarted(): Promise<Running> {
    starting ??= start(options)
      .then((fresh) => {
        running = fresh
        return fresh
      })
      .finally(() => {
        starting = null
      })
    return starting
  }

  /** Questions are answered in order, so what was asked before is done before. */
  async function close(): Promise<void> {
    if (starting !== null) await starting.catch(() => undefined)
    if (!running.alive) return
    const exit = once(running.worker, 'exit')
    running.worker.postMessage({ type: 'close' } satisfies Question)
    await exit
  }

  return sqlStore(ask, () => {
    closing ??= close()
    return closing
  })
}

/** Starts a worker; resolves when it has opened and migrated the database. */
async function start({ file, now, maxBytes, busyMs }: SqliteOptions): Promise<Running> {
  const workerData: WorkerOptions = {
    file,
    now: now(),
    ...(maxBytes !== undefined && { maxBytes }),
    ...(busyMs !== undefined && { busyMs }),
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  const running: Running = { worker, waiting: new Map(), alive: true }
  return new Promise((resolve, reject) => {
    let cause = new StoreError('the store worker stopped', 'WORKER_EXIT')
    worker.on('message', (answer: Answer) => {
      switch (answer.type) {
        case 'ready':
          resolve(running)
          return
        case 'done':
          running.waiting.get(answer.id)?.resolve(answer.value)
          running.waiting.delete(answer.id)
          return
        case 'failed':
          running.waiting.get(answer.id)?.reject(new StoreError(answer.message, answer.code))
          running.waiting.delete(answer.id)
      }
    })
    worker.on('error', (error) => {
      cause = new StoreError(error instanceof Error ? error.message : String(error), 'WORKER_ERROR')
    })
    worker.on('exit', () => {
      running.alive = false
      reject(cause)
      for (const { reject: fail } of running.waiting.values()) fail(cause)
      running.waiting.clear()
    })
  })
}
