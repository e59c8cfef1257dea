import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'

/** Anything kept in a map and sorted by a fractional index. */
export type Ordered = { readonly id: string; readonly order: string }

/** The one order everybody computes: by key, ties (two people inserted at one spot) by id. */
export function compareOrder(a: Ordered, b: Ordered): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** `count` rising keys for a fresh list. */
export function initialOrder(count: number): readonly string[] {
  return generateNKeysBetween(null, null, count)
}

/**
 * The keys to set so that `id` comes to stand at `index` among the others.
 * Normally one key. Where neighbours share a key, or one is malformed, there is no room between them:
 * then the whole list is numbered afresh, and only the keys that differ are returned.
 * @param others the list without `id`, sorted by {@link compareOrder}
 * @param index  0 … others.length; values outside are clamped
 */
export function placeAt(others: readonly Ordered[], id: string, index: number): readonly Ordered[] {
  const at = Math.min(Math.max(index, 0), others.length)
  try {
    return [{ id, order: generateKeyBetween(others[at - 1]?.order ?? null, others[at]?.order ?? null) }]
  } catch {
    const sequence = [...others.slice(0, at), { id, order: '' }, ...others.slice(at)]
    const keys = initialOrder(sequence.length)
    return sequence
      .map((entry, n) => ({ id: entry.id, order: keys[n] as string }))
      .filter((entry, n) => entry.order !== sequence[n]?.order)
  }
}
