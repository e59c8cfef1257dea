import { describe, expect, test } from 'vitest'
import type { Agency } from '../store/councilStore.ts'
import type { AgencyId } from '../store/updateLog.ts'
import { matchAgency } from './matchAgency.ts'

const AGENCIES: readonly Agency[] = [
  ['SoS', 'Socialstyrelsen'],
  ['Löf', 'Löf'],
  ['SHK', 'Statens haverikommission'],
  ['NSG', 'NSG patientsäkerhet'],
  ['Stad', 'Region Stad'],
  ['Land', 'Region Stad och Land'],
].map(([shortName = '', name = ''], index) => ({ id: shortName as AgencyId, name, shortName, seat: index + 1 }))

describe('matching agencies', () => {
  test.each([
    ['socialstyrelsen', '', 'SoS'],
    ['SoS', '', 'SoS'],
    ['Statens  Haverikommission', '', 'SHK'],
    ['Haverikommissionen', 'SHK', 'SHK'],
    ['Nationell samverkansgrupp', 'NSG patientsäkerhet', 'NSG'],
    ['Löf regionernas ömsesidiga försäkringsbolag', '', 'Löf'],
    ['Region Stad', '', 'Stad'],
    ['Region Stad och Land', '', 'Land'],
    ['Region Stad och Land i väst', '', null],
    ['Löfbergs', '', null],
    ['', '', null],
  ])('[ME11] "%s" (%s) means %s; where there is doubt, nobody', (name, shortForm, expected) => {
    expect(matchAgency(name, shortForm, AGENCIES)?.id ?? null).toBe(expected)
  })
})
