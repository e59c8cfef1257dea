import { expect, test } from 'vitest'
import { dayOf, formatDate, formatDayAndMonth, formatTime, formatWeekday } from './format.ts'

test('[UI7] dates and times are written as each language writes them', () => {
  expect(formatDate('2023-06-07', 'sv')).toBe('7 juni 2023')
  expect(formatDate('2023-06-07', 'en')).toBe('7 June 2023')
  expect(formatDayAndMonth('2023-11-06', 'sv')).toEqual({ day: '6', month: 'nov 2023' })
  expect(formatWeekday('2023-06-07', 'sv')).toBe('onsdag 7 juni 2023')
  expect(formatTime('09:00', 'sv')).toBe('09.00')
  expect(formatTime('09:00', 'en')).toBe('09:00')
})

test('[UI7] what is no date is shown as it stands', () => {
  expect(formatDate('våren 2023', 'sv')).toBe('våren 2023')
  expect(dayOf('2023-02-30')).toBeUndefined()
  expect(formatDayAndMonth('', 'sv')).toBeUndefined()
})
