import type { Attendee, AttendeeId } from '@justera/minutes'
import { expect, test } from 'vitest'
import { groupAttendance, initialsOf } from './attendanceGroups.ts'

const attendee = (name: string, agency: string, agencyId = ''): Attendee => ({
  id: name as AttendeeId,
  order: name,
  name,
  agency,
  agencyId,
  personId: '',
  status: 'present',
  presentFrom: '',
  presentUntil: '',
  note: '',
})
const agencies = [
  { id: 'sos', name: 'Socialstyrelsen', shortName: 'SoS', seat: 1 },
  { id: 'lof', name: 'Löf', shortName: 'Löf', seat: 5 },
]

test('[MP29] people stand under their body, found by seat or by name, in the order of its first person', () => {
  const groups = groupAttendance(
    [
      attendee('A', 'Löf regionernas ömsesidiga försäkringsbolag', 'lof'),
      attendee('B', 'Socialstyrelsen'),
      attendee('C', 'Löf', ''),
      attendee('D', 'Patientföreningen Väst'),
      attendee('E', 'patientföreningen väst'),
    ],
    agencies,
  )
  expect(
    groups.map(({ agency, people }) => [agency?.shortName ?? null, people.map(({ name }) => name).join('')]),
  ).toEqual([
    ['Löf', 'AC'],
    ['SoS', 'B'],
    [null, 'DE'],
  ])
  expect(groups[0]?.name).toBe('Löf regionernas ömsesidiga försäkringsbolag')
})

test('[MP29] a body without a seat gets initials', () => {
  expect(initialsOf('Patientföreningen Väst')).toBe('PV')
  expect(initialsOf('Forte')).toBe('For')
})
