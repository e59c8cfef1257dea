import * as Y from 'yjs'
import type { AttendeeId, ItemId } from './ids.ts'

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
