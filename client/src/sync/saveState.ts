import { may, type Phase, type Role } from '@justera/adjustment'
import type { Receipt, Refusal } from '@justera/protocol'

/** Un-acked for this long before the page says that it is saving: shorter would flicker. */
export const SAVING_AFTER_MS = 1_000
/** Without a link for this long before the page says so; a socket that is replaced at once is no news. */
const OFFLINE_AFTER_MS = 2_000
/** An open link whose receipts stay out for this long counts as no link. */
const STALLED_AFTER_MS = 5_000
/** "All saved" returns only after this pause, so that the words do not blink with every key. */
const SETTLED_AFTER_MS = 400

/** A sync frame that waits for its receipt, with the number of local changes it carries. */
type Pending = { readonly frame: number; readonly changes: number }

/**
 * What is known about where this page's changes are. Sync frames (step 2 and update) are counted from 1
 * since the socket opened, as the server counts them. Times are milliseconds of any one clock.
 */
export type SaveState = {
  readonly link: 'closed' | 'open'
  /** the link was open at least once */
  readonly everOpen: boolean
  /** when the link was lost, or the page opened without one */
  readonly closedAt: number
  /** sync frames sent on this socket */
  readonly sent: number
  readonly pending: readonly Pending[]
  /** local changes that no frame of this socket carries yet; the next step 2 will */
  readonly waiting: number
  /** a step 2 of this socket is durable: the server holds everything that this page brought along */
  readonly confirmed: boolean
  readonly firstAnswer: number | null
  /** since when something is un-acked; null when nothing is */
  readonly unackedSince: number | null
  /** when the last receipt left nothing un-acked */
  readonly settledAt: number
  readonly phase: Phase
  readonly role: Role
  readonly storageFailing: boolean
  readonly refusal: Refusal | null
}

export type SaveEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'closed'; readonly at: number }
  /** a local change; `sent` when a frame left for it on the open socket. `own: false`: only a frame, nobody typed */
  | { readonly type: 'changed'; readonly sent: boolean; readonly own: boolean; readonly at: number }
  /** a step 2 left in answer to the server's step 1 */
  | { readonly type: 'answered'; readonly at: number }
  | { readonly type: 'receipt'; readonly receipt: Receipt; readonly at: number }
  | { readonly type: 'phase'; readonly phase: Phase }
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'storage'; readonly failing: boolean }
  /** the document was rebuilt from the server: nothing of the old one waits any more */
  | { readonly type: 'rebuilt'; readonly at: number }
  /** the person has seen a refusal and goes on */
  | { readonly type: 'acknowledged' }

export function initialSaveState(phase: Phase, role: Role, at: number): SaveState {
  return {
    link: 'closed',
    everOpen: false,
    closedAt: at,
    sent: 0,
    pending: [],
    waiting: 0,
    confirmed: false,
    firstAnswer: null,
    unackedSince: null,
    settledAt: Number.NEGATIVE_INFINITY,
    phase,
    role,
    storageFailing: false,
    refusal: null,
  }
}

/** Local changes that the server has not confirmed as stored. */
export function unackedChanges(state: SaveState): number {
  return state.waiting + state.pending.reduce((sum, { changes }) => sum + changes, 0)
}

export function reduceSave(state: SaveState, event: SaveEvent): SaveState {
  switch (event.type) {
    case 'opened':
      return { ...state, link: 'open', everOpen: true, sent: 0, pending: [], confirmed: false, firstAnswer: null }
    case 'closed':
      if (state.link === 'closed') return state
      return {
        ...state,
        link: 'closed',
        closedAt: event.at,
        sent: 0,
        pending: [],
        waiting: unackedChanges(state),
        confirmed: false,
        firstAnswer: null,
      }
    case 'changed': {
      if (!event.sent && !event.own) return state
      const unackedSince = state.unackedSince ?? event.at
      if (!event.sent) return { ...state, waiting: state.waiting + 1, unackedSince }
      const frame = state.sent + 1
      return { ...state, sent: frame, pending: [...state.pending, { frame, changes: event.own ? 1 : 0 }], unackedSince }
    }
    case 'answered': {
      const frame = state.sent + 1
      return {
        ...state,
        sent: frame,
        pending: [...state.pending, { frame, changes: state.waiting }],
        waiting: 0,
        firstAnswer: state.firstAnswer ?? frame,
        unackedSince: state.unackedSince ?? event.at,
      }
    }
    case 'receipt':
      return receive(state, event.receipt, event.at)
    case 'phase':
      return state.phase === event.phase ? state : { ...state, phase: event.phase }
    case 'role':
      return state.role === event.role ? state : { ...state, role: event.role }
    case 'storage':
      return state.storageFailing === event.failing ? state : { ...state, storageFailing: event.failing }
    case 'rebuilt':
      return {
        ...initialSaveState(state.phase, state.role, event.at),
        storageFailing: state.storageFailing,
        refusal: state.refusal,
      }
    case 'acknowledged':
      return state.refusal === null ? state : { ...state, refusal: null }
    default:
      return unreachable(event)
  }
}

function receive(state: SaveState, receipt: Receipt, at: number): SaveState {
  if (receipt.type === 'refused') return { ...state, refusal: receipt.reason }
  const pending = state.pending.filter(({ frame }) => frame > receipt.count)
  if (pending.length === state.pending.length) return state
  const confirmed = state.confirmed || (state.firstAnswer !== null && receipt.count >= state.firstAnswer)
  const clear = pending.length === 0 && state.waiting === 0
  return {
    ...state,
    pending,
    confirmed,
    // What remains was sent later than what was acked; its own age is not known, the receipt's time bounds it.
    unackedSince: clear ? null : at,
    settledAt: clear ? at : state.settledAt,
  }
}

/** What the page says about saving; exactly one holds. */
export type SaveStatus =
  /** the first connection is being made */
  | { readonly name: 'connecting' }
  /** every local change, deletions too, is confirmed as stored */
  | { readonly name: 'saved' }
  /** something was un-acked a moment ago: say nothing yet */
  | { readonly name: 'settling' }
  | { readonly name: 'saving' }
  | { readonly name: 'offline'; readonly waiting: number }
  | { readonly name: 'refused'; readonly reason: Refusal }
  | { readonly name: 'storage-failing' }
  | { readonly name: 'read-only' }
  | { readonly name: 'locked' }

/** The worst truth first. @param at the same clock as the events' */
export function saveStatus(state: SaveState, at: number): SaveStatus {
  if (state.refusal !== null) return { name: 'refused', reason: state.refusal }
  const age = state.unackedSince === null ? 0 : at - state.unackedSince
  const waiting = unackedChanges(state)
  if (state.link === 'closed' && at - state.closedAt >= OFFLINE_AFTER_MS) return { name: 'offline', waiting }
  if (state.link === 'open' && waiting > 0 && age >= STALLED_AFTER_MS && !state.storageFailing) {
    return { name: 'offline', waiting }
  }
  if (state.storageFailing) return { name: 'storage-failing' }
  if (waiting === 0 && !state.confirmed && state.settledAt === Number.NEGATIVE_INFINITY) return { name: 'connecting' }
  if (waiting === 0 && state.confirmed) {
    if (state.phase === 'adjusted') return { name: 'locked' }
    if (!may(state.role, 'write', state.phase)) return { name: 'read-only' }
    if (state.unackedSince === null) {
      return at - state.settledAt >= SETTLED_AFTER_MS ? { name: 'saved' } : { name: 'settling' }
    }
  }
  if (state.link === 'closed') return { name: 'settling' }
  return age >= SAVING_AFTER_MS ? { name: 'saving' } : { name: 'settling' }
}

/** When {@link saveStatus} may next say something else without an event; null: not by time alone. */
export function nextStatusAt(state: SaveState, at: number): number | null {
  const times = [
    state.link === 'closed' ? state.closedAt + OFFLINE_AFTER_MS : null,
    state.unackedSince === null ? state.settledAt + SETTLED_AFTER_MS : null,
    state.unackedSince === null ? null : state.unackedSince + SAVING_AFTER_MS,
    state.unackedSince === null ? null : state.unackedSince + STALLED_AFTER_MS,
  ].filter((time): time is number => time !== null && time > at)
  return times.length === 0 ? null : Math.min(...times)
}

/** True where this person may change the text right now. */
export function mayWriteNow(state: SaveState): boolean {
  return state.refusal === null && !state.storageFailing && may(state.role, 'write', state.phase)
}

function unreachable(value: never): never {
  throw new TypeError(`unknown event ${JSON.stringify(value)}`)
}
