import { Me } from '@justera/protocol'
import { afterEach, expect, test, vi } from 'vitest'
import { onSignedOut, request } from './request.ts'

const me: Me = {
  id: 'a',
  name: 'Anna',
  email: 'anna@lof.example',
  role: 'chair',
  agency: { id: 'lof', name: 'Löf', shortName: 'Löf', seat: 5 },
}

afterEach(() => vi.unstubAllGlobals())

function answer(status: number, body: unknown): void {
  vi.stubGlobal('fetch', async () => new Response(body === undefined ? null : JSON.stringify(body), { status }))
}

test('[UI4] an answer of the agreed shape is a value', async () => {
  answer(200, me)
  expect(await request(Me, '/api/me')).toEqual({ ok: true, value: me })
})

test('[UI4] an answer of another shape is an error, not a value', async () => {
  answer(200, { ...me, role: 'king' })
  expect(await request(Me, '/api/me')).toMatchObject({ ok: false, error: { code: 'unexpected-answer' } })
})

test('[UI4] an error keeps the code and status of the server', async () => {
  answer(409, { code: 'email-taken', message: 'no', details: 1 })
  expect(await request(null, '/api/people', { method: 'POST', json: {} })).toEqual({
    ok: false,
    error: { code: 'email-taken', message: 'no', details: 1, status: 409 },
  })
})

test('[UI4] an error page of something in between is still an error value', async () => {
  vi.stubGlobal('fetch', async () => new Response('<h1>Bad gateway</h1>', { status: 502 }))
  expect(await request(Me, '/api/me')).toMatchObject({ ok: false, error: { code: 'unexpected-answer', status: 502 } })
})

test('[UI4] silence is an error value too', async () => {
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('Failed to fetch')))
  expect(await request(Me, '/api/me')).toMatchObject({ ok: false, error: { code: 'unreachable', status: 0 } })
})

test('[UI5] a session that has ended is told to the router, other errors are not', async () => {
  const told = vi.fn()
  onSignedOut(told)
  answer(403, { code: 'forbidden', message: '' })
  await request(Me, '/api/me')
  expect(told).not.toHaveBeenCalled()
  answer(401, { code: 'not-signed-in', message: '' })
  await request(Me, '/api/me')
  expect(told).toHaveBeenCalledOnce()
})
