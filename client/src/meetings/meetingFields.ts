import { dayOf } from '../app/format.ts'

/** The form for a blank meeting, as typed. Times are 'HH:MM' or empty, the agenda is one title a line. */
export type MeetingFields = {
  readonly title: string
  readonly meeting: string
  readonly date: string
  readonly startsAt: string
  readonly endsAt: string
  readonly place: string
  readonly agenda: string
  readonly withAttendance: boolean
}

type Problem = 'titleMissing' | 'dateMissing' | 'endsBefore' | 'agendaTooMany'

/** What hinders, by field, in the order of the form. */
export type Problems = { readonly [K in keyof MeetingFields]?: Problem | undefined }

const MAX_ITEMS = 300

export function meetingProblems(fields: MeetingFields): Problems {
  return {
    ...(fields.title.trim() === '' ? { title: 'titleMissing' as const } : {}),
    ...(dayOf(fields.date) ? {} : { date: 'dateMissing' as const }),
    ...(fields.startsAt !== '' && fields.endsAt !== '' && fields.endsAt < fields.startsAt
      ? { endsAt: 'endsBefore' as const }
      : {}),
    ...(agendaLines(fields.agenda).length > MAX_ITEMS ? { agenda: 'agendaTooMany' as const } : {}),
  }
}

const NUMBER_OR_BULLET = /^(?:§\s*\d{1,3}[.):]?|\d{1,3}[.):]|[-–•*])\s+/u
const BARE_NUMBER = /^(\d{1,3})\s+/

/**
 * Item titles of a typed or pasted agenda: empty lines go, and so do numbers and bullets that came along.
 * A bare number is one only where it counts the lines: "2 Ekonomi" in second place, not "10 procent".
 */
export function agendaLines(agenda: string): readonly string[] {
  return agenda
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, index) => {
      const bare = BARE_NUMBER.exec(line)
      return line.replace(bare && Number(bare[1]) === index + 1 ? BARE_NUMBER : NUMBER_OR_BULLET, '')
    })
    .filter((line) => line !== '')
}
