import type { PersonId } from '../store/updateLog.ts'

/** Who each client id of a meeting belongs to: the first person whose frame showed it, for good. */
export class Claims {
  #owners: Map<number, PersonId>
  readonly #unsaved: Map<number, PersonId>

  constructor(stored: ReadonlyMap<number, PersonId> = new Map()) {
    this.#owners = new Map(stored)
    this.#unsaved = new Map()
  }

  ownerOf = (clientId: number): PersonId | undefined => this.#owners.get(clientId)

  /** @returns whether the id was nobody's and is now theirs */
  add(clientId: number, person: PersonId): boolean {
    if (this.#owners.has(clientId)) return false
    this.#owners.set(clientId, person)
    this.#unsaved.set(clientId, person)
    return true
  }

  /** Takes over what the log says; what it does not know yet stays claimed. */
  reload(stored: ReadonlyMap<number, PersonId>): void {
    for (const clientId of stored.keys()) this.#unsaved.delete(clientId)
    this.#owners = new Map([...this.#unsaved, ...stored])
  }

  /** What is still to be put into the log. */
  unsaved(): readonly { readonly clientId: number; readonly person: PersonId }[] {
    return [...this.#unsaved].map(([clientId, person]) => ({ clientId, person }))
  }

  saved(clientId: number): void {
    this.#unsaved.delete(clientId)
  }
}
