import {
  ATTENDANCE_STATUSES,
  ATTENDEE_KEYS,
  HEADER_FIELDS,
  ID_PATTERN,
  isSafeHref,
  MARK_TYPES,
  MARKER_KEYS,
  MAX_FIELD_LENGTH,
} from '@justera/minutes'
import type { Place } from './place.ts'

/** Longest order key, id-like value, block kind and mention, in UTF-16 code units. */
const MAX_ORDER = 512
const MAX_SHORT = 64
const MAX_LABEL = 300
/** Deepest list level that is stored; readers clamp further. */
const MAX_STORED_INDENT = 16

/** Whether a plain value may stand under this key of a map at this place. */
export function allowsValue(place: Place, key: string, value: unknown): boolean {
  switch (place) {
    case 'header':
      return includes(HEADER_FIELDS, key) && isText(value, MAX_FIELD_LENGTH)
    case 'attendee':
      if (!includes(ATTENDEE_KEYS, key)) return false
      if (key === 'removed') return typeof value === 'boolean'
      if (key === 'order') return isText(value, MAX_ORDER)
      if (key === 'status') return includes(ATTENDANCE_STATUSES, value)
      return isText(value, MAX_FIELD_LENGTH)
    case 'item':
      if (key === 'removed') return typeof value === 'boolean'
      return key === 'order' && isText(value, MAX_ORDER)
    case 'presenter':
      if (key === 'removed') return typeof value === 'boolean'
      if (key === 'order') return isText(value, MAX_ORDER)
      return key === 'name' && isText(value, MAX_FIELD_LENGTH)
    case 'marker':
      if (!includes(MARKER_KEYS, key)) return false
      if (key === 'id') return typeof value === 'string' && ID_PATTERN.test(value)
      if (key === 'kind') return isText(value, MAX_SHORT) // unknown kinds stay: a later layout may know them
      if (key === 'indent') return isIndent(value)
      return isText(value, MAX_FIELD_LENGTH)
    default:
      return false
  }
}

/** Whether this formatting may stand in a body. `null` switches a mark off. */
export function allowsFormat(key: string, value: unknown): boolean {
  if (!includes(MARK_TYPES, key)) return false
  if (value === null) return true
  if (key === 'link') return isPlain(value) && onlyKeys(value, ['href']) && isSafeHref(value.href)
  return typeof value === 'boolean'
}

/** Whether this object may be embedded in a body: only a mention of a person. */
export function allowsEmbed(value: unknown): boolean {
  if (!isPlain(value) || !onlyKeys(value, ['mention', 'label'])) return false
  return isText(value.mention, MAX_SHORT) && (value.label === undefined || isText(value.label, MAX_LABEL))
}

function includes(list: readonly unknown[], value: unknown): boolean {
  return list.includes(value)
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength
}

function isIndent(value: unknown): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_STORED_INDENT
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function onlyKeys(value: Record<string, unknown>, allowed: readonly string[]): boolean {
  return Object.keys(value).every((key) => allowed.includes(key))
}
