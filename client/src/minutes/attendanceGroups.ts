import type { Attendee } from '@justera/minutes'
import type { Agency } from './minutesContext.tsx'

/** The people of one body, as the document lists them. `agency` is null for a body without a seat. */
export type AttendanceGroup = {
  readonly key: string
  readonly name: string
  readonly agency: Agency | null
  readonly people: readonly Attendee[]
}

/** Attendees under their bodies, in the order of each body's first person. Bodies are told apart by seat, else by name. */
export function groupAttendance(
  attendance: readonly Attendee[],
  agencies: readonly Agency[],
): readonly AttendanceGroup[] {
  const groups = new Map<string, { name: string; agency: Agency | null; people: Attendee[] }>()
  for (const attendee of attendance) {
    const agency = agencyOf(attendee, agencies)
    const key = agency?.id ?? attendee.agency.trim().toLocaleLowerCase('sv')
    const group = groups.get(key) ?? { name: attendee.agency || (agency?.name ?? ''), agency, people: [] }
    group.people.push(attendee)
    groups.set(key, group)
  }
  return [...groups].map(([key, group]) => ({ key, ...group }))
}

/** The council's body that an attendee sits for, by id or by its exact name. */
export function agencyOf(
  attendee: { readonly agencyId: string; readonly agency: string },
  agencies: readonly Agency[],
): Agency | null {
  return (
    agencies.find(({ id }) => id === attendee.agencyId) ?? agencies.find(({ name }) => name === attendee.agency) ?? null
  )
}

/** The plate of a body without a seat: its initials, at most four. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s-]+/).filter((word) => /^\p{Lu}/u.test(word))
  const initials = words.length > 1 ? words.map((word) => word[0]).join('') : name.slice(0, 3)
  return initials.slice(0, 4)
}
