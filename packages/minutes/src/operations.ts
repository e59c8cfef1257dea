import * as Y from 'yjs'
import { appendBlocks, type BlockInput } from './body.ts'
import { type AttendeeId, type ItemId, newId, type PresenterId } from './ids.ts'
import { agendaOf, attendanceOf, attendeeOf, headerOf, itemOf, presentersOf, titleOf } from './layout.ts'
import { liveOrder } from './minutes.ts'
import {
  type AttendanceStatus,
  type AttendeeField,
  HEADER_FIELDS,
  type HeaderField,
  MAX_FIELD_LENGTH,
} from './names.ts'
import { initialOrder, placeAt } from './order.ts'

/** Who made a change, for undo managers and providers; each operation is one transaction with it. */
export type Origin = unknown

export type AttendeeInput = {
  readonly name: string
  readonly agency: string
  readonly status: AttendanceStatus
  readonly agencyId?: string
  readonly personId?: string
  readonly presentFrom?: string
  readonly presentUntil?: string
  readonly note?: string
}

export type ItemInput = {
  readonly title: string
  readonly presenters: readonly string[]
  readonly blocks: readonly BlockInput[]
}

/** Everything that a new document starts with: a template, an import, a carried-over agenda. */
export type MinutesInput = {
  readonly header: Partial<Readonly<Record<HeaderField, string>>>
  readonly attendance: readonly AttendeeInput[]
  readonly items: readonly ItemInput[]
}

/** Fills an empty document. Only the server does this, once, before anyone can open it. */
export function writeMinutes(doc: Y.Doc, input: MinutesInput, origin?: Origin): void {
  doc.transact(() => {
    for (const field of HEADER_FIELDS) {
      const value = input.header[field]
      if (value !== undefined && value !== '') headerOf(doc).set(field, value)
    }
    const seats = initialOrder(input.attendance.length)
    input.attendance.forEach((attendee, n) => {
      attendanceOf(doc).set(newId<AttendeeId>(), attendeeMap(attendee, seats[n] as string))
    })
    const order = initialOrder(input.items.length)
    input.items.forEach((item, n) => {
      insertItem(doc, newId<ItemId>(), item, order[n] as string)
    })
  }, origin)
}

/** Sets a header field; the last writer wins. An equal value writes nothing. */
export function setHeaderField(doc: Y.Doc, field: HeaderField, value: string, origin?: Origin): void {
  setText(doc, headerOf(doc), field, value, origin)
}

/** Adds an attendee at the end of the list. */
export function addAttendee(
  doc: Y.Doc,
  input: AttendeeInput,
  origin?: Origin,
  id: AttendeeId = newId<AttendeeId>(),
): AttendeeId {
  doc.transact(() => {
    const others = liveOrder(attendanceOf(doc))
    const keys = placeAt(others, id, others.length)
    attendanceOf(doc).set(id, attendeeMap(input, keys.find((key) => key.id === id)?.order ?? ''))
    setOrder(attendanceOf(doc), keys)
  }, origin)
  return id
}

/** Sets one field of an attendee. @throws RangeError when there is no such attendee */
export function setAttendeeField(
  doc: Y.Doc,
  id: AttendeeId,
  field: AttendeeField,
  value: string,
  origin?: Origin,
): void {
  setText(doc, existing(attendeeOf(doc, id), 'attendee', id), field, value, origin)
}

/** Marks an attendee as removed, or takes that back. @throws RangeError when there is no such attendee */
export function setAttendeeRemoved(doc: Y.Doc, id: AttendeeId, removed: boolean, origin?: Origin): void {
  setRemoved(doc, existing(attendeeOf(doc, id), 'attendee', id), removed, origin)
}

/** Moves an attendee to `index` among the others. @throws RangeError when there is no such attendee */
export function moveAttendee(doc: Y.Doc, id: AttendeeId, index: number, origin?: Origin): void {
  existing(attendeeOf(doc, id), 'attendee', id)
  moveIn(doc, attendanceOf(doc), id, index, origin)
}

/**
 * Adds an agenda item.
 * @param index place among the items that are not removed; left out: at the end
 */
export function addItem(
  doc: Y.Doc,
  input: ItemInput,
  index?: number,
  origin?: Origin,
  id: ItemId = newId<ItemId>(),
): ItemId {
  doc.transact(() => {
    const others = liveOrder(agendaOf(doc))
    const keys = placeAt(others, id, index ?? others.length)
    insertItem(doc, id, input, keys.find((key) => key.id === id)?.order ?? '')
    setOrder(agendaOf(doc), keys)
  }, origin)
  return id
}

/** Moves an item to `index` among the others. What colleagues type in it meanwhile moves along. */
export function moveItem(doc: Y.Doc, id: ItemId, index: number, origin?: Origin): void {
  existing(itemOf(doc, id), 'item', id)
  moveIn(doc, agendaOf(doc), id, index, origin)
}

/** Marks an item as removed, or restores it; its text stays in the document either way. */
export function setItemRemoved(doc: Y.Doc, id: ItemId, removed: boolean, origin?: Origin): void {
  setRemoved(doc, existing(itemOf(doc, id), 'item', id), removed, origin)
}

/** Replaces an item's title by the smallest single change, so that two people may edit it at once. */
export function setItemTitle(doc: Y.Doc, id: ItemId, title: string, origin?: Origin): void {
  const text = titleOf(existing(itemOf(doc, id), 'item', id))
  const old = [...text.toString()]
  const next = [
    ...title
      .slice(0, MAX_FIELD_LENGTH)
      .toWellFormed()
      .replace(/[\r\n]+/g, ' '),
  ]
  let start = 0
  while (start < old.length && start < next.length && old[start] === next[start]) start++
  let end = 0
  while (end < old.length - start && end < next.length - start && old.at(-1 - end) === next.at(-1 - end)) end++
  const index = old.slice(0, start).join('').length
  const removed = old.slice(start, old.length - end).join('').length
  const inserted = next.slice(start, next.length - end).join('')
  if (removed === 0 && inserted === '') return
  doc.transact(() => {
    if (removed > 0) text.delete(index, removed)
    if (inserted !== '') text.insert(index, inserted)
  }, origin)
}

/** Adds a presenter at the end of an item's list. @throws RangeError when there is no such item */
export function addPresenter(
  doc: Y.Doc,
  item: ItemId,
  name: string,
  origin?: Origin,
  id: PresenterId = newId<PresenterId>(),
): PresenterId {
  const presenters = presentersOf(existing(itemOf(doc, item), 'item', item))
  doc.transact(() => {
    const others = liveOrder(presenters)
    const keys = placeAt(others, id, others.length)
    presenters.set(id, entryMap({ name, order: keys.find((key) => key.id === id)?.order ?? '' }))
    setOrder(presenters, keys)
  }, origin)
  return id
}

/** @throws RangeError when there is no such item or presenter */
export function setPresenterName(doc: Y.Doc, item: ItemId, id: PresenterId, name: string, origin?: Origin): void {
  setText(doc, presenterOf(doc, item, id), 'name', name, origin)
}

/** @throws RangeError when there is no such item or presenter */
export function setPresenterRemoved(
  doc: Y.Doc,
  item: ItemId,
  id: PresenterId,
  removed: boolean,
  origin?: Origin,
): void {
  setRemoved(doc, presenterOf(doc, item, id), removed, origin)
}

/** @throws RangeError when there is no such item or presenter */
export function movePresenter(doc: Y.Doc, item: ItemId, id: PresenterId, index: number, origin?: Origin): void {
  presenterOf(doc, item, id)
  moveIn(doc, presentersOf(existing(itemOf(doc, item), 'item', item)), id, index, origin)
}

function presenterOf(doc: Y.Doc, item: ItemId, id: PresenterId): Y.Map<unknown> {
  const presenter = presentersOf(existing(itemOf(doc, item), 'item', item)).get(id)
  return existing(presenter instanceof Y.Map ? presenter : undefined, 'presenter', id)
}

function existing<T>(value: T | undefined, what: string, id: string): T {
  if (value === undefined) throw new RangeError(`no ${what} ${id}`)
  return value
}

function setText(doc: Y.Doc, map: Y.Map<unknown>, key: string, value: string, origin: Origin): void {
  const text = value.slice(0, MAX_FIELD_LENGTH).toWellFormed()
  if ((map.get(key) ?? '') === text) return
  doc.transact(() => map.set(key, text), origin)
}

function setRemoved(doc: Y.Doc, map: Y.Map<unknown>, removed: boolean, origin: Origin): void {
  if ((map.get('removed') === true) === removed) return
  doc.transact(() => map.set('removed', removed), origin)
}

function moveIn(doc: Y.Doc, map: Y.Map<unknown>, id: string, index: number, origin: Origin): void {
  const order = liveOrder(map)
  if (order[index]?.id === id) return
  const others = order.filter((entry) => entry.id !== id)
  doc.transact(() => setOrder(map, placeAt(others, id, index)), origin)
}

function setOrder(map: Y.Map<unknown>, keys: readonly { id: string; order: string }[]): void {
  for (const { id, order } of keys) {
    const entry = map.get(id)
    if (entry instanceof Y.Map && entry.get('order') !== order) entry.set('order', order)
  }
}

function entryMap(values: Readonly<Record<string, unknown>>): Y.Map<unknown> {
  const map = new Y.Map<unknown>()
  for (const [key, value] of Object.entries(values)) if (value !== undefined) map.set(key, value)
  return map
}

function attendeeMap(input: AttendeeInput, order: string): Y.Map<unknown> {
  return entryMap({ ...input, note: input.note ?? '', order })
}

function insertItem(doc: Y.Doc, id: ItemId, input: ItemInput, order: string): void {
  const names = initialOrder(input.presenters.length)
  const presenters = new Y.Map<unknown>()
  input.presenters.forEach((name, n) => {
    presenters.set(newId<PresenterId>(), entryMap({ name, order: names[n] }))
  })
  const body = new Y.Text()
  agendaOf(doc).set(id, entryMap({ order, title: new Y.Text(input.title), presenters, body }))
  appendBlocks(body, input.blocks) // only now: a text outside a document has no length to append at
}
