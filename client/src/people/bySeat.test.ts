import { expect, test } from 'vitest'
import { bySeat } from './bySeat.ts'

const agencies = [
  { id: 'lof', name: 'Löf', shortName: 'Löf', seat: 5 },
  { id: 'sos', name: 'Socialstyrelsen', shortName: 'SoS', seat: 1 },
  { id: 'av', name: 'Arbetsmiljöverket', shortName: 'AV', seat: 2 },
]
const people = [
  { name: 'Örjan', agencyId: 'sos' },
  { name: 'Zara', agencyId: 'sos' },
  { name: 'Anna', agencyId: 'lof' },
]

test('[UI13] people stand under their agency by seat and by name in Swedish order', () => {
  const names = bySeat(agencies, people, false).map(({ agency, people: own }) => [
    agency.seat,
    ...own.map(({ name }) => name),
  ])
  expect(names).toEqual([
    [1, 'Zara', 'Örjan'],
    [5, 'Anna'],
  ])
})

test('[UI13] an agency without people keeps its seat in the full list', () => {
  expect(bySeat(agencies, people, true).map(({ agency }) => agency.id)).toEqual(['sos', 'av', 'lof'])
})
