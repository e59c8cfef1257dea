import type { Role } from '@justera/adjustment'
import type { AttendeeInput, MinutesInput } from '@justera/minutes'
import type { Agency, Person } from '../store/councilStore.ts'
import type { PersonId } from '../store/updateLog.ts'
import { matchAgency } from './matchAgency.ts'

/** What a blank meeting is made from. */
export type Agenda = {
  readonly title: string
  readonly meeting: string
  readonly date: string
  readonly startsAt: string
  readonly endsAt: string
  readonly place: string
  /** one title an item */
  readonly agenda: readonly string[]
  readonly withAttendance: boolean
}

/** The document that a blank meeting starts with: header, agenda with empty bodies, attendance by seat. */
export function blankMinutes(
  agenda: Agenda,
  council: {
    readonly council: string
    readonly preparedBy: string
    readonly people: readonly Person[]
    readonly agencies: readonly Agency[]
  },
): MinutesInput {
  const { title, meeting, date, startsAt, endsAt, place } = agenda
  return {
    header: {
      subject: title,
      council: council.council,
      meeting,
      date,
      startsAt,
      endsAt,
      place,
      preparedBy: council.preparedBy,
    },
    attendance: agenda.withAttendance ? everybody(council.people, council.agencies) : [],
    items: agenda.agenda.map((item) => ({ title: item, presenters: [], blocks: [] })),
  }
}

/** Everybody of the council takes part in a new meeting in their council role. */
export function councilMembers(
  people: readonly Person[],
): readonly { readonly person: PersonId; readonly role: Role }[] {
  return people.map(({ id, role }) => ({ person: id, role }))
}

/**
 * Ties attendees to the council's agencies where the names leave no doubt.
 * @param shortForms what the source called an agency besides its full name, as the importer read it
 */
export function withAgencyIds(
  minutes: MinutesInput,
  agencies: readonly Agency[],
  shortForms: readonly { readonly name: string; readonly shortName: string }[] = [],
): MinutesInput {
  const shortFormOf = new Map(shortForms.map(({ name, shortName }) => [name, shortName]))
  return {
    ...minutes,
    attendance: minutes.attendance.map((attendee) => {
      const known = agencies.find((agency) => agency.id === attendee.agencyId)
      const agency = known ?? matchAgency(attendee.agency, shortFormOf.get(attendee.agency) ?? '', agencies)
      const { agencyId: _, ...rest } = attendee
      return agency === null ? rest : { ...rest, agencyId: agency.id }
    }),
  }
}

function everybody(people: readonly Person[], agencies: readonly Agency[]): readonly AttendeeInput[] {
  return agencies.flatMap((agency) =>
    people
      .filter((person) => person.agency === agency.id && person.role !== 'observer')
      .map((person) => ({
        name: person.name,
        agency: agency.name,
        status: 'present',
        agencyId: agency.id,
        personId: person.id,
      })),
  )
}
