import * as Y from 'yjs'

export type DeleteSet = ReturnType<typeof Y.decodeUpdate>['ds']

/** One stretch of deleted clocks: `from` inclusive, `to` exclusive. */
export type ClockRange = { readonly from: number; readonly to: number }

/** Ranges of one client in rising order, without overlap. Linear when already so. */
export function normalRanges(
  ranges: readonly { readonly clock: number; readonly len: number }[],
): readonly ClockRange[] {
  const sorted = isRising(ranges) ? ranges : [...ranges].sort((a, b) => a.clock - b.clock)
  const merged: { from: number; to: number }[] = []
  for (const { clock, len } of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && clock <= last.to) last.to = Math.max(last.to, clock + len)
    else merged.push({ from: clock, to: clock + len })
  }
  return merged
}

/** Ranges without a clock in them: Yjs never writes one, and trips over them. */
export function hasEmptyRange(ds: DeleteSet): boolean {
  for (const ranges of ds.clients.values()) if (ranges.some(({ len }) => len < 1)) return true
  return false
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

function isRising(ranges: readonly { readonly clock: number }[]): boolean {
  for (let i = 1; i < ranges.length; i++) {
    if ((ranges[i]?.clock ?? 0) < (ranges[i - 1]?.clock ?? 0)) return false
  }
  return true
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
