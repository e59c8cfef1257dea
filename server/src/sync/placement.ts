import type { Refusal } from '@justera/protocol'
import * as Y from 'yjs'
import { allowsEmbed, allowsFormat, allowsValue } from './contentRules.ts'
import type { FreshItem } from './integrationOrder.ts'
import { childPlace, kindOf, type Place, placeOf, rootPlace, type SharedType } from './place.ts'

/** What a struct stands in: a root by name, or a type, which may be part of the update itself. */
type Container = { readonly type: SharedType | string; readonly place: Place }

/** A new struct with its place found. */
export type PlacedItem = { readonly item: Y.Item; readonly container: Container; readonly key: string | null }

export type Placement =
  | { readonly kind: 'placed'; readonly entries: PlacedItems; readonly keyWrites: boolean }
  | { readonly kind: 'refuse'; readonly reason: Refusal; readonly detail: string }

/**
 * Yjs walks over the values under a key to add one and copies them all to join them, so the costs of n values in
 * one update grow with n². This is the sum of n over all values: about 3,000 under one key, 1,000 under ten.
 */
const MAX_KEY_STEPS = 5_000_000

const ITEM_PARTS = ['title', 'presenters', 'body'] as const

/** New structs by client and clock; a clock inside a struct finds that struct. */
export class PlacedItems {
  readonly #runs = new Map<number, PlacedItem[]>()
  readonly #inOrder: PlacedItem[] = []

  add(placed: PlacedItem): void {
    this.#inOrder.push(placed)
    const run = this.#runs.get(placed.item.id.client)
    if (run === undefined) this.#runs.set(placed.item.id.client, [placed])
    else run.push(placed)
  }

  at(id: Y.ID): PlacedItem | undefined {
    const run = this.#runs.get(id.client)
    if (run === undefined) return undefined
    let low = 0
    let high = run.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = run[middle]
      if (found === undefined) return undefined
      if (id.clock < found.item.id.clock) high = middle - 1
      else if (id.clock >= found.item.id.clock + found.item.length) low = middle + 1
      else return found
    }
    return undefined
  }

  /** All of them, each after what it builds on. */
  [Symbol.iterator](): Iterator<PlacedItem> {
    return this.#inOrder[Symbol.iterator]()
  }
}

/**
 * Finds where each new struct would stand and whether the layout allows it there. Pure.
 * @param order as findIntegrationOrder gives it
 */
export function judgePlacement(doc: Y.Doc, order: readonly FreshItem[]): Placement {
  const entries = new PlacedItems()
  const newTypes = new Map<SharedType, Place>()
  const parts = new Map<SharedType, Set<string>>()
  const taken = new Map<SharedType | string, Set<string>>()
  const values = new Map<SharedType | string, Map<string, number>>()
  let keySteps = 0
  for (const { item, offset } of order) {
    const spot = findSpot(doc, entries, newTypes, item)
    if (typeof spot === 'string') return refuse('content', spot)
    const { container, key } = spot
    if (offset > 0 && !continues(doc, item, offset, spot)) return refuse('forged', 'another start than the known one')
    const { content } = item
    if (content instanceof Y.ContentType) {
      const kind = kindOf(content.type)
      const place = kind === null ? null : childPlace(container.place, key, kind)
      if (place === null) return refuse('content', `type under ${container.place}.${key}`)
      if (key !== null) {
        if (item.origin !== null || item.rightOrigin !== null || isTaken(doc, taken, container.type, key)) {
          return refuse('key-deletion', `a second ${container.place}.${key}`)
        }
        setOf(taken, container.type).add(key)
        if (container.place === 'item' && typeof container.type !== 'string') parts.get(container.type)?.add(key)
      }
      newTypes.set(content.type, place)
      if (place === 'item') parts.set(content.type, new Set())
    } else if (key !== null) {
      if (!(content instanceof Y.ContentAny) || item.rightOrigin !== null) {
        return refuse('content', `content of ${container.place}.${key}`)
      }
      // several values at once: Yjs joins overwritten ones of one client into one struct
      if (!content.arr.every((value: unknown) => allowsValue(container.place, key, value))) {
        return refuse('content', `value of ${container.place}.${key}`)
      }
      const ofType = values.get(container.type) ?? new Map<string, number>()
      const count = (ofType.get(key) ?? 0) + 1
      values.set(container.type, ofType.set(key, count))
      keySteps += count
      if (keySteps > MAX_KEY_STEPS) return refuse('too-large', `${count} values of ${container.place}.${key}`)
    } else if (!allowsInline(container.place, content)) return refuse('content', `content in ${container.place}`)
    entries.add({ item, container, key })
  }
  for (const present of parts.values()) {
    if (!ITEM_PARTS.every((part) => present.has(part))) return refuse('content', 'an agenda item without its parts')
  }
  return { kind: 'placed', entries, keyWrites: keySteps > 0 }
}

type Spot = { readonly container: Container; readonly key: string | null }

/** Where Yjs would put the struct, found as Yjs finds it; a string says why nowhere. */
function findSpot(
  doc: Y.Doc,
  entries: PlacedItems,
  newTypes: ReadonlyMap<SharedType, Place>,
  item: Y.Item,
): Spot | string {
  const { origin, rightOrigin } = item
  if (origin === null && rightOrigin === null) return explicitSpot(doc, entries, newTypes, item)
  const left = origin === null ? null : spotOf(doc, entries, origin)
  const right = rightOrigin === null ? null : spotOf(doc, entries, rightOrigin)
  const spot = left ?? right
  if (spot === null) return 'neighbour outside the layout'
  if (origin !== null && rightOrigin !== null) {
    if (left === null || right === null) return 'neighbour outside the layout'
    if (left.container.type !== right.container.type || left.key !== right.key) return 'neighbours in two places'
  }
  return spot
}

function explicitSpot(
  doc: Y.Doc,
  entries: PlacedItems,
  newTypes: ReadonlyMap<SharedType, Place>,
  item: Y.Item,
): Spot | string {
  const parent: unknown = item.parent // decodeUpdate leaves a root's name here, which the type does not say
  if (typeof parent === 'string') {
    const place = rootPlace(parent)
    return place === null ? 'unknown root' : { container: { type: parent, place }, key: item.parentSub }
  }
  if (!(parent instanceof Y.ID)) return 'no parent'
  const holder = structAt(doc, parent) ?? entries.at(parent)?.item
  if (!(holder instanceof Y.Item) || !(holder.content instanceof Y.ContentType)) return 'parent is no type'
  const type = holder.content.type
  const place = newTypes.get(type) ?? placeOf(type)
  return place === null ? 'parent outside the layout' : { container: { type, place }, key: item.parentSub }
}

function spotOf(doc: Y.Doc, entries: PlacedItems, id: Y.ID): Spot | null {
  const known = structAt(doc, id)
  if (known === undefined) return entries.at(id) ?? null
  if (!(known instanceof Y.Item) || !(known.parent instanceof Y.AbstractType)) return null
  const place = placeOf(known.parent)
  if (place === null) return null
  const type = known.parent._item === null ? Y.findRootTypeKey(known.parent) : known.parent
  return { container: { type, place }, key: known.parentSub }
}

function structAt(doc: Y.Doc, id: Y.ID): Y.Item | Y.GC | undefined {
  if (id.clock >= Y.getState(doc.store, id.client)) return undefined
  const structs = doc.store.clients.get(id.client)
  return structs?.[Y.findIndexSS(structs, id.clock)]
}

/** A partly known struct must be the one that is known, only longer: text typed on, or a value set again. */
function continues(doc: Y.Doc, item: Y.Item, offset: number, spot: Spot): boolean {
  const last = Y.createID(item.id.client, item.id.clock + offset - 1)
  const known = structAt(doc, last)
  if (!(known instanceof Y.Item) || known.content.constructor !== item.content.constructor) return false
  const place = spotOf(doc, new PlacedItems(), last)
  return (
    (item.content instanceof Y.ContentString || item.content instanceof Y.ContentAny) &&
    place !== null &&
    place.container.type === spot.container.type &&
    place.key === spot.key
  )
}

function isTaken(
  doc: Y.Doc,
  taken: ReadonlyMap<SharedType | string, ReadonlySet<string>>,
  type: SharedType | string,
  key: string,
): boolean {
  if (taken.get(type)?.has(key) === true) return true
  const stored = typeof type === 'string' ? doc.share.get(type) : type
  return stored?._map.has(key) === true
}

function allowsInline(place: Place, content: Y.Item['content']): boolean {
  if (content instanceof Y.ContentString) return place === 'title' || place === 'body'
  if (place !== 'body') return false
  if (content instanceof Y.ContentFormat) return allowsFormat(content.key, content.value)
  return content instanceof Y.ContentEmbed && allowsEmbed(content.embed)
}

function setOf<K>(map: Map<K, Set<string>>, key: K): Set<string> {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = new Set<string>()
  map.set(key, made)
  return made
}

function refuse(reason: Refusal, detail: string): Extract<Placement, { kind: 'refuse' }> {
  return { kind: 'refuse', reason, detail }
}
