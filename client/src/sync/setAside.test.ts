import { addItem, createMinutesDoc, readMinutes, setHeaderField, writeMinutes } from '@justera/minutes'
import { expect, test } from 'vitest'
import { passagesNotIn, setAsideText } from './setAside.ts'

test('[CS9] set-aside text names what only this page holds, by number and title', () => {
  const shared = createMinutesDoc()
  writeMinutes(shared, {
    header: { subject: 'Rådet' },
    attendance: [],
    items: [{ title: 'Avslutning', presenters: [], blocks: [{ content: 'Gemensamt' }] }],
  })
  const mine = createMinutesDoc()
  writeMinutes(mine, {
    header: { subject: 'Rådet' },
    attendance: [],
    items: [{ title: 'Avslutning', presenters: [], blocks: [{ content: 'Gemensamt' }, { content: 'Mitt stycke' }] }],
  })
  setHeaderField(mine, 'place', 'Stockholm')
  addItem(mine, { title: '', presenters: [], blocks: [{ content: 'I ett nytt ärende' }] })
  const passages = passagesNotIn(readMinutes(shared), readMinutes(mine))
  const text = setAsideText({ reason: 'phase', passages })
  expect(text).toContain('1. Avslutning\nMitt stycke')
  expect(text).toContain('I ett nytt ärende')
  expect(text).toContain('Stockholm')
  expect(text).not.toContain('Gemensamt')
  expect(passagesNotIn(readMinutes(mine), readMinutes(mine))).toEqual([])
})
