import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { SESSION_IDLE_MS, SESSION_MAX_MS } from '../people/sessionCookie.ts'
import { INVITATION_MS, SIGN_IN_LINK_MS } from '../people/signIn.ts'
import type { Person } from '../store/councilStore.ts'
import { cookieOf, createTestApp, ORIGIN, PARTICIPANT, SECRETARY, type TestApp } from './testing/testApp.ts'

describe('signing in', () => {
  let test_: TestApp
  let person: Person
  let link: string

  beforeAll(async () => {
    test_ = await createTestApp()
  })
  afterAll(() => test_.close())
  beforeEach(async () => {
    const found = await test_.services.store.council.personByEmail(PARTICIPANT)
    if (found === null) throw new Error('no participant')
    person = found
    link = new URL(await test_.services.links.forPerson(person)).pathname
  })

  const open = (method: 'GET' | 'POST', headers: Record<string, string> = { origin: ORIGIN }) =>
    test_.app.inject({ method, url: link, headers })

  test('[PE1] opening a link shows one button and uses nothing up, however often', async () => {
    for (let n = 0; n < 3; n++) {
      const page = await open('GET')
      expect(page.statusCode).toBe(200)
      expect(page.body.match(/<button/g)).toHaveLength(1)
      expect(page.body).toContain('<form method="post">')
      expect(page.body).toContain(PARTICIPANT)
      expect(page.cookies).toEqual([])
    }
    expect((await open('POST')).statusCode).toBe(303)
  })

  test('[PE2] the button signs in once, with a cookie that scripts and other sites do not get', async () => {
    const done = await open('POST')
    expect(done.headers.location).toBe('/')
    expect(done.cookies).toEqual([
      {
        name: 'session',
        value: expect.stringMatching(/^[\w-]{43}$/),
        httpOnly: true,
        sameSite: 'Lax',
        path: '/',
        maxAge: SESSION_MAX_MS / 1000,
      },
    ])
    expect((await test_.send('GET', '/api/me', cookieOf(done))).json()).toMatchObject({ email: PARTICIPANT })
    const again = await open('POST')
    expect(again.statusCode).toBe(410)
    expect(again.cookies).toEqual([])
    expect(again.body).toContain('href="/sign-in"')
    expect((await open('GET')).statusCode).toBe(410)
  })

  test('[PE2] behind TLS the cookie is __Host-session and Secure', async () => {
    const tls = await createTestApp({ origin: 'https://justera.example' })
    const url = new URL(await tls.services.links.forPerson(person)).pathname
    const done = await tls.app.inject({ method: 'POST', url, headers: { origin: 'https://justera.example' } })
    expect(done.cookies[0]).toMatchObject({ name: '__Host-session', secure: true, httpOnly: true, path: '/' })
    expect(done.headers['strict-transport-security']).toBe('max-age=31536000')
    await tls.close()
  })

  test('[PE3] of 100 tries at once exactly one signs in', async () => {
    const tries = await Promise.all(Array.from({ length: 100 }, () => open('POST')))
    expect(tries.filter((one) => one.statusCode === 303)).toHaveLength(1)
    expect(tries.filter((one) => one.statusCode === 410)).toHaveLength(99)
    expect(tries.flatMap((one) => one.cookies)).toHaveLength(1)
  })

  test('[PE4] a link is good for 15 minutes, an invitation for 72 hours', async () => {
    const [meeting] = await test_.services.store.meetings.all()
    if (meeting === undefined) throw new Error('no meeting')
    const invitation = new URL(await test_.services.links.forMeeting(person, meeting.id)).pathname
    const state = async (url: string) => (await test_.app.inject({ method: 'GET', url })).statusCode
    const start = test_.clock.now
    test_.clock.now = start + SIGN_IN_LINK_MS - 1
    expect(await state(link)).toBe(200)
    test_.clock.now = start + SIGN_IN_LINK_MS
    expect(await state(link)).toBe(410)
    test_.clock.now = start + INVITATION_MS - 1
    const joined = await test_.app.inject({ method: 'POST', url: invitation, headers: { origin: ORIGIN } })
    expect(joined.headers.location).toBe(`/meetings/${meeting.id}`)
    test_.clock.now = start
  })

  test('[PE5] a session ends after 12 hours without a request and after 30 days in any case', async () => {
    const cookie = cookieOf(await open('POST'))
    const start = test_.clock.now
    const signedIn = async () => (await test_.send('GET', '/api/me', cookie)).statusCode === 200
    for (let at = start; at < start + SESSION_MAX_MS - SESSION_IDLE_MS; at += SESSION_IDLE_MS - 1000) {
      test_.clock.now = at
      expect(await signedIn()).toBe(true)
    }
    test_.clock.now = start + SESSION_MAX_MS - 1
    const fresh = await test_.signIn(PARTICIPANT)
    test_.clock.now += 1
    expect(await signedIn()).toBe(false)
    test_.clock.now += SESSION_IDLE_MS
    expect((await test_.send('GET', '/api/me', fresh)).statusCode).toBe(401)
    test_.clock.now = start
  })

  test('[PE6] signing in ends the session that the browser had before', async () => {
    const before = await test_.signIn(PARTICIPANT)
    const after = cookieOf(await open('POST', { origin: ORIGIN, cookie: before }))
    expect(after).not.toBe(before)
    expect((await test_.send('GET', '/api/me', before)).statusCode).toBe(401)
    expect((await test_.send('GET', '/api/me', after)).statusCode).toBe(200)
  })

  test('[PE7] a role change renews the cookie with the next request; the old one ends a minute later', async () => {
    const secretary = await test_.signIn(SECRETARY)
    const old = await test_.signIn(PARTICIPANT)
    const change = (role: string) => test_.send('PATCH', `/api/people/${person.id}`, secretary, { role })
    expect((await change('observer')).json()).toMatchObject({ role: 'observer' })
    const renewed = cookieOf(await test_.send('GET', '/api/me', old))
    expect(renewed).not.toBe(old)
    expect((await test_.send('GET', '/api/me', old)).cookies).toEqual([])
    const start = test_.clock.now
    test_.clock.now += 60_000
    expect((await test_.send('GET', '/api/me', old)).statusCode).toBe(401)
    expect((await test_.send('GET', '/api/me', renewed)).json()).toMatchObject({ role: 'observer' })
    test_.clock.now = start
    await change('participant')
  })

  test('[PE8] asking for a link answers alike for known and unknown addresses', async () => {
    const ask = (email: string) => test_.send('POST', '/api/sign-in', undefined, { email })
    const [known, unknown] = await Promise.all([ask(SECRETARY.toUpperCase()), ask('nobody@nowhere.example')])
    for (const answer of [known, unknown]) {
      expect(answer.statusCode).toBe(202)
      expect(answer.body).toBe('')
    }
    await expect.poll(() => test_.shown.get(SECRETARY)).toMatch(/\/sign-in\/[\w-]{43}$/)
    expect([...test_.shown.keys()]).toEqual([SECRETARY])
  })

  test('[PE8] one address gets five links in a quarter of an hour', async () => {
    const address = 'forte@forte.example'
    const links = new Set<string | undefined>()
    for (let n = 0; n < 8; n++) {
      await test_.send('POST', '/api/sign-in', undefined, { email: address })
      await new Promise((resolve) => setTimeout(resolve, 20))
      links.add(test_.shown.get(address))
    }
    expect(links.size).toBe(5)
  })

  test('[PE9] signing out ends the session, ending all ends every one', async () => {
    const [first, second, third] = [
      await test_.signIn(PARTICIPANT),
      await test_.signIn(PARTICIPANT),
      await test_.signIn(PARTICIPANT),
    ]
    const out = await test_.send('POST', '/api/sign-out', first)
    expect(out.statusCode).toBe(204)
    expect(out.cookies[0]).toMatchObject({ name: 'session', value: '' })
    expect((await test_.send('GET', '/api/me', first)).statusCode).toBe(401)
    expect((await test_.send('GET', '/api/me', second)).statusCode).toBe(200)
    expect((await test_.send('POST', '/api/me/end-sessions', second)).statusCode).toBe(204)
    for (const one of [second, third]) expect((await test_.send('GET', '/api/me', one)).statusCode).toBe(401)
  })

  test('[PE10] neither links nor cookies get into the log', async () => {
    const cookie = await test_.signIn(SECRETARY)
    await open('GET')
    await open('POST', { origin: ORIGIN, cookie })
    await test_.send('GET', '/api/me', cookie)
    const all = test_.logged.join('\n')
    expect(test_.logged.length).toBeGreaterThan(10)
    expect(all).toContain('/sign-in/:token')
    expect(all).not.toContain(link.split('/').at(-1))
    expect(all).not.toContain(cookie.split('=')[1])
  })

  test('[PE11] the page is Swedish unless the browser prefers English', async () => {
    const page = async (language: string) => (await open('GET', { 'accept-language': language })).body
    expect(await page('en-GB,en;q=0.9,sv;q=0.8')).toContain('<html lang="en">')
    expect(await page('de,sv;q=0.5,en;q=0.4')).toContain('<html lang="sv">')
    expect(await page('de')).toContain('Logga in')
  })
})
