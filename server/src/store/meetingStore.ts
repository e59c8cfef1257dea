import type { Phase, Role } from '@justera/adjustment'
import type { Agency, Person } from './councilStore.ts'
import type { Head, MeetingId, NewRow, PersonId, Seq } from './updateLog.ts'

/** What lists show of a document, as it was at `indexedSeq`. */
export type MeetingIndex = {
  readonly title: string
  readonly meeting: string
  /** 'YYYY-MM-DD' or whatever stands in the header */
  readonly date: string
  readonly items: number
}

export type StoredMeeting = MeetingIndex & {
  readonly id: MeetingId
  readonly phase: Phase
  readonly epoch: number
  readonly head: Head
  readonly indexedSeq: Seq
}

/** `person.role` is the role in the council, `role` the one in the meeting. */
export type Member = { readonly person: Person; readonly role: Role }

export type MemberChanged =
  | { readonly ok: true }
  | { readonly ok: false; readonly reason: 'unknown-member' | 'last-secretary' }

/** One person in one meeting, as a socket or a request needs to know them. */
export type Participation = { readonly person: Person; readonly agency: Agency; readonly role: Role }

export interface MeetingStore {
  /** Stores meeting, members and the first log row in one transaction; `clientId` is claimed for the server. */
  create(
    meeting: MeetingIndex & { readonly id: MeetingId; readonly phase: Phase },
    members: readonly { readonly person: PersonId; readonly role: Role }[],
    row: NewRow,
    clientId: number,
  ): Promise<void>
  get(id: MeetingId): Promise<StoredMeeting | null>
  /** Every meeting, newest date first. */
  all(): Promise<readonly StoredMeeting[]>
  /** Meetings the person is a member of, newest date first; `newChanges` counts others' rows since last opened. */
  list(
    person: PersonId,
  ): Promise<readonly { readonly meeting: StoredMeeting; readonly role: Role; readonly newChanges: number }[]>
  members(id: MeetingId): Promise<readonly Member[]>
  participation(id: MeetingId, person: PersonId): Promise<Participation | null>
  /** Adds the person, or gives them the role when they are a member already. */
  addMember(id: MeetingId, person: PersonId, role: Role): Promise<MemberChanged>
  /** A meeting keeps at least one secretary. Marks the person's sessions for a new secret. */
  changeMember(id: MeetingId, person: PersonId, role: Role): Promise<MemberChanged>
  removeMember(id: MeetingId, person: PersonId): Promise<MemberChanged>
  /** The person has seen everything up to the present head. */
  markOpened(id: MeetingId, person: PersonId): Promise<void>
  saveIndex(id: MeetingId, seq: Seq, index: MeetingIndex): Promise<void>
}
