import { expect, test } from 'vitest'
import { findInSource } from './sourceMatch.ts'

const source = '1\tÖppnande\tpati-\nentsäkerhet (5 %)\n2\tÖppnande'

test.each([
  ['pati- entsäkerhet', { from: 11, to: 28 }],
  ['(5 %)', { from: 29, to: 34 }],
  ['Öppnande…', { from: 2, to: 10 }],
])('[UI12] a quote is found whatever its blanks: %j', (quote, span) => {
  expect(findInSource(source, quote)).toEqual(span)
})

test('[UI12] the search begins where it is told and starts over at the end', () => {
  expect(findInSource(source, 'Öppnande', 11)?.from).toBe(37)
  expect(findInSource(source, '(5 %)', 35)?.from).toBe(29)
})

test('[UI12] nothing is found for nothing', () => {
  expect(findInSource(source, ' … ')).toBeUndefined()
  expect(findInSource(source, 'saknas')).toBeUndefined()
})
