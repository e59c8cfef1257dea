import type { Phase, Role } from '@justera/adjustment'
import type { AgencyId, MeetingId, PersonId, RowKind } from '../updateLog.ts'

/** SQL dialects that the queries in this folder are written for. */
export type Dialect = 'sqlite' | 'postgres'

/** The tables as the migrations leave them. Times are milliseconds since 1970. */
export type Database = {
  councils: { id: string; name: string }
  agencies: { id: AgencyId; council: string; name: string; short_name: string; seat: number }
  people: {
    id: PersonId
    name: string
    /** lower case; unique among people who are not removed */
    email: string
    agency: AgencyId
    /** in the council; what somebody is in one meeting stands in `members` */
    role: Role
    created_at: number
    removed_at: number | null
  }
  sessions: {
    id: string
    person: PersonId
    secret_hash: string
    /** the secret before the last rotation, good until `previous_until` for requests already under way */
    previous_hash: string | null
    previous_until: number | null
    /** 1: the next request gets a new secret */
    rotate: number
    created_at: number
    seen_at: number
  }
  sign_in_links: {
    token_hash: string
    person: PersonId
    email: string
    meeting: MeetingId | null
    created_at: number
    expires_at: number
    consumed_at: number | null
  }
  meetings: {
    id: MeetingId
    council: string
    /** title, meeting, date and items repeat what the document said at `indexed_seq` */
    title: string
    meeting: string
    date: string
    items: number
    indexed_seq: number
    phase: Phase
    epoch: number
    head_seq: number
    head_hash: string
    created_at: number
  }
  members: { meeting: MeetingId; person: PersonId; role: Role; opened_seq: number }
  log_rows: {
    meeting: MeetingId
    seq: number
    kind: RowKind
    author: PersonId | 'server'
    agency: AgencyId | null
    role: Role | 'server'
    session: string
    actor: PersonId | null
    origin: string | null
    at: number
    payload_hash: string
    prev_hash: string
    hash: string
    /** null once purged */
    payload: Uint8Array | null
  }
  snapshots: { meeting: MeetingId; seq: number; state: Uint8Array; state_vector: Uint8Array }
  client_ids: { meeting: MeetingId; client_id: number; person: PersonId | 'server' }
}
