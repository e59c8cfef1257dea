import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { pino } from 'pino'
import { Registry } from 'prom-client'
import { createImportReader } from '../../interchange/importReader.ts'
import { createDemo } from '../../meetings/demo.ts'
import { createMeetings } from '../../meetings/meetings.ts'
import { createAccessChanges, createAccessControl } from '../../people/accessControl.ts'
import { createDelivery } from '../../people/delivery.ts'
import { createMailer } from '../../people/mailer.ts'
import { createPeople } from '../../people/people.ts'
import { sessionCookie } from '../../people/sessionCookie.ts'
import { createSessions } from '../../people/sessions.ts'
import { createSignInLinks } from '../../people/signIn.ts'
import { openSqliteStore } from '../../store/sqlite/sqliteStore.ts'
import type { AccessControl } from '../../sync/access.ts'
import type { SyncService } from '../../sync/syncService.ts'
import { createApp } from '../app.ts'
import type { Services } from '../services.ts'
import { storedSync } from './storedSync.ts'

export const ORIGIN = 'http://localhost:3000'
export const SECRETARY = 'sekreteraren@socialstyrelsen.example'
export const CHAIR = 'ordforanden@socialstyrelsen.example'
export const PARTICIPANT = 'arbetsmiljoverket@arbetsmiljoverket.example'

/** The HTTP side over a real store with the demo data, a clock that tests move, and a log that they read. */
export type TestApp = {
  readonly app: FastifyInstance
  readonly services: Services
  readonly access: AccessControl
  readonly clock: { now: number }
  /** path of the database, for a second connection */
  readonly file: string
  /** every line that was logged */
  readonly logged: string[]
  /** links that were shown because no mail goes out, by address */
  readonly shown: Map<string, string>
  /** signs in by a link; @returns the Cookie header */
  signIn(email: string): Promise<string>
  /** a request with the right origin and, where there is a body, as JSON */
  send(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    cookie?: string,
    body?: unknown,
  ): Promise<LightMyRequestResponse>
  close(): Promise<void>
}

export async function createTestApp(
  options: {
    readonly smtpUrl?: string
    readonly origin?: string
    readonly clientDir?: string
    readonly busyMs?: number
    readonly sync?: (parts: { access: AccessControl; log: Services['store']['log'] }) => SyncService
  } = {},
): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'justera-http-'))
  const clock = { now: 1_700_000_000_000 }
  const now = () => clock.now
  const origin = options.origin ?? ORIGIN
  const logged: string[] = []
  const shown = new Map<string, string>()
  const logger = pino({ level: 'trace' }, { write: (line: string) => logged.push(line) })
  const file = join(folder, 'justera.db')
  const { busyMs } = options
  const store = await openSqliteStore({ file, now, ...(busyMs !== undefined && { busyMs }) })
  await createDemo(store, now)
  const cookie = sessionCookie(origin)
  const storeFailed = (error: unknown) => logger.error({ err: error }, 'the store failed')
  const sessions = createSessions(store.sessions, cookie, now, storeFailed)
  const accessChanges = createAccessChanges()
  const access = createAccessControl(sessions, store.meetings, accessChanges, storeFailed)
  const sync = options.sync?.({ access, log: store.log }) ?? storedSync(store.log, now)
  const mailer = options.smtpUrl === undefined ? null : createMailer(options.smtpUrl, origin)
  const imports = createImportReader()
  const services: Services = {
    config: { publicOrigin: origin },
    store,
    sync,
    sessions,
    cookie,
    links: createSignInLinks(store.links, origin, now),
    people: createPeople(store.council, sessions, accessChanges, now),
    meetings: createMeetings(store.meetings, sync, now),
    accessChanges,
    delivery: createDelivery(mailer, {
      link: (email, link) => shown.set(email, link),
      failed: (error) => logger.error({ err: error }, 'mail'),
    }),
    imports,
    metrics: new Registry(),
    logger,
    ready: () => true,
    clientDir: options.clientDir ?? join(folder, 'no-client'),
  }
  const app = await createApp(services)
  await app.ready()

  return {
    app,
    services,
    access,
    clock,
    file,
    logged,
    shown,
    async signIn(email) {
      const person = await store.council.personByEmail(email)
      if (person === null) throw new Error(`nobody has the address ${email}`)
      const url = new URL(await services.links.forPerson(person)).pathname
      const response = await app.inject({ method: 'POST', url, headers: { origin } })
      return cookieOf(response)
    },
    send: (method, url, withCookie, body) =>
      app.inject({
        method,
        url,
        headers: {
          origin,
          ...(withCookie !== undefined && { cookie: withCookie }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { payload: JSON.stringify(body) }),
      }),
    async close() {
      await sync.drain()
      await app.close()
      await imports.close()
      mailer?.close()
      await store.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The Cookie header that a browser would send after this answer. */
export function cookieOf(response: LightMyRequestResponse): string {
  const [cookie] = response.cookies
  if (cookie === undefined) throw new Error(`${response.statusCode} without a cookie`)
  return `${cookie.name}=${cookie.value}`
}
