import { Kysely } from 'kysely'
import type { Database } from '../sql/database.ts'
import { OPERATIONS } from '../sql/operations.ts'
import type { UpdateLog } from '../updateLog.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { openDatabase } from './openDatabase.ts'

/**
 * Reads the logs of a database in this thread, without migrating it: for checks of what a server left
 * behind. The database is closed again when `use` is done.
 */
export async function readLog<T>(file: string, use: (log: Pick<UpdateLog, 'open' | 'rows'>) => Promise<T>): Promise<T> {
  const db = new Kysely<Database>({ dialect: nodeSqliteDialect(openDatabase(file)) })
  try {
    return await use({
      open: (meeting) => OPERATIONS.openMeeting(db, meeting),
      rows: (meeting, after, limit) => OPERATIONS.logRows(db, meeting, after, limit),
    })
  } finally {
    await db.destroy()
  }
}
