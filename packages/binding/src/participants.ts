import type { Awareness } from 'y-protocols/awareness'
import * as Y from 'yjs'

/** Who somebody is; the server writes this into every state from the session. */
export type Participant = {
  readonly name: string
  readonly agency: string
  readonly shortName: string
  readonly seat: number
}

/** Where one connected page has its caret; positions are relative to the item's body. */
export type ParticipantState = {
  readonly clientId: number
  readonly user: Participant
  readonly itemId: string | null
  readonly anchor: Y.RelativePosition | null
  readonly head: Y.RelativePosition | null
  readonly isTyping: boolean
}

/** Everybody but oneself whom the server has named, ordered by seat and client id. */
export function readParticipants(awareness: Awareness): readonly ParticipantState[] {
  const participants: ParticipantState[] = []
  for (const [clientId, state] of awareness.getStates()) {
    const user = clientId === awareness.clientID ? null : readUser(state.user)
    if (user === null) continue
    participants.push({
      clientId,
      user,
      itemId: typeof state.item === 'string' ? state.item : null,
      anchor: readPosition(state.anchor),
      head: readPosition(state.head),
      isTyping: state.typing === true,
    })
  }
  return participants.sort((a, b) => a.user.seat - b.user.seat || a.clientId - b.clientId)
}

function readUser(user: unknown): Participant | null {
  if (!isRecord(user) || !isRecord(user.agency) || typeof user.name !== 'string') return null
  const { name, shortName, seat } = user.agency
  if (typeof name !== 'string' || typeof shortName !== 'string') return null
  return { name: user.name, agency: name, shortName, seat: typeof seat === 'number' ? seat : 1 }
}

/** Reads field by field: a forged id must not reach Yjs, which trusts what it is given. */
function readPosition(json: unknown): Y.RelativePosition | null {
  if (!isRecord(json)) return null
  const type = readId(json.type)
  const item = readId(json.item)
  if (type === null && item === null) return null
  return new Y.RelativePosition(type, null, item, json.assoc === 0 ? 0 : -1)
}

function readId(json: unknown): Y.ID | null {
  if (!isRecord(json)) return null
  const { client, clock } = json
  const isClock = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
  return isClock(client) && isClock(clock) ? Y.createID(client, clock) : null
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
