import { createMinutesDoc } from '@justera/minutes'
import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import { agenciesHere, followPresence, readPresence } from './presence.ts'

const user = (name: string, shortName: string, seat: number) => ({
  person: name,
  name,
  agency: { id: shortName, name: shortName, shortName, seat },
})

function arrive(here: Awareness, state: Record<string, unknown>): Awareness {
  const other = new Awareness(createMinutesDoc())
  other.setLocalState(state)
  applyAwarenessUpdate(here, encodeAwarenessUpdate(other, [other.clientID]), 'server')
  return other
}

test('[CS10] presence shows whom the server named, by seat, and is silent about carets', () => {
  const here = new Awareness(createMinutesDoc())
  const presence = followPresence(here)
  arrive(here, { item: 'a' }) // not named by the server: not shown
  const ivo = arrive(here, { user: user('Daniel', 'IVO', 4), item: 'a', head: 1 })
  arrive(here, { user: user('Agneta', 'SoS', 1), item: null })
  const before = presence.getSnapshot()
  expect(before.map(({ user: { agency }, item }) => [agency.shortName, item])).toEqual([
    ['SoS', null],
    ['IVO', 'a'],
  ])
  expect(agenciesHere(before).map(({ agency, names }) => [agency.shortName, names])).toEqual([
    ['SoS', ['Agneta']],
    ['IVO', ['Daniel']],
  ])
  ivo.setLocalState({ user: user('Daniel', 'IVO', 4), item: 'a', head: 2 })
  applyAwarenessUpdate(here, encodeAwarenessUpdate(ivo, [ivo.clientID]), 'server')
  expect(presence.getSnapshot()).toBe(before)
  ivo.setLocalState({ user: user('Daniel', 'IVO', 4), item: 'b', head: 2 })
  applyAwarenessUpdate(here, encodeAwarenessUpdate(ivo, [ivo.clientID]), 'server')
  expect(presence.getSnapshot()).not.toBe(before)
  presence.close()
  expect(readPresence(1, { user: { name: 1 } })).toBeNull()
})
