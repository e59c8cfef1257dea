import { ID_PATTERN, ROOT_NAMES } from '@justera/minutes'
import * as Y from 'yjs'

/** Where a shared type stands in the document's layout; decides what it may hold. */
export type Place =
  | 'header'
  | 'attendance'
  | 'attendee'
  | 'agenda'
  | 'item'
  | 'title'
  | 'presenters'
  | 'presenter'
  | 'body'
  | 'marker'

/** Any type that Yjs shares, as its transactions name them. */
export type SharedType = Y.Transaction['changed'] extends Map<infer Type, unknown> ? Type : never

/** The place of a root type, or `null` for a name that the layout does not know. */
export function rootPlace(name: string): Place | null {
  return ROOT_NAMES.find((known) => known === name) ?? null
}

/**
 * The place of a type created inside another one, or `null` where the layout has none.
 * @param key the map key that holds it; `null` inside a text
 */
export function childPlace(parent: Place, key: string | null, type: 'map' | 'text'): Place | null {
  if (key === null) return parent === 'body' && type === 'map' ? 'marker' : null
  switch (parent) {
    case 'attendance':
      return type === 'map' && ID_PATTERN.test(key) ? 'attendee' : null
    case 'agenda':
      return type === 'map' && ID_PATTERN.test(key) ? 'item' : null
    case 'presenters':
      return type === 'map' && ID_PATTERN.test(key) ? 'presenter' : null
    case 'item':
      if (key === 'title' || key === 'body') return type === 'text' ? key : null
      return key === 'presenters' && type === 'map' ? 'presenters' : null
    default:
      return null
  }
}

/** True where keys are never deleted: a colleague working inside would lose their words. */
export function keepsKeys(place: Place): boolean {
  return place !== 'header' && place !== 'marker' && place !== 'title' && place !== 'body'
}

/** The kind of a shared type that the layout allows at all; arrays, XML and subclasses have none. */
export function kindOf(type: SharedType): 'map' | 'text' | null {
  if (type.constructor === Y.Map) return 'map'
  if (type.constructor === Y.Text) return 'text'
  return null
}

const places = new WeakMap<SharedType, Place>()

/** The place of a type that is part of a document; it never changes, so it is remembered. `null`: not in the layout. */
export function placeOf(type: SharedType): Place | null {
  const remembered = places.get(type)
  if (remembered !== undefined) return remembered
  const place = findPlace(type)
  if (place !== null) places.set(type, place)
  return place
}

function findPlace(type: SharedType): Place | null {
  const holder = type._item
  if (holder === null) return rootPlace(Y.findRootTypeKey(type))
  const parent = holder.parent
  if (!(parent instanceof Y.AbstractType)) return null
  const above = placeOf(parent)
  const kind = kindOf(type)
  return above === null || kind === null ? null : childPlace(above, holder.parentSub, kind)
}
