import * as Y from 'yjs'

/** A struct with something new in it; its first `offset` clocks are known already. */
export type FreshItem = { readonly item: Y.Item; readonly offset: number }

/**
 * The order in which Yjs can integrate new structs, each after everything it refers to.
 * Pure; the document is only asked for its clocks.
 * @param runs per client, in clock order and without gaps
 * @returns 'gap' when something referred to is in neither the document nor the update;
 *   'self-reference' when a struct refers to its own client's future (Yjs throws on those)
 */
export function findIntegrationOrder(
  doc: Y.Doc,
  runs: ReadonlyMap<number, readonly FreshItem[]>,
): readonly FreshItem[] | 'gap' | 'self-reference' {
  const clocks = new Map<number, number>()
  const clockOf = (client: number): number => clocks.get(client) ?? Y.getState(doc.store, client)
  const order: FreshItem[] = []
  let waiting = [...runs].map(([client, run]) => ({ client, run, next: 0 }))
  while (waiting.length > 0) {
    const before = order.length
    for (const queue of waiting) {
      for (let fresh = queue.run[queue.next]; fresh !== undefined; fresh = queue.run[queue.next]) {
        const { item } = fresh
        const missing = references(item).find((id) =>
          id.client === item.id.client ? id.clock >= item.id.clock : id.clock >= clockOf(id.client),
        )
        if (missing !== undefined) {
          if (missing.client === item.id.client) return 'self-reference'
          break
        }
        order.push(fresh)
        clocks.set(queue.client, item.id.clock + item.length)
        queue.next++
      }
    }
    if (order.length === before) return 'gap'
    waiting = waiting.filter((queue) => queue.next < queue.run.length)
  }
  return order
}

function references(item: Y.Item): readonly Y.ID[] {
  const ids: Y.ID[] = []
  if (item.origin !== null) ids.push(item.origin)
  if (item.rightOrigin !== null) ids.push(item.rightOrigin)
  if (item.parent instanceof Y.ID) ids.push(item.parent)
  return ids
}
