import * as Y from 'yjs'

/** A struct with something new in it; its first `offset` clocks are known already. */
export type FreshItem = { readonly item: Y.Item; readonly offset: number }

/** One client's new structs, and how many of them are in the order already. */
type Queue = { readonly run: readonly FreshItem[]; next: number }

/** A queue that is worked off until its client's clock is past `wanted`; the first one to its end. */
type Task = { readonly client: number; readonly queue: Queue; readonly wanted: number }

/**
 * The order in which Yjs can integrate new structs, each after everything it refers to.
 * Pure; the document is only asked for its clocks. Cost: linear in the structs, however they refer to each other.
 * @param runs per client, in clock order and without gaps
 * @returns 'gap' when something referred to is in neither the document nor the update, or structs wait for each other;
 *   'self-reference' when a struct refers to its own client's future (Yjs throws on those)
 */
export function findIntegrationOrder(
  doc: Y.Doc,
  runs: ReadonlyMap<number, readonly FreshItem[]>,
): readonly FreshItem[] | 'gap' | 'self-reference' {
  const clocks = new Map<number, number>()
  const clockOf = (client: number): number => clocks.get(client) ?? Y.getState(doc.store, client)
  const queues = new Map([...runs].map(([client, run]): [number, Queue] => [client, { run, next: 0 }]))
  const order: FreshItem[] = []
  for (const [first, queue] of queues) {
    const tasks: Task[] = [{ client: first, queue, wanted: Number.POSITIVE_INFINITY }]
    const begun = new Set([first])
    for (let task = tasks.at(-1); task !== undefined; task = tasks.at(-1)) {
      const { client } = task
      const fresh = clockOf(client) > task.wanted ? undefined : task.queue.run[task.queue.next]
      if (fresh === undefined) {
        tasks.pop()
        begun.delete(client)
        continue
      }
      const missing = missingReference(fresh.item, clockOf)
      if (missing === null) {
        order.push(fresh)
        clocks.set(client, fresh.item.id.clock + fresh.item.length)
        task.queue.next++
        continue
      }
      if (missing.client === client) return 'self-reference'
      const needed = queues.get(missing.client)
      if (needed === undefined || needed.next >= needed.run.length || begun.has(missing.client)) return 'gap'
      tasks.push({ client: missing.client, queue: needed, wanted: missing.clock })
      begun.add(missing.client)
    }
  }
  return order
}

function missingReference(
  { id, origin, rightOrigin, parent }: Y.Item,
  clockOf: (client: number) => number,
): Y.ID | null {
  const isMissing = (to: Y.ID): boolean => to.clock >= (to.client === id.client ? id.clock : clockOf(to.client))
  if (origin !== null && isMissing(origin)) return origin
  if (rightOrigin !== null && isMissing(rightOrigin)) return rightOrigin
  return parent instanceof Y.ID && isMissing(parent) ? parent : null
}
