import { expect, test } from 'vitest'
import { seatColour } from './AgencyMark.tsx'

test.each([
  [1, 1],
  [18, 18],
  [19, 1],
  [36, 18],
  [37, 1],
])('[UI1] seat %i has colour %i: seat 19 starts over', (seat, colour) => {
  expect(seatColour(seat)).toBe(colour)
})
