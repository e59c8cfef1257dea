import { isOutcome } from './block.ts'
import type { AttendeeId, BlockId, ItemId } from './ids.ts'
import { plainText } from './inline.ts'
import type { AgendaItem, Minutes } from './minutes.ts'

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
    items.filter((item) => item.title.trim() !== ''),
    (item) => item.title.trim().toLocaleLowerCase('sv'),
  )
  return [...byTitle.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({
      kind: 'duplicate-title',
      title: (same[0] as AgendaItem).title.trim(),
      items: same.map((item) => item.id),
    }))
}

/** An item has an outcome when it ended in a decision, action, tabling or dissent, or at least says something. */
function itemsWithoutOutcome({ items }: Minutes): readonly Finding[] {
  return items
    .filter((item) => !item.blocks.some((block) => isOutcome(block.kind) && plainText(block.content).trim() !== ''))
    .map((item) => ({ kind: 'no-outcome', item: item.id }))
}

function presentAndAbsent({ attendance }: Minutes): readonly Finding[] {
  const byAgency = Map.groupBy(
    attendance.filter((attendee) => attendee.agency.trim() !== ''),
    (attendee) => attendee.agency.trim().toLocaleLowerCase('sv'),
  )
  return [...byAgency.values()]
    .filter((same) => same.some((a) => a.status === 'absent') && same.some((a) => a.status !== 'absent'))
    .map((same) => ({
      kind: 'present-and-absent',
      agency: (same[0] as (typeof same)[number]).agency.trim(),
      attendees: same.map((attendee) => attendee.id),
    }))
}

// "hand- lingsplanen", and soft hyphens that an extraction left behind. "kunskaps- och" is good Swedish.
const DEBRIS = /\p{L}{2,}(?:-[ \t]+(?!och\b|eller\b|samt\b|respektive\b|till\b|and\b|or\b)\p{Ll}{2,}|\u00AD\p{Ll}+)/u

function hyphenationDebris({ items }: Minutes): readonly Finding[] {
  const findings: Finding[] = []
  for (const item of items) {
    const title = DEBRIS.exec(item.title)
    if (title !== null) findings.push({ kind: 'hyphenation-debris', item: item.id, block: null, text: title[0] })
    for (const block of item.blocks) {
      const match = DEBRIS.exec(plainText(block.content))
      if (match !== null) findings.push({ kind: 'hyphenation-debris', item: item.id, block: block.id, text: match[0] })
    }
  }
  return findings
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
const NEXT_MEETING =
  /(?:nästa (?:rådsmöte|möte|sammanträde)|next meeting)[^.;\n]{0,40}?(\d{1,2})(?:[.:]?e)?[ \u00A0]+(\p{L}+)/giu

function nextMeetingDiffers({ header, items }: Minutes): readonly Finding[] {
  const places: NextMeetingMention[] = []
  const stated = /^\d{4}-(\d{2})-(\d{2})$/.exec(header.nextMeeting)
  if (stated !== null) places.push({ item: null, month: Number(stated[1]), day: Number(stated[2]) })
  for (const item of items) {
    for (const block of item.blocks) {
      for (const match of plainText(block.content).matchAll(NEXT_MEETING)) {
        const month = MONTHS.findIndex((names) => names.some((name) => name === match[2]?.toLocaleLowerCase('sv'))) + 1
        if (month > 0) places.push({ item: item.id, month, day: Number(match[1]) })
      }
    }
  }
  const dates = new Set(places.map(({ month, day }) => `${month}-${day}`))
  return dates.size > 1 ? [{ kind: 'next-meeting-differs', places }] : []
}
