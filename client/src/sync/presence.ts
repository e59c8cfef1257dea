import type { ItemId } from '@justera/minutes'
import type { Awareness } from 'y-protocols/awareness'
import { createStore, type Store } from './store.ts'

/** Who a state belongs to. The server writes this from the session; what a page claims is dropped. */
type PresentUser = {
  readonly person: string
  readonly name: string
  readonly agency: { readonly id: string; readonly name: string; readonly shortName: string; readonly seat: number }
}

/** One open page of somebody. `item` is null while they are nowhere in the agenda. */
export type Presence = {
  readonly clientId: number
  readonly user: PresentUser
  readonly item: ItemId | null
  readonly typing: boolean
}

/** Reads one awareness state; null where the server has not (yet) named its owner. */
export function readPresence(clientId: number, state: unknown): Presence | null {
  if (!isRecord(state) || !isRecord(state.user)) return null
  const { user } = state
  if (!isRecord(user.agency) || typeof user.person !== 'string' || typeof user.name !== 'string') return null
  const { id, name, shortName, seat } = user.agency
  if (typeof id !== 'string' || typeof name !== 'string' || typeof shortName !== 'string') return null
  return {
    clientId,
    user: {
      person: user.person,
      name: user.name,
      agency: { id, name, shortName, seat: typeof seat === 'number' ? seat : 1 },
    },
    item: typeof state.item === 'string' ? (state.item as ItemId) : null,
    typing: state.typing === true,
  }
}

/**
 * The other pages in the meeting, sorted by seat, then name. Changes only when someone comes, goes,
 * moves to another item or starts or stops typing; never with each step of a caret.
 */
export function followPresence(awareness: Awareness): Store<readonly Presence[]> & { readonly close: () => void } {
  const store = createStore<readonly Presence[]>([])
  const read = (): void => {
    const others: Presence[] = []
    for (const [clientId, state] of awareness.getStates()) {
      if (clientId === awareness.clientID) continue
      const presence = readPresence(clientId, state)
      if (presence !== null) others.push(presence)
    }
    others.sort(
      (a, b) =>
        a.user.agency.seat - b.user.agency.seat ||
        a.user.name.localeCompare(b.user.name, 'sv') ||
        a.clientId - b.clientId,
    )
    const before = store.getSnapshot()
    if (before.length === others.length && before.every((one, n) => samePresence(one, others[n]))) return
    store.set(others)
  }
  awareness.on('change', read)
  read()
  return { subscribe: store.subscribe, getSnapshot: store.getSnapshot, close: () => awareness.off('change', read) }
}

/** One entry an agency, in seat order, with everybody of it who is here. */
export type AgencyHere = {
  readonly agency: PresentUser['agency']
  readonly names: readonly string[]
}

export function agenciesHere(present: readonly Presence[]): readonly AgencyHere[] {
  const byAgency = new Map<string, { agency: PresentUser['agency']; names: string[] }>()
  for (const { user } of present) {
    const entry = byAgency.get(user.agency.id) ?? { agency: user.agency, names: [] }
    if (!entry.names.includes(user.name)) entry.names.push(user.name)
    byAgency.set(user.agency.id, entry)
  }
  return [...byAgency.values()]
}

function samePresence(a: Presence, b: Presence | undefined): boolean {
  return (
    b !== undefined &&
    a.clientId === b.clientId &&
    a.item === b.item &&
    a.typing === b.typing &&
    a.user.person === b.user.person &&
    a.user.name === b.user.name &&
    a.user.agency.id === b.user.agency.id &&
    a.user.agency.shortName === b.user.agency.shortName &&
    a.user.agency.seat === b.user.agency.seat
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
