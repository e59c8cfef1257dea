import { createMinutesDoc } from '@justera/minutes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { type FreshItem, findIntegrationOrder } from './integrationOrder.ts'
import { type ForgedRun, forge, type Id, string } from './testing/forge.ts'

/** New structs as the gate hands them over; those without an origin stand in a root text. */
function order(runs: readonly { client: number; origins: readonly (Id | null)[] }[]): readonly string[] | string {
  const forged = runs.map(
    ({ client, origins }): ForgedRun => ({
      client,
      clock: 0,
      structs: origins.map((origin) =>
        origin === null ? { content: string('x'), parent: 'r' } : { content: string('x'), origin },
      ),
    }),
  )
  const items = new Map<number, FreshItem[]>(runs.map(({ client }) => [client, []]))
  for (const item of Y.decodeUpdate(forge(forged)).structs) {
    if (item instanceof Y.Item) items.get(item.id.client)?.push({ item, offset: 0 })
  }
  const found = findIntegrationOrder(createMinutesDoc(), items)
  return typeof found === 'string' ? found : found.map(({ item: { id } }) => `${id.client}:${id.clock}`)
}

describe('[GT5] the order in which structs can be integrated', () => {
  test('two clients that answer each other are taken in turn', () => {
    const answers = [
      { client: 1, origins: [null, [2, 0], [2, 1]] as const },
      {
        client: 2,
        origins: [
          [1, 0],
          [1, 1],
        ] as const,
      },
    ]
    expect(order(answers)).toEqual(['1:0', '2:0', '1:1', '2:1', '1:2'])
    expect(order(answers.toReversed())).toEqual(['1:0', '2:0', '1:1', '2:1', '1:2'])
  })

  test.each([
    ['something that is nowhere', [{ client: 1, origins: [[9, 0]] as const }], 'gap'],
    [
      'more than the update holds of a client',
      [
        { client: 1, origins: [[2, 1]] as const },
        { client: 2, origins: [null] },
      ],
      'gap',
    ],
    [
      'each other',
      [
        { client: 1, origins: [[2, 0]] as const },
        { client: 2, origins: [[1, 0]] as const },
      ],
      'gap',
    ],
    [
      'each other in a ring of three, after a good start',
      [
        { client: 1, origins: [null, [2, 0]] as const },
        { client: 2, origins: [[3, 0]] as const },
        { client: 3, origins: [[1, 1]] as const },
      ],
      'gap',
    ],
    ['their own future', [{ client: 1, origins: [[1, 1], null] as const }], 'self-reference'],
  ])('structs that wait for %s have none', (_, runs, outcome) => {
    expect(order(runs)).toBe(outcome)
  })

  test('64 clients in a ring, listed backwards, take one step a struct', () => {
    const clients = 64
    const rounds = 300
    const ring = Array.from({ length: clients }, (_, c) => ({
      client: c + 1,
      origins: Array.from({ length: rounds }, (__, n): Id | null =>
        c > 0 ? [c, n] : n === 0 ? null : [clients, n - 1],
      ),
    })).reverse()
    const found = order(ring)
    expect(found).toHaveLength(clients * rounds)
    expect(found.slice(0, 3)).toEqual(['1:0', '2:0', '3:0'])
  })
})
