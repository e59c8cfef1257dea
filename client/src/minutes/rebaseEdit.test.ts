import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type LineEdit, lineEdit, mapCaret, rebaseLineEdit } from './rebaseEdit.ts'

const apply = (text: string, { index, removed, inserted }: LineEdit): string =>
  text.slice(0, index) + inserted + text.slice(index + removed)

describe('title edits', () => {
  test('[MP20] the smallest single change turns one line into the other and cuts no surrogate pair', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'å', '😀', '😁'), maxLength: 12 })
    fc.assert(
      fc.property(line, line, (before, after) => {
        const edit = lineEdit(before, after)
        expect(edit === null ? before : apply(before, edit)).toBe(after)
        if (edit !== null) {
          expect(edit.inserted.isWellFormed()).toBe(true)
          expect(before.slice(edit.index, edit.index + edit.removed).isWellFormed()).toBe(true)
        }
      }),
      { seed: 20230607, numRuns: 500 },
    )
  })

  test.each([
    ['Avslutning', 'Avslutning nu', 'Ny Avslutning', 'Ny Avslutning nu'],
    ['Avslutning', 'Avslutnin', 'Avslutning!', 'Avslutnin!'],
    ['abc', 'abXc', 'abYc', 'abXYc'],
    ['abc', 'aXc', 'aYc', 'aXYc'],
    ['abc', '', 'abc!', '!'],
    ['', 'A', 'B', 'AB'],
  ])('[MP21] from %j, mine %j and theirs %j give %j', (base, mine, theirs, both) => {
    const edit = lineEdit(base, mine) as LineEdit
    expect(apply(theirs, rebaseLineEdit(edit, base, theirs))).toBe(both)
  })

  test('[MP21] over random edits, what both typed is there once', () => {
    fc.assert(
      fc.property(fc.nat(6), fc.nat(6), fc.nat(3), fc.nat(3), (a, b, cutA, cutB) => {
        const base = 'abcdef'
        const mine = apply(base, { index: a, removed: Math.min(cutA, 6 - a), inserted: 'X' })
        const theirs = apply(base, { index: b, removed: Math.min(cutB, 6 - b), inserted: 'Y' })
        const both = apply(theirs, rebaseLineEdit(lineEdit(base, mine) as LineEdit, base, theirs))
        expect(both.split('X').length - 1).toBe(1)
        expect(both.split('Y').length - 1).toBe(1)
      }),
      { seed: 20230607, numRuns: 500 },
    )
  })

  test('[MP22] a caret stays left of what a colleague types at it', () => {
    expect(mapCaret(3, 'abc', 'abcX')).toBe(3)
    expect(mapCaret(3, 'abc', 'Xabc')).toBe(4)
    expect(mapCaret(2, 'abcd', 'ad')).toBe(1)
  })
})
