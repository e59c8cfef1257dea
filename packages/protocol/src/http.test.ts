import { describe, expect, test } from 'vitest'
import { EmailAddress, Invitation, MinutesBody, NewAgency, NewMeeting, PersonChange, PhaseChange } from './index.ts'

describe('HTTP types', () => {
  test.each([
    ['a@b.example', true],
    ['å@b.example', false],
    ['a@b', false],
    ['a b@c.example', false],
    ['<a@b.example>', false],
    [`${'a'.repeat(250)}@b.example`, false],
    ['a@b.example\r\nBcc: c@d.example', false],
  ])('[HT15] an e-mail address is one plain address: %s', (address, good) => {
    expect(EmailAddress.safeParse(address).success).toBe(good)
  })

  test('[HT15] ids are short and URL-safe wherever a request names something', () => {
    const invitation = { email: 'a@b.example', name: 'A', agencyId: 'seat-1', role: 'chair' }
    expect(Invitation.safeParse(invitation).success).toBe(true)
    for (const agencyId of ['', '../x', 'a b', 'x'.repeat(65), 'å']) {
      expect(Invitation.safeParse({ ...invitation, agencyId }).success).toBe(false)
    }
    expect(Invitation.safeParse({ ...invitation, role: 'admin' }).success).toBe(false)
    expect(Invitation.safeParse({ ...invitation, name: '' }).success).toBe(false)
  })

  test('[HT15] a new meeting has a real date, times of a day, and a bounded agenda', () => {
    const meeting = {
      from: 'agenda',
      title: 'Möte',
      meeting: '',
      date: '2024-02-29',
      startsAt: '09:00',
      endsAt: '',
      place: '',
      agenda: ['Öppnande'],
      withAttendance: false,
    }
    const good = (over: object) => NewMeeting.safeParse({ ...meeting, ...over }).success
    expect(good({})).toBe(true)
    for (const over of [
      { date: '2023-02-29' },
      { date: '' },
      { startsAt: '24:00' },
      { startsAt: '9:00' },
      { title: '' },
      { title: 'x'.repeat(2001) },
      { agenda: [''] },
      { agenda: Array.from({ length: 301 }, () => 'x') },
      { from: 'copy' },
    ])
      expect([over, good(over)]).toEqual([over, false])
  })

  test('[HT15] a confirmed import holds known kinds, marks and statuses only', () => {
    const body = (block: object, attendee: object = {}) =>
      MinutesBody.safeParse({
        header: { subject: 'Möte' },
        attendance: [{ name: 'A', agency: 'B', status: 'present', ...attendee }],
        items: [{ title: 'Ett', presenters: [], blocks: [{ content: 'text', ...block }] }],
      }).success
    expect(body({ kind: 'point', due: '2023-09-08', content: [{ text: 'x', marks: [{ type: 'bold' }] }] })).toBe(true)
    expect(body({ kind: 'script' })).toBe(false)
    expect(body({ due: 'snart' })).toBe(false)
    expect(body({ indent: -1 })).toBe(false)
    expect(body({ content: [{ text: 'x', marks: [{ type: 'iframe' }] }] })).toBe(false)
    expect(body({}, { status: 'asleep' })).toBe(false)
    const link = (href: string) => body({ content: [{ text: 'x', marks: [{ type: 'link', attrs: { href } }] }] })
    expect(link('https://www.socialstyrelsen.se/')).toBe(true)
    for (const href of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      'https://',
      `https://x.example/${'x'.repeat(2000)}`,
    ])
      expect([href, link(href)]).toEqual([href, false])
    expect(body({ content: 'half \ud83d a pair' })).toBe(false)
    expect(body({}, { name: '\udc00' })).toBe(false)
    expect(MinutesBody.safeParse({ header: { evil: 'x' }, attendance: [], items: [] }).success).toBe(false)
  })

  test('[HT15] reasons are trimmed; changes and names have bounds', () => {
    expect(PhaseChange.parse({ to: 'planned', reason: '  skäl ' })).toEqual({ to: 'planned', reason: 'skäl' })
    expect(PhaseChange.safeParse({ to: 'nowhere' }).success).toBe(false)
    expect(PersonChange.safeParse({}).success).toBe(true)
    expect(PersonChange.safeParse({ name: '' }).success).toBe(false)
    expect(NewAgency.safeParse({ name: 'A', shortName: 'x'.repeat(13) }).success).toBe(false)
  })
})
