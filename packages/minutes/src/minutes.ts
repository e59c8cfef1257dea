import * as Y from 'yjs'
import type { Block } from './block.ts'
import { readBlocks } from './body.ts'
import type { AttendeeId, ItemId, PresenterId } from './ids.ts'
import { agendaOf, attendanceOf, bodyOf, headerOf, presentersOf, titleOf } from './layout.ts'
import { ATTENDANCE_STATUSES, type AttendanceStatus, HEADER_FIELDS, type HeaderField } from './names.ts'
import { compareOrder, type Ordered } from './order.ts'

export type Header = Readonly<Record<HeaderField, string>>

export type Attendee = {
  readonly id: AttendeeId
  readonly order: string
  readonly name: string
  readonly agency: string
  readonly agencyId: string
  readonly personId: string
  readonly status: AttendanceStatus
  /** Item ids; empty when the attendee was there from the start, or to the end. */
  readonly presentFrom: string
  readonly presentUntil: string
  readonly note: string
}

export type Presenter = { readonly id: PresenterId; readonly order: string; readonly name: string }

export type AgendaItem = {
  readonly id: ItemId
  readonly order: string
  readonly title: string
  readonly presenters: readonly Presenter[]
  readonly blocks: readonly Block[]
}

/** A whole document as plain values; removed parts are left out, lists are in their order. */
export type Minutes = {
  readonly header: Header
  readonly attendance: readonly Attendee[]
  readonly items: readonly AgendaItem[]
}

/** Reads a document; writes nothing. Linear in the text. */
export function readMinutes(doc: Y.Doc): Minutes {
  return { header: readHeader(doc), attendance: readAttendance(doc), items: readItems(doc) }
}

export function readHeader(doc: Y.Doc): Header {
  const header = headerOf(doc)
  return Object.fromEntries(HEADER_FIELDS.map((field) => [field, textAt(header, field)])) as Header
}

export function readAttendance(doc: Y.Doc): readonly Attendee[] {
  return liveEntries(attendanceOf(doc)).map(({ id, order, map }) => ({
    id: id as AttendeeId,
    order,
    name: textAt(map, 'name'),
    agency: textAt(map, 'agency'),
    agencyId: textAt(map, 'agencyId'),
    personId: textAt(map, 'personId'),
    status: statusAt(map),
    presentFrom: textAt(map, 'presentFrom'),
    presentUntil: textAt(map, 'presentUntil'),
    note: textAt(map, 'note'),
  }))
}

export function readItems(doc: Y.Doc): readonly AgendaItem[] {
  return liveEntries(agendaOf(doc)).map(({ id, order, map }) => ({
    id: id as ItemId,
    order,
    title: titleOf(map).toString(),
    presenters: readPresenters(map),
    blocks: readBlocks(bodyOf(map)),
  }))
}

export function readPresenters(item: Y.Map<unknown>): readonly Presenter[] {
  return liveEntries(presentersOf(item)).map(({ id, order, map }) => ({
    id: id as PresenterId,
    order,
    name: textAt(map, 'name'),
  }))
}

/** Ids and order keys of the entries that are not removed, sorted. */
export function liveOrder(map: Y.Map<unknown>): readonly Ordered[] {
  return liveEntries(map).map(({ id, order }) => ({ id, order }))
}

function liveEntries(map: Y.Map<unknown>): readonly (Ordered & { map: Y.Map<unknown> })[] {
  const entries: (Ordered & { map: Y.Map<unknown> })[] = []
  for (const [id, entry] of map) {
    if (entry instanceof Y.Map && entry.get('removed') !== true)
      entries.push({ id, order: textAt(entry, 'order'), map: entry })
  }
  return entries.sort(compareOrder)
}

function statusAt(map: Y.Map<unknown>): AttendanceStatus {
  const status = map.get('status')
  return ATTENDANCE_STATUSES.find((known) => known === status) ?? 'present'
}

function textAt(map: Y.Map<unknown>, key: string): string {
  const value = map.get(key)
  return typeof value === 'string' ? value : ''
}
