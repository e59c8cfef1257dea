import { BLOCK_KINDS } from '@justera/minutes'
import { expect, test } from 'vitest'
import { KINDS, kindOfKey, kindShortcut, kindsFor } from './blockKinds.ts'

const press = (change: Partial<Parameters<typeof kindOfKey>[0]>) =>
  kindOfKey({ code: 'Digit2', ctrlKey: true, metaKey: false, shiftKey: true, altKey: false, ...change })

test('[MP24] Ctrl+Shift+digit asks for a kind by the key’s position, never with AltGr', () => {
  expect(press({})).toBe('decision')
  expect(press({ ctrlKey: false, metaKey: true })).toBe('decision')
  expect(press({ code: 'Numpad9' })).toBe('paragraph')
  expect(press({ altKey: true })).toBeNull()
  expect(press({ getModifierState: (key) => key === 'AltGraph' })).toBeNull()
  expect(press({ shiftKey: false })).toBeNull()
  expect(press({ code: 'KeyQ' })).toBeNull()
})

test('[MP24] every kind has a key of its own', () => {
  expect([...KINDS].sort()).toEqual([...BLOCK_KINDS].sort())
  expect(new Set(KINDS.map(kindShortcut)).size).toBe(9)
})

test('[MP25] the slash menu finds kinds in both languages', () => {
  expect(kindsFor('')).toEqual(KINDS)
  expect(kindsFor('bes')).toEqual(['decision'])
  expect(kindsFor('Dec')).toEqual(['decision'])
  expect(kindsFor('åt')).toEqual(['action'])
  expect(kindsFor('avv')).toEqual(['dissent'])
  expect(kindsFor('xyz')).toEqual([])
})
