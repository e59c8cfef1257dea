import { type Kysely, type SchemaModule, sql } from 'kysely'
import { up as councilMeetingsLog } from '../migrations/0001-council-meetings-log.ts'
import type { Dialect } from './database.ts'

type Migration = {
  readonly name: string
  readonly up: (db: { readonly schema: SchemaModule }, dialect: Dialect) => Promise<void>
}

/** In order; a migration that has been released is never edited, moved or dropped. */
const MIGRATIONS: readonly Migration[] = [{ name: '0001-council-meetings-log', up: councilMeetingsLog }]

/** The table in which a database remembers what ran. */
export type Bookkeeping = { schema_migrations: { number: number; name: string; applied_at: number } }

/**
 * Brings a database up to this build's layout, one transaction a migration.
 * @returns names of the migrations that ran
 * @throws Error when the database was written by a newer build, or its history differs from this one's
 */
export async function migrate(
  books: Kysely<Bookkeeping>,
  dialect: Dialect,
  now: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<readonly string[]> {
  const whole = dialect === 'sqlite' ? sql`integer` : sql`bigint`
  await books.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('number', whole, (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('applied_at', whole, (c) => c.notNull())
    .execute()
  const ran: string[] = []
  for (const [index, migration] of migrations.entries()) {
    const number = index + 1
    if (Number.parseInt(migration.name, 10) !== number) throw new Error(`migration ${migration.name} is out of order`)
    await books.transaction().execute(async (trx) => {
      const applied = await trx
        .selectFrom('schema_migrations')
        .select('name')
        .where('number', '=', number)
        .executeTakeFirst()
      if (applied !== undefined) {
        if (applied.name === migration.name) return
        throw new Error(`the database ran ${applied.name} where this build has ${migration.name}`)
      }
      await migration.up(trx, dialect)
      await trx.insertInto('schema_migrations').values({ number, name: migration.name, applied_at: now }).execute()
      ran.push(migration.name)
    })
  }
  const newer = await books
    .selectFrom('schema_migrations')
    .select('name')
    .where('number', '>', migrations.length)
    .executeTakeFirst()
  if (newer !== undefined) throw new Error(`the database was written by a newer version (${newer.name})`)
  return ran
}
