import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type PHASES, ROLES } from '@justera/adjustment'
import { createMinutesDoc, writeMinutes } from '@justera/minutes'
import { pino } from 'pino'
import * as Y from 'yjs'
import type { MeetingId } from '../../store/updateLog.ts'
import { createSyncService } from '../createSyncService.ts'
import type { Limits } from '../limits.ts'
import type { SyncMetrics } from '../syncMetrics.ts'
import type { SyncService } from '../syncService.ts'
import { FakeAccess } from './fakeAccess.ts'
import { MemoryLog } from './memoryLog.ts'
import { type ClientOptions, TestClient } from './testClient.ts'

export type Started = {
  readonly service: SyncService
  readonly log: MemoryLog
  readonly access: FakeAccess
  readonly origin: string
  readonly port: number
  url(meeting: MeetingId): string
  /** Opens a client as the person named; the log gets the meeting first, if it is not there. */
  connect(name: string, options?: Partial<ClientOptions> & { readonly meeting?: MeetingId }): TestClient
  stop(): Promise<void>
}

export const MEETING = 'meeting-1' as MeetingId

/** A small document: two items, two attendees. */
export function exampleDocument(): Y.Doc {
  const doc = createMinutesDoc(1)
  writeMinutes(doc, {
    header: { subject: 'Rådsmöte', date: '2023-06-07' },
    attendance: [
      { name: 'Anna', agency: 'A', status: 'present' },
      { name: 'Bo', agency: 'B', status: 'absent' },
    ],
    items: [
      { title: 'Öppnande', presenters: ['Anna'], blocks: [{ content: 'Mötet öppnas.' }] },
      { title: 'Avslutning', presenters: [], blocks: [{ kind: 'point', content: 'Första punkten.' }] },
    ],
  })
  return doc
}

/** Starts a service on a free port with one meeting in drafting, and one person per role plus anna and bo. */
export async function startService(
  options: {
    readonly limits?: Partial<Limits>
    readonly metrics?: Partial<SyncMetrics>
    readonly log?: MemoryLog
  } = {},
): Promise<Started> {
  const log = options.log ?? new MemoryLog()
  if (!log.meetings.has(MEETING)) log.create(MEETING, 'drafting', Y.encodeStateAsUpdate(exampleDocument()))
  const access = new FakeAccess()
  for (const role of ROLES) access.roles.set(role, role)
  for (const name of ['anna', 'bo', 'cia']) access.roles.set(name, 'participant')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const origin = `http://127.0.0.1:${port}`
  const service = createSyncService({
    log,
    access,
    publicOrigin: origin,
    now: Date.now,
    logger: pino({ level: 'silent' }),
    ...(options.metrics === undefined ? {} : { metrics: options.metrics }),
    limits: { idleMs: 600_000, ...options.limits },
  })
  server.on('upgrade', (request, socket, head) => service.handleUpgrade(request, socket, head))
  server.on('clientError', (_error, socket) => socket.destroy())
  const url = (meeting: MeetingId): string => `ws://127.0.0.1:${port}/sync/${meeting}`
  return {
    service,
    log,
    access,
    origin,
    port,
    url,
    connect: (name, { meeting, ...client } = {}) =>
      new TestClient({ url: url(meeting ?? MEETING), origin, cookie: `session=${name}`, ...client }),
    stop: async () => {
      await service.drain()
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
    },
  }
}

/** A meeting per phase, named by it. */
export function meetingIn(log: MemoryLog, phase: (typeof PHASES)[number]): MeetingId {
  const meeting = `in-${phase}` as MeetingId
  if (!log.meetings.has(meeting)) log.create(meeting, phase, Y.encodeStateAsUpdate(exampleDocument()))
  return meeting
}
