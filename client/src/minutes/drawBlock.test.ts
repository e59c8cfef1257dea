import { DEFAULT_BLOCK } from '@justera/minutes'
import { expect, test } from 'vitest'
import './catalog.ts'
import i18next from 'i18next'
import { createWording } from './drawBlock.ts'

const agencies = [{ id: 'sos', name: 'Socialstyrelsen', shortName: 'SoS', seat: 19 }]
const word = createWording(i18next.getFixedT('sv', 'minutes'), 'sv', agencies)
const facts = (change: Partial<typeof DEFAULT_BLOCK>) =>
  word({ ...DEFAULT_BLOCK, ...change }).facts.map(({ text, missing }) => (missing ? `(${text})` : text))

test('[MP31] outcome blocks say what they are, what they hold and what is missing', () => {
  expect(word({ ...DEFAULT_BLOCK, kind: 'decision' })).toMatchObject({ label: 'Beslut', facts: [] })
  expect(word(DEFAULT_BLOCK)).toMatchObject({ label: null, facts: [] })
  expect(facts({ kind: 'action' })).toEqual(['(Ange ansvarig)', '(Ange datum)'])
  expect(facts({ kind: 'action', responsible: 'Socialstyrelsen', due: '2023-09-08' })).toEqual([
    'Socialstyrelsen ansvarar',
    'Klart senast 8 september 2023',
  ])
  expect(facts({ kind: 'tabled', due: '2023-11-06' })).toEqual(['Återkommer 6 november 2023'])
  expect(word({ ...DEFAULT_BLOCK, kind: 'dissent', party: 'Löf' }).label).toBe('Avvikande mening, Löf')
  expect(facts({ kind: 'dissent', party: 'Löf' })).toEqual(['(Ändra part)'])
})

test('[MP31] a responsible agency has its plate, whether it was chosen or written', () => {
  const plate = (responsible: string, responsibleId: string) =>
    word({ ...DEFAULT_BLOCK, kind: 'action', responsible, responsibleId }).facts[0]?.agency
  expect(plate('Socialstyrelsen', '')).toEqual({ shortName: 'SoS', seat: 1 })
  expect(plate('SoS kansli', 'sos')).toEqual({ shortName: 'SoS', seat: 1 })
  expect(plate('Alla', '')).toBeUndefined()
})

test('[MP31] a date that is set has its calendar; one that is asked for has not', () => {
  const icons = (due: string) => word({ ...DEFAULT_BLOCK, kind: 'action', due }).facts.map(({ icon }) => icon)
  expect(icons('2023-09-08')).toEqual([undefined, 'calendar'])
  expect(icons('')).toEqual([undefined, undefined])
})
