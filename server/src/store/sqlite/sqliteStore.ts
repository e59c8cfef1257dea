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
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: StoreError) => void }

/** A worker that has opened the database, and who waits for its answers. */
type Link = { readonly worker: Worker; readonly waiting: Map<number, Waiting> }

/**
 * Opens the SQLite store; its file is used by one worker thread of this process.
 * Should that thread ever die, everything asked of it rejects and the next call starts another one.
 * @throws StoreError when the file cannot be opened durably or is newer than this build
 */
export async function openSqliteStore(options: SqliteOptions): Promise<Store> {
  let nextId = 1
  let closed = false
  let link: Promise<Link> = start(options)
  await link

  async function ask<Name extends OperationName>(
    name: Name,
    ...args: OperationArguments<Name>
  ): Promise<OperationResult<Name>> {
    if (closed) throw new StoreError('the store is closed', 'CLOSED')
    const { worker, waiting } = await live()
    return new Promise((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve: (value) => resolve(value as OperationResult<Name>), reject })
      worker.postMessage({ type: 'run', id, name, args } satisfies Question)
    })
  }

  async function live(): Promise<Link> {
    const current = link
    const found = await current.catch(() => null)
    if (found !== null && found.worker.threadId !== -1) return found
    if (link === current) link = start(options) // only the first caller to see it dead restarts it
    return link
  }

  return sqlStore(ask, async () => {
    if (closed) return
    closed = true
    const found = await link.catch(() => null)
    if (found === null || found.worker.threadId === -1) return
    const exit = once(found.worker, 'exit')
    found.worker.postMessage({ type: 'close' } satisfies Question)
    await exit
  })
}

/** Starts a worker; resolves when it has opened and migrated the database. */
async function start({ file, now, maxBytes }: SqliteOptions): Promise<Link> {
  const workerData: WorkerOptions = { file, now: now(), ...(maxBytes !== undefined && { maxBytes }) }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { workerData })
  const waiting = new Map<number, Waiting>()
  return new Promise((resolve, reject) => {
    let cause = new StoreError('the store worker stopped', 'WORKER_EXIT')
    worker.on('message', (answer: Answer) => {
      switch (answer.type) {
        case 'ready':
          resolve({ worker, waiting })
          return
        case 'done':
          waiting.get(answer.id)?.resolve(answer.value)
          waiting.delete(answer.id)
          return
        case 'failed':
          waiting.get(answer.id)?.reject(new StoreError(answer.message, answer.code))
          waiting.delete(answer.id)
      }
    })
    worker.on('error', (error) => {
      cause = new StoreError(error instanceof Error ? error.message : String(error), 'WORKER_ERROR')
    })
    worker.on('exit', () => {
      reject(cause)
      for (const { reject: fail } of waiting.values()) fail(cause)
      waiting.clear()
    })
  })
}
