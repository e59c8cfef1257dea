import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHAIR, createTestApp, ORIGIN, PARTICIPANT, SECRETARY, type TestApp } from './testing/testApp.ts'

describe('protection', () => {
  let test_: TestApp
  let secretary: string
  let participant: string
  let meeting: string
  let clientDir: string

  beforeAll(async () => {
    clientDir = await mkdtemp(join(tmpdir(), 'justera-client-'))
    await mkdir(join(clientDir, 'assets'))
    await writeFile(join(clientDir, 'index.html'), '<!doctype html><title>Justera</title>')
    await writeFile(join(clientDir, 'assets', 'index-abc123.js'), 'export {}')
    test_ = await createTestApp({ clientDir })
    secretary = await test_.signIn(SECRETARY)
    participant = await test_.signIn(PARTICIPANT)
    meeting = (await test_.services.store.meetings.all())[0]?.id ?? ''
  })
  afterAll(async () => {
    await test_.close()
    await rm(clientDir, { recursive: true, force: true })
  })

  test.each([
    [undefined, 403],
    ['', 403],
    ['null', 403],
    [ORIGIN, 204],
    [`${ORIGIN}/`, 403],
    ['http://localhost', 403],
    ['http://localhost:3001', 403],
    ['https://localhost:3000', 403],
    ['http://LOCALHOST:3000', 403],
    ['http://localhost:3000.evil.example', 403],
    ['http://evil.example/http://localhost:3000', 403],
    ['http://user@localhost:3000', 403],
    [`${ORIGIN}, ${ORIGIN}`, 403],
  ])('[HT1] of all origins only the exact one may change something: %s', async (origin, status) => {
    const cookie = await test_.signIn(CHAIR)
    const headers = { cookie, ...(origin !== undefined && { origin }) }
    const answer = await test_.app.inject({ method: 'POST', url: '/api/sign-out', headers })
    expect(answer.statusCode).toBe(status)
    if (status === 403) expect(answer.json()).toMatchObject({ code: 'bad-origin' })
  })

  test('[HT1] every route that changes something asks for the origin', async () => {
    const api = (await test_.send('GET', '/api/openapi.json')).json() as {
      paths: Record<string, Record<string, unknown>>
    }
    const changing = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => [method, path.replaceAll(/\{\w+\}/g, 'x')] as const),
    )
    expect(changing.length).toBeGreaterThan(12)
    for (const [method, url] of [...changing, ['post', '/sign-in/x'] as const]) {
      const answer = await test_.app.inject({ method: method as 'POST', url, headers: { cookie: secretary } })
      expect([method, url, answer.statusCode, answer.json().code]).toEqual([method, url, 403, 'bad-origin'])
    }
  })

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])(
    '[HT2] a body of type %s is refused where JSON is expected',
    async (type) => {
      const answer = await test_.app.inject({
        method: 'POST',
        url: '/api/agencies',
        headers: { origin: ORIGIN, cookie: secretary, 'content-type': type },
        payload: '{"name":"A","shortName":"A"}',
      })
      expect(answer.statusCode).toBe(415)
      expect(answer.json()).toEqual({ code: 'unsupported-media-type', message: 'Send JSON.' })
    },
  )

  test('[HT3] errors have a code and a message, and say nothing of what was sent', async () => {
    const send = (body: unknown) => test_.send('POST', '/api/agencies', secretary, body)
    expect((await send({ name: '<script>' })).json()).toMatchObject({
      code: 'invalid',
      message: expect.not.stringContaining('script'),
      details: [{ path: 'shortName' }],
    })
    const broken = await test_.app.inject({
      method: 'POST',
      url: '/api/agencies',
      headers: { origin: ORIGIN, cookie: secretary, 'content-type': 'application/json' },
      payload: '{"secret',
    })
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'invalid'])
    expect(broken.body).not.toContain('secret')
    const large = await send({ name: 'x'.repeat(300_000), shortName: 'x' })
    expect([large.statusCode, large.json().code]).toEqual([413, 'too-large'])
    expect((await test_.send('GET', '/api/nothing', secretary)).json().code).toBe('not-found')
  })

  test('[HT3] while nothing can be stored the answer is 503 "storage", and reading goes on', async () => {
    const { council } = test_.services.store
    const addAgency = council.addAgency
    const { StoreError } = await import('../store/store.ts')
    Object.assign(council, { addAgency: () => Promise.reject(new StoreError('disk full', 'SQLITE_13')) })
    const answer = await test_.send('POST', '/api/agencies', secretary, { name: 'Ny', shortName: 'Ny' })
    expect([answer.statusCode, answer.json().code]).toEqual([503, 'storage'])
    expect((await test_.send('GET', '/api/council', secretary)).statusCode).toBe(200)
    Object.assign(council, { addAgency })
  })

  test('[HT4] paths that climb out or hide reach nothing', async () => {
    const climbs = [
      '..',
      '%2e%2e',
      '..%2f',
      '%2e%2e%2f',
      '..%5c',
      '....//',
      '%252e%252e%252f',
      '.%00.',
      '..;',
      '%c0%ae%c0%ae/',
    ]
    const bases = ['/', '/assets/', '/api/meetings/', `/api/meetings/${meeting}/members/`, '/sign-in/']
    for (const base of bases) {
      for (const climb of climbs) {
        for (const target of ['etc/passwd', 'package.json', 'server/src/cli.ts', '.env']) {
          const url = `${base}${`${climb}/`.repeat(4)}${target}`
          const answer = await test_.app.inject({ method: 'GET', url, headers: { cookie: participant } })
          expect([url, answer.statusCode === 400 || answer.statusCode === 404]).toEqual([url, true])
          expect(answer.headers['set-cookie']).toBeUndefined()
          expect(answer.body).not.toMatch(/root:|"name":|import /)
        }
      }
    }
  })

  test('[HT5] pages run own scripts only, are framed by nobody and tell no address onwards', async () => {
    const page = await test_.send('GET', '/')
    const policy = String(page.headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
    expect(policy).toContain("style-src-attr 'unsafe-inline'")
    expect(policy).toContain("connect-src 'self' ws://localhost:3000;")
    expect(policy.replace("style-src-attr 'unsafe-inline'", '')).not.toMatch(/unsafe|\*|https?:/)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(page.headers['referrer-policy']).toBe('no-referrer')
    expect(page.headers['x-content-type-options']).toBe('nosniff')
    expect(page.headers['strict-transport-security']).toBeUndefined()
  })

  test('[HT6] pages are index.html wherever they are; hashed files stay for good; missing files are missing', async () => {
    for (const url of ['/', '/sign-in', '/meetings/abc', '/accessibility']) {
      const page = await test_.send('GET', url)
      expect([url, page.statusCode, page.headers['cache-control']]).toEqual([url, 200, 'no-cache'])
      expect(page.body).toContain('<title>Justera</title>')
    }
    const asset = await test_.send('GET', '/assets/index-abc123.js')
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    for (const url of [
      '/assets/index-old.js',
      '/assets/',
      '/favicon.ico',
      '/api/x',
      '/sync/x',
      '/sign-in/x/y',
      '/.git/config',
    ])
      expect([url, (await test_.send('GET', url)).statusCode]).toEqual([url, 404])
  })

  test('[HT6] without a build pages say how to make one', async () => {
    const bare = await createTestApp()
    const page = await bare.send('GET', '/meetings')
    expect(page.statusCode).toBe(503)
    expect(page.body).toContain('pnpm build')
    await bare.close()
  })

  test('[HT7] the API describes itself: every route, with bodies and results', async () => {
    const api = (await test_.send('GET', '/api/openapi.json')).json()
    expect(api.openapi).toBe('3.1.0')
    for (const path of [
      '/api/me',
      '/api/sign-in',
      '/api/meetings',
      '/api/meetings/{meeting}/minutes.json',
      '/api/imports',
    ])
      expect(Object.keys(api.paths)).toContain(path)
    const phase = api.paths['/api/meetings/{meeting}/phase'].post
    expect(phase.requestBody.content['application/json'].schema.properties.to.enum).toContain('comment')
  })

  test('[HT8] health and figures are answered; figures name routes by pattern', async () => {
    expect((await test_.send('GET', '/healthz')).json()).toEqual({ status: 'ok' })
    await test_.send('GET', `/api/meetings/${meeting}`, secretary)
    const figures = (await test_.send('GET', '/metrics')).body
    expect(figures).toContain('route="/api/meetings/:meeting"')
    expect(figures).not.toContain(meeting)
  })

  /** Who may do what over HTTP: [request, status for secretary, participant, stranger to the meeting, nobody]. */
  const table: readonly (readonly [string, unknown, number, number, number, number])[] = [
    ['GET /api/me', undefined, 200, 200, 200, 401],
    ['GET /api/council', undefined, 200, 200, 200, 401],
    ['GET /api/people', undefined, 200, 403, 403, 401],
    ['POST /api/people', {}, 400, 400, 400, 400],
    ['POST /api/agencies', { name: 'Ny', shortName: 'Ny' }, 201, 403, 403, 401],
    ['PATCH /api/people/nobody', { name: 'X' }, 404, 403, 403, 401],
    ['DELETE /api/people/nobody', undefined, 404, 403, 403, 401],
    ['POST /api/people/nobody/end-sessions', undefined, 404, 403, 403, 401],
    ['GET /api/meetings', undefined, 200, 200, 200, 401],
    ['GET /api/meetings/M', undefined, 200, 200, 404, 401],
    ['GET /api/meetings/M/minutes.json', undefined, 200, 200, 404, 401],
    ['GET /api/meetings/M/members', undefined, 200, 403, 404, 401],
    ['PATCH /api/meetings/M/members/nobody', { role: 'chair' }, 404, 403, 404, 401],
    ['DELETE /api/meetings/M/members/nobody', undefined, 404, 403, 404, 401],
    ['POST /api/meetings/M/phase', { to: 'adjusted' }, 409, 403, 404, 401],
    ['GET /api/meetings/nowhere', undefined, 404, 404, 404, 401],
  ]

  test('[HT9] each route lets in whom it should, in one table', async () => {
    const { people } = test_.services
    const added = await people.add({
      name: 'Främling',
      email: 'stranger@forte.example',
      agency: (await test_.services.store.council.agencies())[13]?.id ?? ('' as never),
      role: 'participant',
    })
    expect(added.ok).toBe(true)
    const stranger = await test_.signIn('stranger@forte.example')
    for (const [request, body, ...statuses] of table) {
      const [method, url] = request.replace('M', meeting).split(' ') as ['GET', string]
      const path = url.replace('/meetings/M', `/meetings/${meeting}`)
      const answers = []
      for (const cookie of [secretary, participant, stranger, undefined]) {
        answers.push((await test_.send(method, path, cookie, body)).statusCode)
      }
      expect([request, ...answers]).toEqual([request, ...statuses])
    }
  })

  test('[HT10] e-mail addresses are the secretary’s alone', async () => {
    const seen = await test_.send('GET', `/api/meetings/${meeting}`, participant)
    expect(seen.json().members.length).toBeGreaterThan(16)
    expect(seen.body).not.toContain('.example')
    const members = await test_.send('GET', `/api/meetings/${meeting}/members`, secretary)
    expect(members.body).toContain('socialstyrelsen.example')
  })

  test('[HT11] too many requests of one session get 429, and others go on', async () => {
    const greedy = await test_.signIn('lof@lof.example')
    let limited = 0
    for (let n = 0; n < 950; n++) {
      const answer = await test_.send('GET', '/api/nothing', greedy)
      if (answer.statusCode === 429) limited++
    }
    expect(limited).toBe(50)
    expect((await test_.send('GET', '/api/me', secretary)).statusCode).toBe(200)
  })
})
