import type { Awareness } from 'y-protocols/awareness'

/** Who somebody is, as every state in awareness carries it under `user` (the server puts it there). */
export type Participant = {
  readonly name: string
  readonly agency: string
  readonly shortName: string
  readonly seat: number
}

/** One connected page: who, in which item, at the relative positions of caret and anchor in its body. */
export type ParticipantState = {
  readonly clientId: number
  readonly user: Participant
  readonly itemId: string | null
}

/** Everybody but oneself, ordered by client id. */
export function readParticipants(awareness: Awareness): readonly ParticipantState[] {
  throw new Error(`not yet: ${awareness.clientID}`)
}
