import { expect, test } from 'vitest'
import { mailLink, reportText } from './reportText.ts'

test('[UI14] the report carries the words unchanged, and nothing that was not shown', () => {
  const body = reportText(' Menyn & "listan" öppnas inte ', [{ label: 'Sida', value: '/people' }])
  expect(body).toBe('Menyn & "listan" öppnas inte\n\nSida: /people')
  const link = new URL(mailLink('Ämne?', body))
  expect(new URLSearchParams(link.search).get('body')).toBe(body.replaceAll('\n', '\r\n'))
})
