import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Phase } from '@justera/adjustment'
import { CLOSE, encodeHeartbeat, type MeetingEvent } from '@justera/protocol'
import type { Logger } from 'pino'
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws'
import type * as Y from 'yjs'
import type { AgencyId, Head, MeetingId, PersonId, RowAuthor, UnixMs, UpdateLog } from '../store/updateLog.ts'
import type { AccessControl } from './access.ts'
import { decodeClientFrame } from './clientFrame.ts'
import { CommitLoop } from './commitLoop.ts'
import { limitConcurrency } from './limitConcurrency.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import { Room, type RoomContext } from './room.ts'
import { awarenessFrame, wireFrame } from './serverFrames.ts'
import { Session } from './session.ts'
import { NO_METRICS, type SyncMetrics } from './syncMetrics.ts'
import type { PhaseChanged, SyncService } from './syncService.ts'
import { Door, decide, decideAgain, isRejected, rejectUpgrade } from './upgrade.ts'
import { UserRate } from './userRate.ts'

export type SyncServiceDeps = {
  readonly log: UpdateLog
  readonly access: AccessControl
  /** scheme, host and port that pages are served from; every upgrade must carry exactly this origin */
  readonly publicOrigin: string
  readonly now: () => UnixMs
  readonly logger: Logger
  readonly metrics?: Partial<SyncMetrics>
  readonly limits?: Partial<Limits>
}

const TICK_MS = 1_000

export function createSyncService(deps: SyncServiceDeps): SyncService {
  return new LiveSyncService(deps)
}

class LiveSyncService implements SyncService {
  readonly #deps: SyncServiceDeps
  readonly #limits: Limits
  readonly #metrics: SyncMetrics
  readonly #rooms = new Map<MeetingId, Room>()
  readonly #where = new Map<Session, Room>()
  readonly #rates = new Map<PersonId, UserRate>()
  readonly #door: Door
  readonly #loop: CommitLoop
  readonly #roomContext: RoomContext
  readonly #wss: WebSocketServer
  readonly #timers: readonly NodeJS.Timeout[]
  readonly #stopListening: () => void
  #draining = false

  constructor(deps: SyncServiceDeps) {
    this.#deps = deps
    this.#limits = { ...DEFAULT_LIMITS, ...deps.limits }
    this.#metrics = { ...NO_METRICS, ...deps.metrics }
    this.#door = new Door(deps.publicOrigin, this.#limits)
    const shared = { log: deps.log, limits: this.#limits, logger: deps.logger, metrics: this.#metrics, now: deps.now }
    this.#loop = new CommitLoop(shared)
    this.#roomContext = {
      ...shared,
      requestCommit: (room) => this.#loop.request(room),
      limitLoads: limitConcurrency(this.#limits.concurrentLoads),
      forget: (room) => {
        if (this.#rooms.get(room.meeting) === room) this.#rooms.delete(room.meeting)
        this.#metrics.roomsOpen(this.#rooms.size)
      },
    }
    this.#wss = new WebSocketServer(serverOptions(this.#limits))
    this.#timers = [
      setInterval(() => this.#tick(), Math.min(TICK_MS, this.#limits.heartbeatMs)),
      setInterval(() => this.#heartbeat(), this.#limits.heartbeatMs),
      setInterval(() => void this.#recheck([...this.#where.keys()]), this.#limits.accessCheckMs),
    ]
    this.#stopListening = deps.access.onAccessChanged(({ person }) => {
      void this.#recheck([...this.#where.keys()].filter((session) => session.access.person === person))
    })
  }

  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    const offer = this.#door.judge(request, this.#deps.now())
    if (isRejected(offer)) {
      rejectUpgrade(socket, offer)
      return
    }
    void decide(offer, this.#deps.access).then((decision) => {
      if (socket.destroyed) return
      this.#wss.handleUpgrade(request, socket, head, (ws) => {
        ws.on('error', () => {}) // ws closes the socket itself; without a listener it would end the process
        if (!decision.ok) return ws.close(decision.code, decision.reason)
        if (this.#draining) return ws.close(CLOSE.tryLater, 'draining')
        const { access, extended } = decision
        const session = new Session(ws, socket, access, extended, this.#limits, this.#deps.now())
        this.#open(session, this.#room(offer.meeting))
      })
    })
  }

  #open(session: Session, room: Room): void {
    const { ws } = session
    ws.on('message', (data, isBinary) => this.#receive(session, room, data, isBinary))
    ws.on('pong', () => {
      session.lastHeard = this.#deps.now()
    })
    ws.on('close', (code) => {
      session.ended = true
      this.#where.delete(session)
      room.leave(session)
      this.#rates.get(session.access.person)?.leave(session)
      this.#metrics.socketClosed(code)
    })
    this.#metrics.socketOpened()
    if (!this.#makeRoomFor(session, room)) {
      session.close(CLOSE.tryLater, 'too many sockets')
      return
    }
    this.#where.set(session, room)
    room.join(session)
  }

  /** At most so many sockets a user and meeting. One that has fallen silent gives way; otherwise the new one does. */
  #makeRoomFor(session: Session, room: Room): boolean {
    const own = [...room.sessions].filter((other) => other.access.person === session.access.person)
    if (own.length < this.#limits.socketsPerUser) return true
    const quietest = own.reduce((a, b) => (a.lastHeard <= b.lastHeard ? a : b))
    if (this.#deps.now() - quietest.lastHeard < 2 * this.#limits.heartbeatMs) return false
    quietest.terminate()
    return true
  }

  #receive(session: Session, room: Room, data: WebSocket.RawData, isBinary: boolean): void {
    if (session.ended) return
    const now = this.#deps.now()
    session.lastHeard = now
    if (!isBinary || !(data instanceof Uint8Array)) {
      session.close(CLOSE.forbidden, 'text')
      return
    }
    const decoded = decodeClientFrame(data, this.#limits)
    if (!decoded.ok) {
      if (decoded.error.kind === 'too-large' && decoded.error.counted) {
        session.refuse(++session.received, 'too-large')
        return
      }
      session.close(CLOSE.forbidden, decoded.error.kind)
      return
    }
    this.#metrics.frameReceived(decoded.frame.type, data.length)
    this.#rateOf(session).take(session, decoded.frame.type, data.length, now)
    if (!session.ended) room.receive(session, decoded.frame)
  }

  #rateOf(session: Session): UserRate {
    const { person } = session.access
    const known = this.#rates.get(person)
    if (known !== undefined) return known
    const made = new UserRate(this.#limits, this.#deps.now())
    this.#rates.set(person, made)
    return made
  }

  #room(meeting: MeetingId): Room {
    const known = this.#rooms.get(meeting)
    if (known !== undefined) return known
    const room = new Room(meeting, this.#roomContext)
    this.#rooms.set(meeting, room)
    this.#metrics.roomsOpen(this.#rooms.size)
    return room
  }

  #tick(): void {
    const now = this.#deps.now()
    for (const session of this.#where.keys()) session.checkQueue(now)
    for (const [person, rate] of this.#rates) if (rate.isIdle(now)) this.#rates.delete(person)
    this.#door.sweep(now)
  }

  #heartbeat(): void {
    const now = this.#deps.now()
    const extended = wireFrame(encodeHeartbeat())
    const stock = awarenessFrame([]) // a stock client knows no heartbeat and hangs up after 30 s of silence
    for (const session of this.#where.keys()) {
      if (!session.paused && now - session.lastHeard > this.#limits.silenceMs) session.terminate()
      else {
        session.send(session.extended ? extended : stock)
        if (session.ws.readyState === session.ws.OPEN) session.ws.ping()
      }
    }
  }

  /** Asks again what these people may do. Whoever may no longer read is closed. */
  async #recheck(sessions: readonly Session[]): Promise<void> {
    await Promise.all(
      sessions.map(async (session) => {
        const room = this.#where.get(session)
        if (room === undefined || session.ended) return
        const decision = await decideAgain(session.access.session, room.meeting, this.#deps.access)
        if (session.ended) return
        if (decision.ok) room.changeAccess(session, decision.access)
        else if (decision.code !== CLOSE.tryLater) session.close(decision.code, decision.reason)
      }),
    )
  }

  read<T>(meeting: MeetingId, read: (doc: Y.Doc, head: Head) => T): Promise<T | null> {
    return this.#room(meeting).read(read)
  }

  changePhase(meeting: MeetingId, from: Phase, to: Phase, author: RowAuthor, reason: string): Promise<PhaseChanged> {
    return this.#room(meeting).changePhase(from, to, author, reason)
  }

  publish(meeting: MeetingId, event: MeetingEvent): void {
    this.#rooms.get(meeting)?.publish(event)
  }

  agenciesIn(meeting: MeetingId): readonly AgencyId[] {
    return this.#rooms.get(meeting)?.agencies() ?? []
  }

  async drain(): Promise<void> {
    this.#draining = true
    this.#stopListening()
    const committed = this.#loop.idle()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.#limits.drainMs)
    })
    await Promise.race([committed, late])
    clearTimeout(timer)
    for (const each of this.#timers) clearInterval(each)
    const sockets = [...this.#where.keys()].map((session) => session.ws)
    const rooms = [...this.#rooms.values()]
    await Promise.allSettled(rooms.map((room) => room.saveSnapshot()))
    for (const room of rooms) room.end(CLOSE.tryLater, 'draining')
    for (const rate of this.#rates.values()) rate.stop()
    await Promise.all(sockets.map(closed))
  }
}

/** The types of ws lack these bounds. */
type BoundedOptions = ServerOptions & {
  readonly maxFragments: number
  readonly maxBufferedChunks: number
  readonly closeTimeout: number
}

function serverOptions(limits: Limits): BoundedOptions {
  return {
    noServer: true,
    clientTracking: false,
    maxPayload: limits.step2Bytes + 64, // larger for step 2 only; the rest is bounded when its kind is known
    maxFragments: 16,
    maxBufferedChunks: 1_024,
    perMessageDeflate: false,
    closeTimeout: 5_000,
    handleProtocols: (offered) => offered.values().next().value ?? false,
  }
}

/** Waits until the closing handshake is through; one that does not end is cut by ws after its timeout. */
function closed(ws: WebSocket): Promise<void> {
  if (ws.readyState === ws.CLOSED) return Promise.resolve()
  return new Promise((resolve) => ws.once('close', () => resolve()))
}
