import { AwarenessBoard, readAwareness } from './awareness.ts'
import type { Claims } from './claims.ts'
import type { Limits } from './limits.ts'
import type { RoomDocument } from './roomDocument.ts'
import { awarenessFrame } from './serverFrames.ts'
import type { Session } from './session.ts'

/** Who is where in one room: takes over what each socket says of itself, and tells all of them once per window. */
export class RoomAwareness {
  readonly #sessions: ReadonlySet<Session>
  readonly #claims: Claims
  readonly #limits: Pick<Limits, 'awarenessBytes' | 'awarenessWindowMs' | 'claimsPerSocket'>
  readonly #board = new AwarenessBoard()
  #timer: NodeJS.Timeout | null = null

  constructor(sessions: ReadonlySet<Session>, claims: Claims, limits: Limits) {
    this.#sessions = sessions
    this.#claims = claims
    this.#limits = limits
  }

  /** Shows who is here. @param always also when nobody is, as an answer to somebody who asked */
  tell(session: Session, always: boolean): void {
    const everybody = this.#board.everybody()
    if (always || everybody.length > 0) session.sendAwareness(awarenessFrame(everybody))
  }

  /** @returns whether the frame showed a client id for the first time, which is to be stored */
  receive(session: Session, document: RoomDocument, update: Uint8Array): boolean {
    const entries = readAwareness(update)
    if (entries === null || session.ended) return false
    let claimed = false
    for (const entry of entries) {
      if (session.awarenessId === null && this.#mayTake(session, document, entry.clientId)) {
        session.awarenessId = entry.clientId
        if (this.#claims.add(entry.clientId, session.access.person)) {
          session.claims++
          claimed = true
        }
      }
      if (entry.clientId !== session.awarenessId) continue // stock clients repeat what they heard of others
      if (this.#board.set(entry, session.access, this.#limits.awarenessBytes)) this.#schedule()
    }
    return claimed
  }

  leave(session: Session): void {
    if (session.awarenessId === null) return
    this.#board.remove(session.awarenessId)
    this.#schedule()
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  #mayTake(session: Session, document: RoomDocument, clientId: number): boolean {
    const owner = this.#claims.ownerOf(clientId)
    if (owner !== undefined && owner !== session.access.person) return false
    if (owner === undefined && document.clockOf(clientId) > 0) return false // the server's own
    if (owner === undefined && session.claims >= this.#limits.claimsPerSocket) return false
    return ![...this.#sessions].some((other) => other.awarenessId === clientId)
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      const changes = this.#board.takeChanges()
      if (changes.length === 0) return
      const frame = awarenessFrame(changes)
      for (const session of this.#sessions) session.sendAwareness(frame)
    }, this.#limits.awarenessWindowMs)
  }
}
