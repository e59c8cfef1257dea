import { parentPort, workerData } from 'node:worker_threads'
import { Kysely } from 'kysely'
import type { Database } from '../sql/database.ts'
import { type Bookkeeping, migrate } from '../sql/migrate.ts'
import { OPERATIONS, type OperationName } from '../sql/operations.ts'
import { nodeSqliteDialect } from './dialect.ts'
import type { Answer, Question, WorkerOptions } from './messages.ts'
import { openDatabase } from './openDatabase.ts'

/**
 * The one thread that touches the database file. Questions are answered strictly one after another;
 * a failure is an answer, never an exit.
 */
const { file, now, maxBytes, busyMs } = workerData as WorkerOptions
const port = parentPort
if (port === null) throw new Error('the store worker runs in a worker thread')

const database = openDatabase(file, { maxBytes, busyMs })
const dialect = nodeSqliteDialect(database)
await migrate(new Kysely<Bookkeeping>({ dialect }), 'sqlite', now)
const db = new Kysely<Database>({ dialect })

let last: Promise<void> = Promise.resolve()
port.on('message', (question: Question) => {
  last = last.then(() => answer(question))
})
port.postMessage({ type: 'ready' } satisfies Answer)

async function answer(question: Question): Promise<void> {
  if (question.type === 'close') {
    await db.destroy()
    port?.close()
    return
  }
  try {
    const run = OPERATIONS[question.name as OperationName] as (
      db: Kysely<Database>,
      ...args: readonly unknown[]
    ) => Promise<unknown>
    const value = await run(db, ...question.args)
    port?.postMessage({ type: 'done', id: question.id, value } satisfies Answer)
  } catch (error) {
    const { message, code } = describe(error)
    port?.postMessage({ type: 'failed', id: question.id, message, code } satisfies Answer)
  }
}

/** node:sqlite puts SQLite's own result code into `errcode` and its meaning into `errstr`. */
function describe(error: unknown): { message: string; code: string } {
  if (!(error instanceof Error)) return { message: String(error), code: 'UNKNOWN' }
  const errcode = 'errcode' in error ? error.errcode : undefined
  return { message: error.message, code: typeof errcode === 'number' ? `SQLITE_${errcode}` : error.name }
}
