import { DatabaseSync } from 'node:sqlite'

/** Enough for a command beside the running server to finish its write. */
const BUSY_MS = 5_000

const FULL = 2

/**
 * Opens a database so that a commit survives power loss, and checks that the settings took.
 * @param file path, never ':memory:' (it has no WAL)
 * @param limits `maxBytes` is a ceiling for the file, beyond it writes fail as on a full disk; `busyMs` how
 *   long a statement waits for another process to finish writing
 * @throws Error when the file cannot be opened or the file system refuses WAL or FULL
 */
export function openDatabase(
  file: string,
  { maxBytes, busyMs = BUSY_MS }: { readonly maxBytes?: number | undefined; readonly busyMs?: number | undefined } = {},
): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: busyMs, enableForeignKeyConstraints: true })
  try {
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = full')
    assertPragma(database, 'journal_mode', 'wal')
    assertPragma(database, 'synchronous', FULL)
    assertPragma(database, 'foreign_keys', 1)
    if (maxBytes !== undefined) {
      const pageBytes = Number(pragma(database, 'page_size'))
      database.exec(`pragma max_page_count = ${Math.ceil(maxBytes / pageBytes)}`)
    }
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function assertPragma(database: DatabaseSync, name: string, wanted: string | number): void {
  const value = pragma(database, name)
  if (value !== wanted) throw new Error(`SQLite: ${name} is ${value}, must be ${wanted}`)
}

function pragma(database: DatabaseSync, name: string): unknown {
  return Object.values(database.prepare(`pragma ${name}`).get() ?? {})[0]
}
