import * as Y from 'yjs'

export type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds']

/** One stretch of deleted clocks: `from` inclusive, `to` exclusive. */
export type ClockRange = { readonly from: number; readonly to: number }

/** Ranges as stretches; in rising order and without overlap if {@link isOrdered} said so. */
export function rangesOf(ranges: readonly { readonly clock: number; readonly len: number }[]): readonly ClockRange[] {
  return ranges.map(({ clock, len }) => ({ from: clock, to: clock + len }))
}

/** Whether ranges rise without overlap and hold a clock each, as Yjs writes them; it trips over empty ones. */
export function isOrdered(ds: DeleteSet): boolean {
  for (const ranges of ds.clients.values()) {
    let end = 0
    for (const { clock, len } of ranges) {
      if (clock < end || len < 1) return false
      end = clock + len
    }
  }
  return true
}

/** Whether a clock lies in one of these normal ranges. Cost: one binary search. */
export function covers(ranges: readonly ClockRange[], clock: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined) return false
    if (clock < range.from) high = middle - 1
    else if (clock >= range.to) low = middle + 1
    else return true
  }
  return false
}

/**
 * Calls `visit` for each item of a document that the ranges touch and that is not deleted yet.
 * Reads only; ranges past the last known clock touch nothing. Cost: one binary search a range, then linear.
 */
export function visitLiveItems(
  doc: Y.Doc,
  client: number,
  ranges: readonly ClockRange[],
  visit: (item: Y.Item) => void,
): void {
  const structs = doc.store.clients.get(client)
  const last = structs?.at(-1)
  if (structs === undefined || last === undefined) return
  const end = last.id.clock + last.length
  for (const { from, to } of ranges) {
    if (from >= end) return
    for (let i = Y.findIndexSS(structs, from); i < structs.length; i++) {
      const struct = structs[i]
      if (struct === undefined || struct.id.clock >= to) break
      if (struct instanceof Y.Item && !struct.deleted) visit(struct)
    }
  }
}
