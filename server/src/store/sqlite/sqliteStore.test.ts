import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { Worker } from 'node:worker_threads'
import { Kysely } from 'kysely'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { chainRow, verifyChain } from '../chain.ts'
import { describeStore } from '../describeStore.ts'
import type { Database } from '../sql/database.ts'
import { type Bookkeeping, migrate } from '../sql/migrate.ts'
import { OPERATIONS } from '../sql/operations.ts'
import { type Store, StoreError } from '../store.ts'
import type { Head, MeetingId, NewRow } from '../updateLog.ts'
import { nodeSqliteDialect } from './dialect.ts'
import { openDatabase } from './openDatabase.ts'
import { openSqliteStore } from './sqliteStore.ts'

/** Places at which the write-ahead log is torn off, evenly spread. */
const CUTS = 60

const now = () => 1_700_000_000_000

describeStore('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'justera-store-'))
  return {
    open: () => openSqliteStore({ file: join(folder, 'justera.db'), now }),
    remove: () => rm(folder, { recursive: true, force: true }),
  }
})

describe('sqlite in particular', () => {
  let folder: string
  let file: string
  let store: Store
  const M = 'm' as MeetingId

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'justera-sqlite-'))
    file = join(folder, 'justera.db')
    store = await openSqliteStore({ file, now })
    await store.council.createCouncil({ id: 'c', name: 'Rådet' }, [])
    await store.meetings.create({ id: M, phase: 'drafting', title: '', meeting: '', date: '', items: 0 }, [], row(1), 1)
  })

  afterEach(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  const head = async (): Promise<Head> => (await store.log.open(M))?.head ?? { seq: -1, hash: '' }

  async function append(sizeBytes: number, rows = 1): Promise<boolean> {
    const added = Array.from({ length: rows }, () => row(sizeBytes))
    const [done] = await store.log.append([
      { meeting: M, head: await head(), epoch: 0, phase: 'drafting', rows: added },
    ])
    return done?.ok ?? false
  }

  test('[ST21] the database is in WAL with synchronous FULL, and foreign keys hold', () => {
    const database = openDatabase(file)
    expect(database.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.prepare('pragma synchronous').get()).toEqual({ synchronous: 2 })
    expect(database.prepare('pragma foreign_keys').get()).toEqual({ foreign_keys: 1 })
    database.close()
  })

  test('[ST21] a database that cannot be durable is not opened', () => {
    expect(() => openDatabase(':memory:')).toThrow(/journal_mode/)
  })

  test('[ST22] on a full disk an append rejects and stores nothing; reading goes on, and so does writing once there is room', async () => {
    await store.close()
    store = await openSqliteStore({ file, now, maxBytes: 400_000 })
    let stored = 1
    let failure: unknown = null
    for (let n = 0; n < 100 && failure === null; n++) {
      try {
        await append(20_000, 2)
        stored += 2
      } catch (error) {
        failure = error
      }
    }
    expect(failure).toBeInstanceOf(StoreError)
    expect(failure).toMatchObject({ code: 'SQLITE_13' }) // SQLITE_FULL
    expect(await head()).toMatchObject({ seq: stored })
    expect(verifyChain(M, await store.log.rows(M, 0, 1000))).toMatchObject({ ok: true, head: { seq: stored } })
    await store.close()
    store = await openSqliteStore({ file, now })
    expect(await append(20_000)).toBe(true)
  })

  test('[ST22] an append that another process keeps waiting too long rejects; the next one succeeds', async () => {
    await store.close()
    store = await openSqliteStore({ file, now, busyMs: 50 })
    const other = new DatabaseSync(file)
    other.exec('begin immediate')
    await expect(append(10)).rejects.toMatchObject({ name: 'StoreError', code: 'SQLITE_5' }) // SQLITE_BUSY
    other.exec('rollback')
    other.close()
    expect(await append(10)).toBe(true)
    expect((await head()).seq).toBe(2)
  })

  test('[ST22] the batch of a failed append is all gone, the meetings before the failing one too', async () => {
    const poisoned = { ...row(1), at: Number.NaN }
    const after = await head()
    await expect(
      store.log.append([
        { meeting: M, head: after, epoch: 0, phase: 'drafting', rows: [row(1)] },
        { meeting: M, head: chainRow(M, after, row(1)), epoch: 0, phase: 'drafting', rows: [poisoned] },
      ]),
    ).rejects.toBeInstanceOf(StoreError)
    expect(await head()).toEqual(after)
    expect(await append(1)).toBe(true)
  })

  test('[ST23] a write-ahead log torn off at any place opens at a commit boundary with a chain that verifies', async () => {
    for (let n = 0; n < 20; n++) await append(500, 1 + (n % 3))
    const [database, wal] = await Promise.all([readFile(file), readFile(`${file}-wal`)])
    const heads = new Set<number>()
    for (let cut = 0; cut <= CUTS; cut++) {
      const torn = join(folder, `torn-${cut}.db`)
      await writeFile(torn, database)
      await writeFile(`${torn}-wal`, wal.subarray(0, Math.floor((wal.length * cut) / CUTS)))
      const db = new Kysely<Database>({ dialect: nodeSqliteDialect(openDatabase(torn)) })
      await migrate(new Kysely<Bookkeeping>({ dialect: nodeSqliteDialect(openDatabase(torn)) }), 'sqlite', 1)
      const state = await OPERATIONS.openMeeting(db, M)
      if (state !== null) {
        const verdict = verifyChain(M, await OPERATIONS.logRows(db, M, 0, 1000))
        expect(verdict).toEqual({ ok: true, head: state.head })
        heads.add(state.head.seq)
      }
      await db.destroy()
    }
    expect(heads.size).toBeGreaterThan(10)
  })

  test('[ST29] when the worker dies, what waits rejects, the process lives and the next call works', async () => {
    const posted = vi.spyOn(Worker.prototype, 'postMessage')
    await store.ping()
    const worker = posted.mock.contexts[0]
    posted.mockRestore()
    if (!(worker instanceof Worker)) throw new Error('no worker was asked')
    const at = await head()
    const pending = [1, 2, 3].map(() =>
      store.log.append([{ meeting: M, head: at, epoch: 0, phase: 'drafting', rows: [row(10)] }]),
    )
    const outcomes = Promise.allSettled(pending)
    await worker.terminate()
    expect((await outcomes).some((one) => one.status === 'rejected')).toBe(true)
    for (const one of await outcomes) if (one.status === 'rejected') expect(one.reason).toBeInstanceOf(StoreError)
    expect(await append(10)).toBe(true)
    expect(verifyChain(M, await store.log.rows(M, 0, 10))).toMatchObject({ ok: true, head: await head() })
  })

  test('[ST24] a database of a newer build, or with another history, is not opened', async () => {
    await store.close()
    const database = new DatabaseSync(file)
    database.exec("insert into schema_migrations values (99, '0099-from-the-future', 1)")
    database.close()
    await expect(openSqliteStore({ file, now })).rejects.toThrow(/newer version/)
    const again = new DatabaseSync(file)
    again.exec("delete from schema_migrations where number = 99; update schema_migrations set name = 'other'")
    again.close()
    await expect(openSqliteStore({ file, now })).rejects.toThrow(/the database ran other/)
    const restored = new DatabaseSync(file)
    restored.exec("update schema_migrations set name = '0001-council-meetings-log'")
    restored.close()
    store = await openSqliteStore({ file, now })
  })

  test('[ST25] a file that is no database is refused with an error, not an exit', async () => {
    const broken = join(folder, 'broken.db')
    await writeFile(broken, 'this is no database'.repeat(100))
    await expect(openSqliteStore({ file: broken, now })).rejects.toBeInstanceOf(StoreError)
  })

  test('[ST26] closing finishes what was asked before', async () => {
    const at = await head()
    const pending = store.log.append([{ meeting: M, head: at, epoch: 0, phase: 'drafting', rows: [row(5)] }])
    await store.close()
    await expect(pending).resolves.toMatchObject([{ ok: true }])
    await expect(store.ping()).rejects.toMatchObject({ code: 'CLOSED' })
    store = await openSqliteStore({ file, now })
    expect((await head()).seq).toBe(2)
  })
})

function row(sizeBytes: number): NewRow {
  return {
    kind: 'update',
    at: 1_700_000_000_000,
    payload: new Uint8Array(sizeBytes).fill(7),
    author: 'server',
    agency: null,
    role: 'server',
    session: 'server',
  }
}
