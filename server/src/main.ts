import { fileURLToPath } from 'node:url'
import { pino } from 'pino'
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Config } from './config.ts'
import { createApp } from './http/app.ts'
import { syncMetrics } from './http/metrics.ts'
import { createImportReader } from './interchange/importReader.ts'
import { createDemo, DEMO_ADDRESSES, DEMO_COUNCIL_ID } from './meetings/demo.ts'
import { createMeetings } from './meetings/meetings.ts'
import { createAccessChanges, createAccessControl } from './people/accessControl.ts'
import { createDelivery } from './people/delivery.ts'
import { createMailer } from './people/mailer.ts'
import { createPeople } from './people/people.ts'
import { sessionCookie } from './people/sessionCookie.ts'
import { createSessions } from './people/sessions.ts'
import { createSignInLinks, type SignInLinks } from './people/signIn.ts'
import { openStore } from './store/openStore.ts'
import type { Store } from './store/store.ts'
import { createSyncService } from './sync/createSyncService.ts'

const PRUNE_MS = 60 * 60 * 1000

/** A running server. `stop` lets what is under way finish; it is safe to call more than once. */
export type RunningServer = { readonly stop: () => Promise<void> }

/**
 * Starts everything and listens. Prints `ready <address>` when requests are answered, then one line
 * `sign-in <email> <address>` for each demo account. Logs go to stderr, so that stdout holds only these.
 * @throws Error when the store cannot be opened or the port is taken
 */
export async function serve(config: Config, print: (line: string) => void): Promise<RunningServer> {
  const now = Date.now
  const logger = pino({ level: config.logLevel }, pino.destination({ fd: 2, sync: true }))
  const metrics = new Registry()
  collectDefaultMetrics({ register: metrics })
  const store = await openStore(config.dataDir, now)
  if (config.demo && (await store.council.council()) === null) await createDemo(store, now)

  const cookie = sessionCookie(config.publicOrigin)
  const storeFailed = (error: unknown) => logger.error({ err: error }, 'the store failed')
  const sessions = createSessions(store.sessions, cookie, now, storeFailed)
  const accessChanges = createAccessChanges()
  const access = createAccessControl(sessions, store.meetings, accessChanges, storeFailed)
  const sync = createSyncService({
    log: store.log,
    access,
    publicOrigin: config.publicOrigin,
    now,
    logger,
    metrics: syncMetrics(metrics),
  })
  const links = createSignInLinks(store.links, config.publicOrigin, now)
  const mailer = config.smtpUrl === null ? null : createMailer(config.smtpUrl, config.publicOrigin)
  const delivery = createDelivery(mailer, {
    link: (email, link) => print(`sign-in ${email} ${link}`),
    failed: (error) => logger.error({ err: error }, 'a mail could not be sent'),
  })
  const imports = createImportReader()
  let stopping = false
  const app = await createApp({
    config,
    store,
    sync,
    sessions,
    cookie,
    links,
    people: createPeople(store.council, sessions, accessChanges, now),
    meetings: createMeetings(store.meetings, sync, now),
    accessChanges,
    delivery,
    imports,
    metrics,
    logger,
    ready: () => !stopping,
    clientDir: fileURLToPath(new URL('../../client/dist', import.meta.url)),
  })
  app.server.on('upgrade', (request, socket, head) => sync.handleUpgrade(request, socket, head))

  const pruning = setInterval(() => {
    sessions.prune().catch((error) => logger.error({ err: error }, 'could not drop old sessions'))
  }, PRUNE_MS)
  pruning.unref()

  let stopped: Promise<void> | null = null
  async function stop(): Promise<void> {
    stopping = true
    clearInterval(pruning)
    await sync.drain()
    await app.close()
    await imports.close()
    mailer?.close()
    await store.close()
  }

  const demoLines = config.demo ? await demoLinks(store, links) : []
  try {
    await app.listen({ port: config.port, host: config.host })
  } catch (error) {
    await stop()
    throw error
  }
  print([`ready ${config.publicOrigin}`, ...demoLines].join('\n'))
  return {
    stop: () => {
      stopped ??= stop()
      return stopped
    },
  }
}

/** Fresh links at every start, one line a demo account; they are good for as long as any other. */
async function demoLinks(store: Store, links: SignInLinks): Promise<readonly string[]> {
  const council = await store.council.council()
  if (council?.id !== DEMO_COUNCIL_ID) return []
  const people = await store.council.people()
  const lines: string[] = []
  for (const email of DEMO_ADDRESSES) {
    const person = people.find((one) => one.email === email)
    if (person !== undefined) lines.push(`sign-in ${email} ${await links.forPerson(person)}`)
  }
  return lines
}
