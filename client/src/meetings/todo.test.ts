import type { MeetingSummary } from '@justera/protocol'
import { expect, test } from 'vitest'
import { localDay, todosOf } from './todo.ts'

const base: MeetingSummary = {
  id: 'a',
  title: 'Rådet',
  meeting: '',
  date: '2023-06-07',
  phase: 'planned',
  role: 'secretary',
  items: 3,
  newChanges: 0,
  here: [],
}

test('[UI8] a planned meeting whose day has come waits for its secretary, oldest first', () => {
  const later = { ...base, id: 'b', date: '2023-06-08' }
  const meetings = [later, base, { ...base, id: 'c', date: '2023-06-09' }]
  expect(todosOf(meetings, '2023-06-08').map(({ meeting }) => meeting.id)).toEqual(['a', 'b'])
})

test('[UI8] nothing is invented: other phases, other roles and meetings without a date wait for nobody', () => {
  const meetings = [
    { ...base, phase: 'drafting' as const },
    { ...base, role: 'participant' as const },
    { ...base, date: '' },
  ]
  expect(todosOf(meetings, '2099-01-01')).toEqual([])
})

test('the day is the one on the wall, not the one in Greenwich', () => {
  expect(localDay(new Date(2024, 0, 5, 0, 30))).toBe('2024-01-05')
})
