import { isOutcome } from './block.ts'
import type { AttendeeId, BlockId, ItemId } from './ids.ts'
import { plainText } from './inline.ts'
import type { AgendaItem, Attendee, Minutes } from './minutes.ts'

/** Something a secretary would want to know before the minutes are sent out. Pages put it into words. */
export type Finding =
  | { readonly kind: 'duplicate-title'; readonly title: string; readonly items: readonly ItemId[] }
  | { readonly kind: 'no-outcome'; readonly item: ItemId }
  | { readonly kind: 'present-and-absent'; readonly agency: string; readonly attendees: readonly AttendeeId[] }
  | {
      readonly kind: 'hyphenation-debris'
      readonly item: ItemId
      readonly block: BlockId | null
      readonly text: string
    }
  | { readonly kind: 'next-meeting-differs'; readonly places: readonly NextMeetingMention[] }

/** Where the next meeting's date is stated; `item` is null for the header. Month 1–12, day 1–31. */
export type NextMeetingMention = { readonly item: ItemId | null; readonly month: number; readonly day: number }

/** Runs every check; findings come in the order of the checks, then of the document. Pure. */
export function checkMinutes(minutes: Minutes): readonly Finding[] {
  return [
    ...duplicateTitles(minutes),
    ...itemsWithoutOutcome(minutes),
    ...presentAndAbsent(minutes),
    ...hyphenationDebris(minutes),
    ...nextMeetingDiffers(minutes),
  ]
}

function duplicateTitles({ items }: Minutes): readonly Finding[] {
  const byTitle = Map.groupBy(
    items.filter((item) => sameText(item.title) !== ''),
    (item) => sameText(item.title),
  )
  return [...byTitle.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({
      kind: 'duplicate-title',
      title: (same[0] as AgendaItem).title.trim(),
      items: same.map((item) => item.id),
    }))
}

/** Case, blanks and a closing full stop or colon do not tell two titles or names apart. */
function sameText(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replace(/[.:]$/u, '').toLocaleLowerCase('sv')
}

/** An item has an outcome when some decision, action, tabling or dissent in it has words. */
function itemsWithoutOutcome({ items }: Minutes): readonly Finding[] {
  return items
    .filter((item) => !item.blocks.some((block) => isOutcome(block.kind) && plainText(block.content).trim() !== ''))
    .map((item) => ({ kind: 'no-outcome', item: item.id }))
}

/** A body is one by its id where the list gave one, else by its name without the short form in parentheses. */
function presentAndAbsent({ attendance }: Minutes): readonly Finding[] {
  const nameOf = (attendee: Attendee): string => sameText(attendee.agency.replace(/\([^()]*\)/gu, ' '))
  const idOfName = new Map(attendance.filter((a) => a.agencyId !== '').map((a) => [nameOf(a), a.agencyId]))
  const byAgency = Map.groupBy(
    attendance.filter((attendee) => nameOf(attendee) !== ''),
    (attendee) => attendee.agencyId || idOfName.get(nameOf(attendee)) || nameOf(attendee),
  )
  return [...byAgency.values()]
    .filter((same) => same.some((a) => a.status === 'absent') && same.some((a) => a.status !== 'absent'))
    .map((same) => ({
      kind: 'present-and-absent',
      agency: (same[0] as Attendee).agency.trim(),
      attendees: same.map((attendee) => attendee.id),
    }))
}

// "hand- lingsplanen", and soft hyphens that an extraction left behind. "kunskaps- och" is good Swedish.
const DEBRIS =
  /(?<=\p{L}{2})(?:-[ \t\n\u00A0]+(?!(?:och|eller|samt|resp|respektive|till|men|inte|inkl|inklusive|som|än|and|or|to)(?!\p{L}))\p{Ll}{2,40}|\u00AD\p{Ll}{1,40})/gu
const MAX_WORD = 40

function hyphenationDebris({ items }: Minutes): readonly Finding[] {
  const findings: Finding[] = []
  for (const item of items) {
    for (const text of debrisIn(item.title))
      findings.push({ kind: 'hyphenation-debris', item: item.id, block: null, text })
    for (const block of item.blocks) {
      for (const text of debrisIn(plainText(block.content))) {
        findings.push({ kind: 'hyphenation-debris', item: item.id, block: block.id, text })
      }
    }
  }
  return findings
}

/** Each broken word with both its halves. Linear: the first half is only looked for where a break was found. */
function debrisIn(text: string): readonly string[] {
  return Array.from(text.matchAll(DEBRIS), (match) => {
    const before = text.slice(Math.max(0, match.index - MAX_WORD), match.index)
    return `${/\p{L}+$/u.exec(before)?.[0] ?? ''}${match[0]}`
  })
}

const MONTHS = [
  ['januari', 'january'],
  ['februari', 'february'],
  ['mars', 'march'],
  ['april', 'april'],
  ['maj', 'may'],
  ['juni', 'june'],
  ['juli', 'july'],
  ['augusti', 'august'],
  ['september', 'september'],
  ['oktober', 'october'],
  ['november', 'november'],
  ['december', 'december'],
] as const
const MONTH = MONTHS.flat().join('|')
const NEXT = '(?:(?:nästa|nästkommande) (?:\\p{L}{0,20}möte|sammanträde)|next meeting)(?!\\p{L})'
const DAY = `(?<!\\d)(?:(?<d>\\d{1,2})(?::?e|\\.)?[ \u00A0]+(?<m>${MONTH})|\\d{4}-(?<mm>\\d{2})-(?<dd>\\d{2})|(?<d2>\\d{1,2})/(?<m2>\\d{1,2}))(?![\\p{L}\\d])`
const NEXT_MEETING = new RegExp(`${NEXT}[^;\\n]{0,40}?${DAY}`, 'giu')
const FIRST_DAY = new RegExp(DAY, 'iu')
const NEXT_TITLE = new RegExp(`^\\s*${NEXT}`, 'iu')

/** Compares day and month: the header's field, sentences about the next meeting, and the item of that title. */
function nextMeetingDiffers({ header, items }: Minutes): readonly Finding[] {
  const places: NextMeetingMention[] = []
  const stated = /^\d{4}-(\d{2})-(\d{2})$/.exec(header.nextMeeting)
  if (stated !== null) places.push({ item: null, month: Number(stated[1]), day: Number(stated[2]) })
  for (const item of items) {
    const texts = item.blocks.map((block) => plainText(block.content))
    const matches = texts.flatMap((text) => [...text.matchAll(NEXT_MEETING)])
    if (matches.length === 0 && NEXT_TITLE.test(item.title)) {
      const first = texts.map((text) => FIRST_DAY.exec(text)).find((match) => match !== null)
      if (first !== undefined && first !== null) matches.push(first)
    }
    for (const match of matches) {
      const place = dayOf(match, item.id)
      if (place !== null) places.push(place)
    }
  }
  const dates = new Set(places.map(({ month, day }) => `${month}-${day}`))
  return dates.size > 1 ? [{ kind: 'next-meeting-differs', places }] : []
}

function dayOf(match: RegExpExecArray, item: ItemId): NextMeetingMention | null {
  const { d, m, dd, mm, d2, m2 } = match.groups ?? {}
  const name = m?.toLocaleLowerCase('sv')
  const month = name === undefined ? Number(mm ?? m2) : MONTHS.findIndex((names) => names.some((n) => n === name)) + 1
  const day = Number(d ?? dd ?? d2)
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? { item, month, day } : null
}
