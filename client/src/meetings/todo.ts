import type { MeetingSummary } from '@justera/protocol'

/** Something that waits for this person, read off the meetings themselves. */
export type Todo = { readonly kind: 'start'; readonly meeting: MeetingSummary }

/**
 * What this person has to do now, oldest meeting first.
 * @param today 'YYYY-MM-DD' where the person is
 */
export function todosOf(meetings: readonly MeetingSummary[], today: string): readonly Todo[] {
  return meetings
    .filter(({ phase, role, date }) => phase === 'planned' && role === 'secretary' && date !== '' && date <= today)
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .map((meeting) => ({ kind: 'start', meeting }))
}

/** The day on this device's calendar, as 'YYYY-MM-DD'. */
export function localDay(now: Date): string {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
