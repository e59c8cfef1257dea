import { isPhase, isRole, type Phase, type Role } from '@justera/adjustment'
import { createMinutesDoc, type Minutes, readMinutes } from '@justera/minutes'
import type { MeetingEvent, Receipt, Refusal } from '@justera/protocol'
import { CLOSE, SUBPROTOCOL } from '@justera/protocol'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { backoffMs } from './backoff.ts'
import { type DeviceCopy, deviceCopyName, openDeviceCopy, staleDeviceCopies } from './deviceCopy.ts'
import { extendProvider } from './extensionFrames.ts'
import { followPresence, type Presence } from './presence.ts'
import {
  initialSaveState,
  mayWriteNow,
  nextStatusAt,
  reduceSave,
  type SaveEvent,
  type SaveState,
  type SaveStatus,
  saveStatus,
  unackedChanges,
} from './saveState.ts'
import { keepAside, keptAside, passagesNotIn, type SetAside } from './setAside.ts'
import { createStore, type Store } from './store.ts'

/** Why the server ended the connection for good; null while it goes on. */
type Ended = 'signed-out' | 'forbidden' | 'epoch-changed' | 'outdated-page'

/** A value that this person wrote at the same time as a colleague, whose value won. */
export type Overwritten = Extract<MeetingEvent, { type: 'overwritten' }> & { readonly key: number }

/** What the page draws from, apart from the document itself. Changes rarely: never with a key typed. */
export type MeetingSnapshot = {
  /** changes when the document was rebuilt from the server: everything bound to the old one is stale */
  readonly generation: number
  readonly doc: Y.Doc
  readonly awareness: Awareness
  /** there is something to show: the first sync is done, or this device had a copy */
  readonly ready: boolean
  readonly phase: Phase
  readonly role: Role
  readonly writable: boolean
  readonly ended: Ended | null
  readonly overwritten: readonly Overwritten[]
  readonly setAside: SetAside | null
  /** false where edits made without a link would not survive a reload */
  readonly keptOnDevice: boolean
  /** rises when people's roles changed or somebody was invited */
  readonly membersVersion: number
}

/** Changes that came through after time without a link; shown for a moment. */
type SavePicture = { readonly status: SaveStatus; readonly back: { readonly changes: number } | null }

export type MeetingConnection = {
  readonly meeting: Store<MeetingSnapshot>
  readonly save: Store<SavePicture>
  readonly presence: Store<readonly Presence[]>
  /** Tells the others where this page is; the caret travels with it. Fields left out keep their value. */
  readonly tell: (where: Readonly<Record<string, unknown>>) => void
  /** Tries to connect now instead of at the end of the pause. */
  readonly retry: () => void
  /** The person has copied or given up refused text; editing goes on where the phase allows it. */
  readonly dismissSetAside: () => void
  readonly dismissOverwritten: (key: number) => void
  readonly close: () => void
}

export type OpenOptions = {
  readonly meetingId: string
  readonly person: string
  readonly epoch: number
  readonly phase: Phase
  readonly role: Role
  /** where the sync endpoint is; `ws(s)://…/sync` of the page's own host when left out */
  readonly syncUrl?: string
}

/** How long "connected again" stays on screen. */
const BACK_MS = 6_000

/** One document with everything that hangs on it; replaced as a whole when it is rebuilt. */
type Replica = {
  readonly doc: Y.Doc
  readonly provider: WebsocketProvider
  deviceCopy: DeviceCopy | null
  endHeartbeat: () => void
  closed: boolean
}

/**
 * Opens a meeting: document, socket, device's copy. Whoever opens also closes.
 * The Y client id is fresh with each document; text kept on the device is sent under the older ids,
 * which belong to the same person.
 */
export function openMeeting(options: OpenOptions): MeetingConnection {
  const now = (): number => performance.now()
  let state: SaveState = initialSaveState(options.phase, options.role, now())
  let generation = 0
  let closed = false
  let statusTimer: ReturnType<typeof setTimeout> | undefined
  let awayChanges: number | null = null
  let backUntil = Number.NEGATIVE_INFINITY
  let backChanges = 0
  let refusedText: { minutes: Minutes; reason: Refusal } | null = null
  let where: Record<string, unknown> = {}
  let overwrittenKey = 0

  const save = createStore<SavePicture>({ status: { name: 'connecting' }, back: null })
  const presence = createStore<readonly Presence[]>([])
  let presenceSource: ReturnType<typeof followPresence> | null = null

  let replica = createReplica()
  const meeting = createStore<MeetingSnapshot>({
    generation,
    doc: replica.doc,
    awareness: replica.provider.awareness,
    ready: false,
    phase: options.phase,
    role: options.role,
    writable: false,
    ended: null,
    overwritten: [],
    setAside: keptAside(options.person, options.meetingId),
    keptOnDevice: true,
    membersVersion: 0,
  })
  follow(replica)

  function patch(change: Partial<MeetingSnapshot>): void {
    meeting.set({ ...meeting.getSnapshot(), ...change })
  }

  function dispatch(event: SaveEvent): void {
    state = reduceSave(state, event)
    updateMeeting()
    updateStatus()
  }

  function updateMeeting(): void {
    const { ready, ended, phase, role, writable } = meeting.getSnapshot()
    const nowWritable = ready && ended !== 'forbidden' && ended !== 'epoch-changed' && mayWriteNow(state)
    if (phase !== state.phase || role !== state.role || writable !== nowWritable) {
      patch({ phase: state.phase, role: state.role, writable: nowWritable })
    }
  }

  function updateStatus(): void {
    clearTimeout(statusTimer)
    if (closed) return
    const at = now()
    const status = saveStatus(state, at)
    if (status.name === 'offline') awayChanges = Math.max(awayChanges ?? 0, status.waiting)
    if (status.name === 'saved' && awayChanges !== null) {
      backChanges = awayChanges
      backUntil = at + BACK_MS
      awayChanges = null
    }
    const back = at < backUntil && status.name !== 'offline' ? { changes: backChanges } : null
    const before = save.getSnapshot()
    if (!sameStatus(before.status, status) || before.back?.changes !== back?.changes) save.set({ status, back })
    const next = Math.min(
      nextStatusAt(state, at) ?? Number.POSITIVE_INFINITY,
      back === null ? Number.POSITIVE_INFINITY : backUntil,
    )
    if (Number.isFinite(next)) statusTimer = setTimeout(updateStatus, Math.max(next - at, 0) + 5)
  }

  function createReplica(): Replica {
    const doc = createMinutesDoc()
    const provider = new WebsocketProvider(options.syncUrl ?? defaultSyncUrl(), options.meetingId, doc, {
      connect: false,
      disableBc: true,
      protocols: [SUBPROTOCOL],
    })
    return { doc, provider, deviceCopy: null, endHeartbeat: () => undefined, closed: false }
  }

  function follow(current: Replica): void {
    const { provider, doc } = current
    provider.on('status', ({ status }) => {
      if (status === 'connected') dispatch({ type: 'opened' })
    })
    provider.on('connection-close', () => {
      provider.maxBackoffTime = backoffMs(provider.wsUnsuccessfulReconnects, Math.random())
      dispatch({ type: 'closed', at: now() })
    })
    provider.on('closed', ({ code }) => ended(code))
    provider.on('sync', (synced) => {
      if (synced) firstSync(current)
    })
    current.endHeartbeat = extendProvider(provider, {
      changed: (origin, sent) => dispatch({ type: 'changed', sent, own: !isDeviceCopy(origin), at: now() }),
      answered: () => dispatch({ type: 'answered', at: now() }),
      receipt,
      event,
    })
    provider.awareness.setLocalState(where)
    presenceSource?.close()
    presenceSource = followPresence(provider.awareness)
    const source = presenceSource
    source.subscribe(() => presence.set(source.getSnapshot()))
    presence.set(source.getSnapshot())
    void openCopyThenConnect(current, doc)
  }

  async function openCopyThenConnect(current: Replica, doc: Y.Doc): Promise<void> {
    const name = deviceCopyName(options.person, options.meetingId, options.epoch)
    const copy = await openDeviceCopy(name, doc, () => patch({ keptOnDevice: false }))
    if (current.closed) {
      await copy?.close()
      return
    }
    current.deviceCopy = copy
    if (copy === null) patch({ keptOnDevice: false })
    // A copy of this device can be shown and written in before, or without, any link.
    if (doc.store.clients.size > 0) becomeReady()
    current.provider.connect()
  }

  function becomeReady(): void {
    if (meeting.getSnapshot().ready) return
    patch({ ready: true })
    updateMeeting()
  }

  function firstSync(current: Replica): void {
    becomeReady()
    if (refusedText !== null) {
      const passages = passagesNotIn(readMinutes(current.doc), refusedText.minutes)
      setAside({ reason: refusedText.reason, passages })
      refusedText = null
    }
    void salvageStaleCopies(current)
  }

  function setAside(aside: SetAside): void {
    const before = meeting.getSnapshot().setAside
    const all = { reason: aside.reason, passages: [...(before?.passages ?? []), ...aside.passages] }
    keepAside(options.person, options.meetingId, all)
    patch({ setAside: all })
  }

  /** After a restore the old copies of this device may hold words that the server lost. */
  async function salvageStaleCopies(current: Replica): Promise<void> {
    for (const name of await staleDeviceCopies(options.person, options.meetingId, options.epoch)) {
      const doc = createMinutesDoc()
      const copy = await openDeviceCopy(name, doc, () => undefined)
      if (copy === null || current.closed) continue
      const passages = passagesNotIn(readMinutes(current.doc), readMinutes(doc))
      if (passages.length > 0) setAside({ reason: 'epoch', passages })
      await copy.drop()
      doc.destroy()
    }
  }

  function receipt(one: Receipt): void {
    dispatch({ type: 'receipt', receipt: one, at: now() })
    if (one.type === 'refused') rebuild(one.reason)
  }

  /** Sets the text aside, drops the device's copy and starts over from the server. */
  function rebuild(reason: Refusal): void {
    refusedText = { minutes: readMinutes(replica.doc), reason }
    // Until the server's document is here, all of the text counts as set aside.
    keepAside(options.person, options.meetingId, {
      reason,
      passages: passagesNotIn(
        { header: readMinutes(createMinutesDoc()).header, attendance: [], items: [] },
        refusedText.minutes,
      ),
    })
    const old = replica
    // In its own task: the socket's handler that brought the refusal still uses the old provider.
    setTimeout(() => {
      if (closed || replica !== old) return
      dispatch({ type: 'rebuilt', at: now() })
      const dropped = closeReplica(old, 'drop')
      replica = createReplica()
      generation++
      patch({ generation, doc: replica.doc, awareness: replica.provider.awareness, ready: false, writable: false })
      const fresh = replica
      void dropped.finally(() => {
        if (!closed && replica === fresh) follow(fresh)
      })
    }, 0)
  }

  function event(one: MeetingEvent): void {
    switch (one.type) {
      case 'phase':
        if (isPhase(one.phase)) dispatch({ type: 'phase', phase: one.phase })
        break
      case 'role':
        if (isRole(one.role)) dispatch({ type: 'role', role: one.role })
        break
      case 'storage':
        dispatch({ type: 'storage', failing: one.failing })
        break
      case 'members':
        patch({ membersVersion: meeting.getSnapshot().membersVersion + 1 })
        break
      case 'overwritten':
        patch({ overwritten: [...meeting.getSnapshot().overwritten, { ...one, key: ++overwrittenKey }].slice(-20) })
        break
    }
  }

  function ended(code: number): void {
    switch (code) {
      case CLOSE.locked:
        dispatch({ type: 'phase', phase: 'adjusted' })
        replica.provider.connect()
        break
      case CLOSE.notSignedIn:
        patch({ ended: 'signed-out' })
        break
      case CLOSE.epochChanged:
        patch({ ended: 'epoch-changed', writable: false })
        break
      case CLOSE.schemaMismatch:
        patch({ ended: 'outdated-page' })
        break
      default:
        // A refusal is followed by this code; the rebuilt document then opens a socket of its own.
        if (refusedText === null) patch({ ended: 'forbidden', writable: false })
    }
  }

  function isDeviceCopy(origin: unknown): boolean {
    return typeof origin === 'object' && origin !== null && 'whenSynced' in origin
  }

  function closeReplica(old: Replica, then: 'keep' | 'drop'): Promise<void> {
    old.closed = true
    old.endHeartbeat()
    old.provider.awareness.setLocalState(null)
    old.provider.destroy()
    const copy = old.deviceCopy
    const done = copy === null ? Promise.resolve() : then === 'drop' ? copy.drop() : copy.close()
    return done.catch(() => undefined).finally(() => old.doc.destroy())
  }

  const warn = (leaving: BeforeUnloadEvent): void => {
    if (unackedChanges(state) > 0) leaving.preventDefault()
  }
  const online = (): void => retry()
  const offline = (): void => {
    // The browser's word is only a hint: hang up, and let the attempts find out.
    if (replica.provider.wsconnected) replica.provider.ws?.close()
  }
  window.addEventListener('beforeunload', warn)
  window.addEventListener('online', online)
  window.addEventListener('offline', offline)

  function retry(): void {
    if (closed) return
    replica.provider.wsUnsuccessfulReconnects = 0
    replica.provider.connect()
  }

  updateStatus()
  return {
    meeting,
    save,
    presence,
    tell(change) {
      where = { ...where, ...change }
      if (closed) return
      const { awareness } = replica.provider
      awareness.setLocalState({ ...awareness.getLocalState(), ...change })
    },
    retry,
    dismissSetAside() {
      keepAside(options.person, options.meetingId, null)
      patch({ setAside: null })
      dispatch({ type: 'acknowledged' })
    },
    dismissOverwritten(key) {
      patch({ overwritten: meeting.getSnapshot().overwritten.filter((one) => one.key !== key) })
    },
    close() {
      closed = true
      clearTimeout(statusTimer)
      window.removeEventListener('beforeunload', warn)
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
      presenceSource?.close()
      void closeReplica(replica, 'keep')
    },
  }
}

function defaultSyncUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync`
}

function sameStatus(a: SaveStatus, b: SaveStatus): boolean {
  if (a.name === 'offline' && b.name === 'offline') return a.waiting === b.waiting
  if (a.name === 'refused' && b.name === 'refused') return a.reason === b.reason
  return a.name === b.name
}
