import { seeded } from '@justera/minutes/testing'
import { ACTIONS, type Move, type SimulationOptions } from './simulation.ts'

/** The script of a seed: up to 30 moves, or up to 80 for every tenth seed. */
export function randomMoves(seed: number): readonly Move[] {
  const random = seeded(seed)
  const whole = (limit: number): number => Math.floor(random() * limit)
  const length = 5 + whole(seed % 10 === 0 ? 76 : 26)
  return Array.from({ length }, () => ({
    action: ACTIONS[whole(ACTIONS.length)] ?? 'type',
    who: whole(5),
    item: whole(2),
    from: whole(200),
    to: whole(200),
    pick: whole(100),
  }))
}

/** The start of a seed: its bodies (empty, with markers, with emoji) and its client ids in a random order. */
export function randomSetting(seed: number): Omit<SimulationOptions, 'open'> {
  const random = seeded(seed ^ 0x5bd1e995)
  const bodies = [
    null,
    ['Första punkten', 'Andra 👩‍👩‍👧'],
    ['', ''],
    ['Ett enda stycke'],
    ['a', 'b', 'c', 'd'],
  ] as const
  const body = (): readonly string[] | null => bodies[Math.floor(random() * bodies.length)] ?? null
  const clientIds = Array.from({ length: 5 }, (_, n) => 100 + n)
  for (let n = clientIds.length - 1; n > 0; n--) {
    const other = Math.floor(random() * (n + 1))
    const swapped = [clientIds[n], clientIds[other]] as [number, number]
    clientIds[other] = swapped[0]
    clientIds[n] = swapped[1]
  }
  return { replicas: 5, bodies: [body(), body()], clientIds }
}
