import type { Role } from '@justera/adjustment'
import type { AgencyId, PersonId, UnixMs } from './updateLog.ts'

export type Council = { readonly id: string; readonly name: string }

/** A body with a numbered seat. The seat is given once and never reused. */
export type Agency = { readonly id: AgencyId; readonly name: string; readonly shortName: string; readonly seat: number }

/** An account of the council; `role` is what the person becomes in new meetings. */
export type Person = {
  readonly id: PersonId
  readonly name: string
  /** lower case */
  readonly email: string
  readonly agency: AgencyId
  readonly role: Role
}

export type PersonAdded =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly reason: 'email-taken' | 'unknown-agency' }

export type PersonChanged =
  | { readonly ok: true; readonly person: Person }
  | { readonly ok: false; readonly reason: 'unknown-person' | 'unknown-agency' | 'last-secretary' }

/** The council, its agencies and its people. */
export interface CouncilStore {
  /** @returns null before the first start has made one */
  council(): Promise<Council | null>
  /** @returns false, and changes nothing, when there is a council already */
  createCouncil(council: Council, agencies: readonly Agency[]): Promise<boolean>
  /** By seat. */
  agencies(): Promise<readonly Agency[]>
  /** Gives the agency the next free seat. */
  addAgency(agency: Omit<Agency, 'seat'>): Promise<Agency>
  /** Everybody who has not been removed, by name. */
  people(): Promise<readonly Person[]>
  person(id: PersonId): Promise<Person | null>
  /** @param email any case */
  personByEmail(email: string): Promise<Person | null>
  addPerson(person: Person, now: UnixMs): Promise<PersonAdded>
  /**
   * A new role carries over to every meeting that is not adjusted yet and where the person had the old one,
   * and marks the person's sessions for a new secret. The council keeps at least one secretary.
   */
  changePerson(
    id: PersonId,
    change: { readonly name?: string; readonly agency?: AgencyId; readonly role?: Role },
  ): Promise<PersonChanged>
  /** Ends sessions and open links and leaves every meeting; the name stays readable in logs. */
  removePerson(id: PersonId, now: UnixMs): Promise<PersonChanged>
}
