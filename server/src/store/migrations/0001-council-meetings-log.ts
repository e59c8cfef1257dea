import { type SchemaModule, sql } from 'kysely'

/**
 * The first layout: council and people, sign-in, meetings with their hash-chained log.
 * Frozen: later changes are further migrations.
 */
export async function up(db: { readonly schema: SchemaModule }, dialect: 'sqlite' | 'postgres'): Promise<void> {
  const whole = dialect === 'sqlite' ? sql`integer` : sql`bigint`
  const bytes = dialect === 'sqlite' ? sql`blob` : sql`bytea`
  const end = dialect === 'sqlite' ? sql`strict` : sql``

  await db.schema
    .createTable('councils')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('agencies')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('council', 'text', (c) => c.notNull().references('councils.id'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('short_name', 'text', (c) => c.notNull())
    .addColumn('seat', whole, (c) => c.notNull())
    .addUniqueConstraint('agencies_seat', ['council', 'seat'])
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('people')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('agency', 'text', (c) => c.notNull().references('agencies.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('created_at', whole, (c) => c.notNull())
    .addColumn('removed_at', whole)
    .modifyEnd(end)
    .execute()
  await db.schema
    .createIndex('people_email')
    .unique()
    .on('people')
    .column('email')
    .where(sql.ref('removed_at'), 'is', null)
    .execute()

  await db.schema
    .createTable('sessions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('secret_hash', 'text', (c) => c.notNull().unique())
    .addColumn('previous_hash', 'text', (c) => c.unique())
    .addColumn('previous_until', whole)
    .addColumn('rotate', whole, (c) => c.notNull())
    .addColumn('created_at', whole, (c) => c.notNull())
    .addColumn('seen_at', whole, (c) => c.notNull())
    .modifyEnd(end)
    .execute()
  await db.schema.createIndex('sessions_person').on('sessions').column('person').execute()

  await db.schema
    .createTable('meetings')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('council', 'text', (c) => c.notNull().references('councils.id'))
    .addColumn('title', 'text', (c) => c.notNull())
    .addColumn('meeting', 'text', (c) => c.notNull())
    .addColumn('date', 'text', (c) => c.notNull())
    .addColumn('items', whole, (c) => c.notNull())
    .addColumn('indexed_seq', whole, (c) => c.notNull())
    .addColumn('phase', 'text', (c) => c.notNull())
    .addColumn('epoch', whole, (c) => c.notNull())
    .addColumn('head_seq', whole, (c) => c.notNull())
    .addColumn('head_hash', 'text', (c) => c.notNull())
    .addColumn('created_at', whole, (c) => c.notNull())
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('sign_in_links')
    .addColumn('token_hash', 'text', (c) => c.primaryKey())
    .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('email', 'text', (c) => c.notNull())
    .addColumn('meeting', 'text', (c) => c.references('meetings.id'))
    .addColumn('created_at', whole, (c) => c.notNull())
    .addColumn('expires_at', whole, (c) => c.notNull())
    .addColumn('consumed_at', whole)
    .modifyEnd(end)
    .execute()
  await db.schema.createIndex('sign_in_links_person').on('sign_in_links').column('person').execute()

  await db.schema
    .createTable('members')
    .addColumn('meeting', 'text', (c) => c.notNull().references('meetings.id'))
    .addColumn('person', 'text', (c) => c.notNull().references('people.id'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('opened_seq', whole, (c) => c.notNull())
    .addPrimaryKeyConstraint('members_key', ['meeting', 'person'])
    .modifyEnd(end)
    .execute()
  await db.schema.createIndex('members_person').on('members').column('person').execute()

  await db.schema
    .createTable('log_rows')
    .addColumn('meeting', 'text', (c) => c.notNull().references('meetings.id'))
    .addColumn('seq', whole, (c) => c.notNull())
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('author', 'text', (c) => c.notNull())
    .addColumn('agency', 'text')
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('session', 'text', (c) => c.notNull())
    .addColumn('actor', 'text')
    .addColumn('origin', 'text')
    .addColumn('at', whole, (c) => c.notNull())
    .addColumn('payload_hash', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addColumn('payload', bytes)
    .addPrimaryKeyConstraint('log_rows_key', ['meeting', 'seq'])
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('snapshots')
    .addColumn('meeting', 'text', (c) => c.primaryKey().references('meetings.id'))
    .addColumn('seq', whole, (c) => c.notNull())
    .addColumn('state', bytes, (c) => c.notNull())
    .addColumn('state_vector', bytes, (c) => c.notNull())
    .modifyEnd(end)
    .execute()

  await db.schema
    .createTable('client_ids')
    .addColumn('meeting', 'text', (c) => c.notNull().references('meetings.id'))
    .addColumn('client_id', whole, (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('client_ids_key', ['meeting', 'client_id'])
    .modifyEnd(end)
    .execute()
}
