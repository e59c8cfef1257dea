import * as Y from 'yjs'
import type { AttendeeId, ItemId } from './ids.ts'

/**
 * The shape of a meeting's Y.Doc. Three root maps:
 *
 *     header      field → string
 *     attendance  attendee id → { name, agency, agencyId?, personId?, status, presentFrom?, presentUntil?, note, order, removed? }
 *     agenda      item id → { order, title: Y.Text, presenters: id → { name, order, removed? }, body: Y.Text, removed? }
 *
 * Nothing in the last two is removed by deleting a key: a colleague typing inside would lose their words.
 */
export const ROOT_NAMES = ['header', 'attendance', 'agenda'] as const
export type RootName = (typeof ROOT_NAMES)[number]

export const HEADER_FIELDS = [
  'subject',
  'council',
  'meeting',
  'date',
  'startsAt',
  'endsAt',
  'place',
  'preparedBy',
  'adjustedBy',
  'nextMeeting',
] as const
export type HeaderField = (typeof HEADER_FIELDS)[number]

export const ATTENDANCE_STATUSES = ['present', 'remote', 'partly', 'absent'] as const
export type AttendanceStatus = (typeof ATTENDANCE_STATUSES)[number]

export const ATTENDEE_FIELDS = [
  'name',
  'agency',
  'agencyId',
  'personId',
  'status',
  'presentFrom',
  'presentUntil',
  'note',
  'order',
] as const
export type AttendeeField = (typeof ATTENDEE_FIELDS)[number]

export const ATTENDEE_KEYS = [...ATTENDEE_FIELDS, 'removed'] as const
export const PRESENTER_KEYS = ['name', 'order', 'removed'] as const
export const ITEM_KEYS = ['order', 'title', 'presenters', 'body', 'removed'] as const
export const MARKER_KEYS = ['id', 'kind', 'indent', 'responsible', 'responsibleId', 'due', 'party'] as const

/** Longest value of any single-value field, in UTF-16 code units. */
export const MAX_FIELD_LENGTH = 2000

export function headerOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('header')
}

export function attendanceOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('attendance')
}

export function agendaOf(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('agenda')
}

/** The item's map, removed or not; `undefined` when there is none of that id. */
export function itemOf(doc: Y.Doc, id: ItemId): Y.Map<unknown> | undefined {
  const item = agendaOf(doc).get(id)
  return item instanceof Y.Map ? item : undefined
}

/** The attendee's map, removed or not; `undefined` when there is none of that id. */
export function attendeeOf(doc: Y.Doc, id: AttendeeId): Y.Map<unknown> | undefined {
  const attendee = attendanceOf(doc).get(id)
  return attendee instanceof Y.Map ? attendee : undefined
}

/** @throws TypeError when the item does not have the document's shape (the gate keeps such items out) */
export function titleOf(item: Y.Map<unknown>): Y.Text {
  return typed(item.get('title'), Y.Text, 'title')
}

/** @throws TypeError as {@link titleOf} */
export function bodyOf(item: Y.Map<unknown>): Y.Text {
  return typed(item.get('body'), Y.Text, 'body')
}

/** @throws TypeError as {@link titleOf} */
export function presentersOf(item: Y.Map<unknown>): Y.Map<unknown> {
  return typed(item.get('presenters'), Y.Map<unknown>, 'presenters')
}

function typed<T>(value: unknown, type: new (...args: never[]) => T, key: string): T {
  if (value instanceof type) return value
  throw new TypeError(`agenda item without ${key}`)
}
