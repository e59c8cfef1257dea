import * as Y from 'yjs'

/** One value under a map key, one clock long. */
type Value = {
  readonly client: number
  readonly clock: number
  readonly origin: Value | null
  /** the struct of the document that holds it; `null` for a new one */
  readonly stored: Y.Item | null
  next: Value | null
}

/**
 * The value that stands under a map key once new ones are integrated: the last in the order that Yjs gives
 * values written at the same time (YATA; map values have no right origin). Pure.
 * @param stored what stands under the key now
 * @param fresh  new structs under the key, each after what it builds on
 */
export function lastValue(stored: Y.Item | undefined, fresh: readonly Y.Item[]): Value | null {
  const values = new Map<string, Value>()
  const first: { next: Value | null } = { next: null }
  let end = first
  for (const item of fromFirst(stored)) end = appendStored(end, values, item)
  for (const item of fresh) {
    for (let n = 0; n < item.length; n++) {
      const before = n === 0 ? item.origin : Y.createID(item.id.client, item.id.clock + n - 1)
      const origin = before === null ? null : (values.get(nameOf(before)) ?? null)
      insert(first, values, item.id.client, item.id.clock + n, origin)
    }
  }
  let last = first.next
  while (last?.next != null) last = last.next
  return last
}

function fromFirst(last: Y.Item | undefined): readonly Y.Item[] {
  const items: Y.Item[] = []
  for (let item = last ?? null; item !== null; item = item.left) items.push(item)
  return items.reverse()
}

/** @returns the new end of the list */
function appendStored(end: { next: Value | null }, values: Map<string, Value>, item: Y.Item): { next: Value | null } {
  let last = end
  for (let n = 0; n < item.length; n++) {
    const before = n === 0 ? item.origin : Y.createID(item.id.client, item.id.clock + n - 1)
    const origin = before === null ? null : (values.get(nameOf(before)) ?? null)
    const value: Value = { client: item.id.client, clock: item.id.clock + n, origin, stored: item, next: null }
    last.next = value
    last = value
    values.set(nameOf(value), value)
  }
  return last
}

function insert(
  first: { next: Value | null },
  values: Map<string, Value>,
  client: number,
  clock: number,
  origin: Value | null,
): void {
  let left: { next: Value | null } = origin ?? first
  const beforeOrigin = new Set<Value>()
  const conflicting = new Set<Value>()
  for (let other = left.next; other !== null; other = other.next) {
    beforeOrigin.add(other)
    conflicting.add(other)
    if (other.origin === origin) {
      if (other.client >= client) break
      left = other
      conflicting.clear()
    } else if (other.origin !== null && beforeOrigin.has(other.origin)) {
      if (conflicting.has(other.origin)) continue
      left = other
      conflicting.clear()
    } else break
  }
  const value: Value = { client, clock, origin, stored: null, next: left.next }
  left.next = value
  values.set(nameOf(value), value)
}

function nameOf({ client, clock }: { readonly client: number; readonly clock: number }): string {
  return `${client}:${clock}`
}
