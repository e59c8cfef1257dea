import { expect, test } from 'vitest'
import { agendaLines, type MeetingFields, meetingProblems } from './meetingFields.ts'

const fields: MeetingFields = {
  title: 'Rådet',
  meeting: '',
  date: '2023-11-06',
  startsAt: '09:00',
  endsAt: '16:00',
  place: '',
  agenda: '',
  withAttendance: true,
}

test.each([
  ['1. Öppnande\n2. Nästa möte', ['Öppnande', 'Nästa möte']],
  ['§ 12 Val av justerare\n\n  • Övrigt  ', ['Val av justerare', 'Övrigt']],
  ['1 Öppnande\n10 procent mer\n3 Val', ['Öppnande', '10 procent mer', 'Val']],
  ['2024 års budget', ['2024 års budget']],
  ['', []],
])('[UI9] an agenda pasted with numbers and bullets keeps its words: %j', (agenda, lines) => {
  expect(agendaLines(agenda)).toEqual(lines)
})

test('[UI9] a meeting needs a title and a day, and ends after it starts', () => {
  expect(meetingProblems(fields)).toEqual({})
  expect(meetingProblems({ ...fields, title: '  ', date: '2023-02-30', endsAt: '08:00' })).toEqual({
    title: 'titleMissing',
    date: 'dateMissing',
    endsAt: 'endsBefore',
  })
})
