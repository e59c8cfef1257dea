import { may, type Phase } from '@justera/adjustment'
import { CLOSE, type MeetingEvent } from '@justera/protocol'
import type { Logger } from 'pino'
import type * as Y from 'yjs'
import type {
  AgencyId,
  Append,
  Appended,
  Head,
  MeetingId,
  MeetingState,
  NewRow,
  PersonId,
  RowAuthor,
  UnixMs,
  UpdateLog,
} from '../store/updateLog.ts'
import { authorOf, type Batch, mergeSmall, phaseRow, type WaitingFrame, type WaitingPhase } from './batch.ts'
import { broadcast } from './broadcast.ts'
import { Claims } from './claims.ts'
import type { ClientFrame } from './clientFrame.ts'
import type { Limits } from './limits.ts'
import type { Overwritten } from './overwritten.ts'
import { RoomAwareness } from './roomAwareness.ts'
import { newsSince, RoomDocument } from './roomDocument.ts'
import type { Session } from './session.ts'
import type { SyncMetrics } from './syncMetrics.ts'
import type { PhaseChanged } from './syncService.ts'
import { takeFrame } from './takeFrame.ts'

/** What a room needs of the service around it. */
export type RoomContext = {
  readonly log: UpdateLog
  readonly limits: Limits
  readonly logger: Logger
  readonly metrics: SyncMetrics
  readonly now: () => UnixMs
  /** Puts the room in line for the commit loop. */
  readonly requestCommit: (room: Room) => void
  /** Runs one load at a time of a few; the rest wait. */
  readonly limitLoads: <T>(load: () => Promise<T>) => Promise<T>
  /** The room is of no more use: the next one who comes loads it anew. */
  readonly forget: (room: Room) => void
}

type State =
  | { readonly name: 'loading' }
  | { readonly name: 'live'; readonly document: RoomDocument }
  | { readonly name: 'gone' }

/** Frames and bytes that one commit of a room takes at most, so that no meeting keeps the others waiting. */
const BATCH_FRAMES = 1_000
const BATCH_BYTES = 4 << 20
const UNKNOWN_MEETING = 'unknown-meeting'

/**
 * One meeting while somebody is in it: takes frames in order, lets the gate judge them, and changes the
 * document only between commits. So whenever no commit runs, the document is exactly what is on disk.
 */
export class Room {
  readonly meeting: MeetingId
  readonly sessions = new Set<Session>()
  readonly #context: RoomContext
  #state: State = { name: 'loading' }
  #head: Head = { seq: 0, hash: '' }
  #epoch = 0
  #phase: Phase = 'planned'
  #snapshotSeq = 0
  readonly #claims = new Claims()
  #names = new Map<PersonId, string>()
  #waiting: (WaitingFrame | WaitingPhase)[] = []
  #inFlight: Batch | null = null
  #readers: { readonly run: (document: RoomDocument) => void; readonly fail: (error: Error) => void }[] = []
  #failing: { readonly delayMs: number; readonly timer: NodeJS.Timeout; readonly probing: boolean } | null = null
  readonly #awareness: RoomAwareness
  #idleTimer: NodeJS.Timeout | null = null

  constructor(meeting: MeetingId, context: RoomContext) {
    this.meeting = meeting
    this.#context = context
    this.#awareness = new RoomAwareness(this.sessions, this.#claims, context.limits)
    void this.#load()
  }

  get phase(): Phase {
    return this.#phase
  }

  get isIdle(): boolean {
    return (
      this.sessions.size === 0 && this.#waiting.length === 0 && this.#inFlight === null && this.#readers.length === 0
    )
  }

  agencies(): readonly AgencyId[] {
    return [...new Set([...this.sessions].map((session) => session.access.agency.id))]
  }

  // — who is here —

  join(session: Session): void {
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer)
    this.#idleTimer = null
    if (this.#state.name === 'gone') {
      session.close(CLOSE.tryLater, 'room')
      return
    }
    this.sessions.add(session)
    this.#names.set(session.access.person, session.access.name)
    this.#awareness.tell(session, false)
  }

  leave(session: Session): void {
    if (!this.sessions.delete(session)) return
    this.#awareness.leave(session)
    this.#parkWhenIdle()
  }

  /** What the person may do has changed; frames from now on are judged by it. */
  changeAccess(session: Session, access: Session['access']): void {
    const before = session.access.role
    session.access = access
    if (before === access.role) return
    session.sendEvent({ type: 'role', role: access.role })
    if (this.#state.name === 'live' && !may(before, 'write', this.#phase)) this.#invite(session, this.#state.document)
  }

  publish(event: MeetingEvent): void {
    for (const session of this.sessions) session.sendEvent(event)
  }

  // — frames —

  receive(session: Session, frame: ClientFrame): void {
    switch (frame.type) {
      case 'step1':
        this.#whenCommitted((document) => this.#answer(session, document, frame))
        return
      case 'step2':
      case 'update': {
        const count = ++session.received
        if (this.#failing !== null && !this.#failing.probing) {
          session.owe(count)
          return
        }
        this.#waiting.push({ kind: 'frame', session, count, type: frame.type, update: frame.update })
        session.waitingBytes += frame.update.length
        if (session.waitingBytes > this.#context.limits.waitingBytes) session.pause('waiting')
        this.#context.requestCommit(this)
        return
      }
      case 'awareness':
        this.#whenKnown((document) => {
          if (this.#awareness.receive(session, document, frame.update)) this.#context.requestCommit(this)
        })
        return
      case 'query-awareness':
        this.#awareness.tell(session, true)
        return
      case 'heartbeat':
      case 'ignored':
        return
      default:
        unreachable(frame)
        return
    }
  }

  /** Answers a step 1 from committed state, and on the first one asks back where the answer can be used. */
  #answer(session: Session, document: RoomDocument, frame: Extract<ClientFrame, { type: 'step1' }>): void {
    if (session.ended) return
    session.sendState(frame.knowsNothing ? document.wholeState() : document.difference(frame.stateVector))
    if (session.synced) return
    session.synced = true
    session.sendEvent({ type: 'role', role: session.access.role })
    session.sendEvent({ type: 'phase', phase: this.#phase, at: this.#context.now(), by: '' })
    if (this.#failing !== null) session.sendEvent({ type: 'storage', failing: true })
    else this.#invite(session, document)
  }

  /**
   * Asks for what the server lacks. Whoever may not write is not asked, except pages that may hold edits
   * from before: they learn by a refusal that those cannot be taken.
   */
  #invite(session: Session, document: RoomDocument): void {
    const writes = may(session.access.role, 'write', this.#phase)
    if (session.synced && (writes || (session.extended && session.access.role !== 'observer'))) {
      session.invited = true
      session.askForState(document.stateVector())
    }
  }

  // — reads and commands —

  /** Runs `read` on committed state. Rejects when the log cannot be read. */
  read<T>(read: (doc: Y.Doc, head: Head) => T): Promise<T | null> {
    if (this.#state.name === 'gone') return Promise.resolve(null)
    return new Promise((resolve, reject) => {
      const run = (document: RoomDocument): void => {
        try {
          resolve(read(document.doc, this.#head))
        } catch (error) {
          reject(error instanceof Error ? error : new Error('read failed'))
        }
        this.#parkWhenIdle()
      }
      this.#whenCommitted(run, (error) => (error instanceof UnknownMeeting ? resolve(null) : reject(error)))
    })
  }

  changePhase(from: Phase, to: Phase, author: RowAuthor, reason: string): Promise<PhaseChanged> {
    if (this.#state.name === 'gone') return Promise.resolve({ ok: false, reason: 'unknown-meeting' })
    return new Promise((done) => {
      this.#waiting.push({ kind: 'phase', from, to, author, reason, done })
      this.#context.requestCommit(this)
    })
  }

  #whenCommitted(run: (document: RoomDocument) => void, fail: (error: Error) => void = () => {}): void {
    if (this.#state.name === 'live' && this.#inFlight === null) run(this.#state.document)
    else this.#readers.push({ run, fail })
  }

  /** For what must not wait for a commit, only for the load. */
  #whenKnown(run: (document: RoomDocument) => void): void {
    if (this.#state.name === 'live') run(this.#state.document)
    else this.#readers.push({ run, fail: () => {} })
  }

  #runReaders(document: RoomDocument): void {
    const readers = this.#readers
    this.#readers = []
    for (const { run } of readers) run(document)
  }

  // — commits —

  /** Judges and applies what waits. @returns `null` when there is nothing to store */
  takeBatch(now: UnixMs): Batch | null {
    if (this.#state.name !== 'live' || this.#inFlight !== null) return null
    const resting = this.#failing !== null && !this.#failing.probing
    if (resting && !this.#waiting.some((next) => next.kind === 'phase')) return null
    const { document } = this.#state
    const { limits, logger, metrics } = this.#context
    const { frames, phase } = this.#takeWaiting()
    const rows: NewRow[] = []
    const updates: { session: Session; update: Uint8Array }[] = []
    const settles = new Map<Session, number>()
    const overwritten: Overwritten[] = []
    for (const [session, own] of Map.groupBy(frames, (frame) => frame.session)) {
      const changed: Uint8Array[] = []
      for (const frame of own) {
        if (session.expelled) continue
        const taken = takeFrame(frame, document, {
          meeting: this.meeting,
          phase: this.#phase,
          claims: this.#claims,
          overwritten,
          limits,
          logger,
          metrics,
        })
        if (taken === 'broken') {
          if (phase !== null) this.#waiting.unshift(phase)
          return this.#reload(frames.map((each) => each.session))
        }
        if (taken === 'owed') continue
        settles.set(session, frame.count)
        if (taken !== null) changed.push(taken)
      }
      if (changed.length === 0) continue
      const update = mergeSmall(changed)
      rows.push({ ...authorOf(session), kind: 'update', at: now, payload: update })
      updates.push({ session, update })
    }
    if (phase !== null) rows.push(phaseRow(phase, now))
    if (this.#waiting.length > 0) this.#context.requestCommit(this)
    const claims = this.#claims.unsaved()
    if (rows.length === 0 && claims.length === 0) {
      this.#settle(settles)
      return null
    }
    const append: Append = {
      meeting: this.meeting,
      head: this.#head,
      epoch: this.#epoch,
      phase: this.#phase,
      rows,
      ...(phase === null ? {} : { nextPhase: phase.to }),
      ...(claims.length === 0 ? {} : { claims }),
    }
    this.#inFlight = { room: this, append, updates, settles, phase, overwritten }
    return this.#inFlight
  }

  /** Frames up to the next phase change; those after it are judged by the new phase. */
  #takeWaiting(): { frames: WaitingFrame[]; phase: WaitingPhase | null } {
    const frames: WaitingFrame[] = []
    let sizeBytes = 0
    let taken = 0
    let phase: WaitingPhase | null = null
    for (const next of this.#waiting) {
      if (frames.length >= BATCH_FRAMES || sizeBytes > BATCH_BYTES) break
      taken++
      if (next.kind === 'phase') {
        if (next.from === this.#phase) {
          phase = next
          break
        }
        next.done({ ok: false, reason: 'not-from-here' })
        continue
      }
      frames.push(next)
      sizeBytes += next.update.length
      next.session.waitingBytes -= next.update.length
      next.session.resume('waiting')
    }
    this.#waiting = this.#waiting.slice(taken)
    return { frames, phase }
  }

  /** The commit of the batch is on disk, or its condition failed. */
  committed(batch: Batch, result: Appended): void {
    this.#inFlight = null
    if (this.#state.name !== 'live') return
    const { document } = this.#state
    if (!result.ok) {
      this.#conditionFailed(batch, result.reason)
      return
    }
    const before = this.#phase
    this.#head = result.head
    this.#epoch = result.epoch
    this.#phase = result.phase
    for (const { clientId } of batch.append.claims ?? []) this.#claims.saved(clientId)
    broadcast(this.sessions, batch.updates, batch.settles, this.#context.limits.mergeFrom)
    for (const { author, by, ...what } of batch.overwritten) {
      const event: MeetingEvent = {
        type: 'overwritten',
        ...what,
        by: by === undefined ? '' : (this.#names.get(by) ?? ''),
      }
      for (const session of this.sessions) if (session.access.person === author) session.sendEvent(event)
    }
    if (batch.phase !== null) this.#phaseChanged(batch.phase, before, document)
    if (this.#failing !== null) this.#recovered()
    this.#runReaders(document)
    if (this.#head.seq - this.#snapshotSeq >= this.#context.limits.snapshotRows) void this.#saveSnapshot(document)
    this.#parkWhenIdle()
    if (this.#waiting.length > 0) this.#context.requestCommit(this)
  }

  /** Tells writers of frames that needed no storing. */
  #settle(settles: ReadonlyMap<Session, number>): void {
    for (const [session, count] of settles) {
      const receipt = session.settle(count)
      if (receipt !== null) session.send(receipt)
    }
  }

  #phaseChanged({ author, to, done }: WaitingPhase, before: Phase, document: RoomDocument): void {
    const by = this.#names.get(author.actor ?? (author.author as PersonId)) ?? ''
    this.publish({ type: 'phase', phase: to, at: this.#context.now(), by })
    for (const session of this.sessions) {
      const wrote = may(session.access.role, 'write', before)
      if (to === 'adjusted' && wrote) session.close(CLOSE.locked, 'locked')
      else if (!wrote) this.#invite(session, document)
    }
    done({ ok: true, head: this.#head })
  }

  #conditionFailed(batch: Batch, reason: Extract<Appended, { ok: false }>['reason']): void {
    this.#context.metrics.commitFailed(reason)
    this.#context.logger.warn({ meeting: this.meeting, reason }, 'commit condition failed')
    batch.phase?.done({ ok: false, reason: reason === 'phase' ? 'not-from-here' : 'storage' })
    if (reason === 'epoch') {
      this.#end(CLOSE.epochChanged, reason)
      return
    }
    if (reason === 'unknown-meeting') {
      this.#end(CLOSE.forbidden, reason)
      return
    }
    for (const session of batch.settles.keys()) session.close(CLOSE.tryLater, reason)
    this.#reload([])
  }

  /** The store failed: nothing of the batch is on disk, and nobody may write until it works again. */
  storeFailed(batch: Batch): void {
    this.#inFlight = null
    batch.phase?.done({ ok: false, reason: 'storage' })
    for (const session of batch.settles.keys()) session.oweAll()
    this.#holdWriters()
    this.#reload([])
  }

  #holdWriters(): void {
    for (const waiting of this.#waiting) {
      if (waiting.kind === 'phase') waiting.done({ ok: false, reason: 'storage' })
      else {
        waiting.session.owe(waiting.count)
        waiting.session.waitingBytes -= waiting.update.length
        waiting.session.resume('waiting')
      }
    }
    this.#waiting = []
    const { retryMs } = this.#context.limits
    const delayMs = this.#failing === null ? retryMs : Math.min(this.#failing.delayMs * 2, retryMs * 10)
    if (this.#failing === null) this.publish({ type: 'storage', failing: true })
    else clearTimeout(this.#failing.timer)
    this.#failing = { delayMs, timer: setTimeout(() => this.#probe(), delayMs), probing: false }
  }

  /** Asks those who owe for their state; the commit of what they send decides. */
  #probe(): void {
    if (this.#failing === null) return
    if (this.#state.name === 'gone') return
    if (this.#state.name === 'loading') {
      this.#holdWriters() // reading fails too: wait on
      return
    }
    const owing = [...this.sessions].filter((session) => session.owes && session.mayWrite(this.#phase) === true)
    if (this.#failing.probing || owing.length === 0) {
      this.#recovered()
      return
    }
    const { delayMs } = this.#failing
    this.#failing = { delayMs, timer: setTimeout(() => this.#probe(), delayMs), probing: true }
    const vector = this.#state.document.stateVector()
    for (const session of owing) session.askForState(vector)
  }

  #recovered(): void {
    if (this.#failing === null || this.#state.name !== 'live') return
    clearTimeout(this.#failing.timer)
    this.#failing = null
    this.publish({ type: 'storage', failing: false })
    const { document } = this.#state
    for (const session of this.sessions) {
      if (session.owes && session.synced) session.askForState(document.stateVector())
      else if (!session.invited) this.#invite(session, document) // came while storing failed
    }
  }

  // — loading and leaving —

  /** @returns what the log says, when the room lives on */
  async #load(): Promise<MeetingState | null> {
    const started = performance.now()
    let state: MeetingState | null
    try {
      state = await this.#context.limitLoads(() => this.#context.log.open(this.meeting))
    } catch (error) {
      this.#context.logger.error({ meeting: this.meeting, err: error }, 'meeting could not be read')
      this.#context.metrics.commitFailed('read')
      const readers = this.#readers
      this.#readers = []
      for (const { fail } of readers) fail(new Error('the log cannot be read'))
      this.#end(CLOSE.tryLater, 'storage')
      return null
    }
    if (this.#state.name === 'gone') return null
    if (state === null) {
      for (const { fail } of this.#readers.splice(0)) fail(new UnknownMeeting())
      this.#end(CLOSE.forbidden, UNKNOWN_MEETING)
      return null
    }
    this.#head = state.head
    this.#epoch = state.epoch
    this.#phase = state.phase
    this.#snapshotSeq = state.snapshot?.seq ?? 0
    this.#claims.reload(state.clientIds)
    const document = new RoomDocument(state)
    this.#state = { name: 'live', document }
    this.#context.metrics.roomLoaded(performance.now() - started)
    this.#runReaders(document)
    if (this.#waiting.length > 0 || this.#claims.unsaved().length > 0) this.#context.requestCommit(this)
    this.#parkWhenIdle()
    return state
  }

  /** Back to what the log says. Who had something in the lost batch is asked for it again. */
  #reload(owing: readonly Session[]): null {
    const since = this.#head.seq
    const phase = this.#phase
    this.#state = { name: 'loading' }
    for (const session of new Set(owing)) session.oweAll()
    void this.#load().then((state) => this.#catchUp(state, since, phase))
    return null
  }

  /** After a reload: what others have put into the log meanwhile goes to those who are here. */
  #catchUp(loaded: MeetingState | null, since: number, phase: Phase): void {
    if (this.#state.name !== 'live' || loaded === null) return
    if (this.#phase !== phase) this.publish({ type: 'phase', phase: this.#phase, at: this.#context.now(), by: '' })
    const { document } = this.#state
    if (loaded.head.seq > since) {
      const news = newsSince(loaded, since) ?? document.wholeState()
      if (news.length > 0) for (const session of this.sessions) if (session.synced) session.sendState(news)
    }
    if (this.#failing !== null) return
    for (const session of this.sessions) if (session.owes && session.synced) session.askForState(document.stateVector())
  }

  #parkWhenIdle(): void {
    if (!this.isIdle || this.#idleTimer !== null || this.#state.name !== 'live') return
    this.#idleTimer = setTimeout(() => {
      this.#idleTimer = null
      void this.#park()
    }, this.#context.limits.idleMs)
  }

  /** Stores a snapshot; then, if still nobody is here, the room goes. */
  async #park(): Promise<void> {
    if (this.#state.name !== 'live' || !this.isIdle) return
    await this.#saveSnapshot(this.#state.document)
    if (this.isIdle) this.#end(CLOSE.tryLater, 'idle')
  }

  /** Stores what is committed; must be called while no commit runs. */
  async saveSnapshot(): Promise<void> {
    if (this.#state.name === 'live' && this.#inFlight === null) await this.#saveSnapshot(this.#state.document)
  }

  async #saveSnapshot(document: RoomDocument): Promise<void> {
    const { seq } = this.#head
    if (seq === this.#snapshotSeq || !document.isBuilt) return
    this.#snapshotSeq = seq
    const { update, stateVector } = document.snapshot()
    try {
      await this.#context.log.saveSnapshot(this.meeting, seq, update, stateVector)
    } catch (error) {
      this.#context.logger.error({ meeting: this.meeting, err: error }, 'snapshot could not be stored')
    }
  }

  /** Closes everybody with this code and stops every timer. */
  end(code: typeof CLOSE.tryLater, reason: string): void {
    this.#end(code, reason)
  }

  #end(code: Parameters<Session['close']>[0], reason: string): void {
    this.#state = { name: 'gone' }
    for (const session of [...this.sessions]) session.close(code, reason)
    const why = reason === UNKNOWN_MEETING ? UNKNOWN_MEETING : 'storage'
    for (const waiting of this.#waiting) if (waiting.kind === 'phase') waiting.done({ ok: false, reason: why })
    this.#waiting = []
    for (const { fail } of this.#readers.splice(0)) fail(new Error(reason))
    this.#awareness.stop()
    if (this.#idleTimer !== null) clearTimeout(this.#idleTimer)
    if (this.#failing !== null) clearTimeout(this.#failing.timer)
    this.#context.forget(this)
  }
}

class UnknownMeeting extends Error {}

function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
