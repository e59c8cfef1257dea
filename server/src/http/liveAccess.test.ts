import type { AddressInfo } from 'node:net'
import { SUBPROTOCOL } from '@justera/protocol'
import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSyncService } from '../sync/createSyncService.ts'
import { CHAIR, createTestApp, ORIGIN, PARTICIPANT, SECRETARY, type TestApp } from './testing/testApp.ts'

/** How soon a change must have reached an open socket; the answer to the request comes first. */
const SOON_MS = 1000

describe('access of open sockets', () => {
  let test_: TestApp
  let secretary: string
  let participant: string
  let meeting: string
  let port: number

  beforeEach(async () => {
    test_ = await createTestApp({
      sync: ({ access, log }) =>
        createSyncService({ access, log, publicOrigin: ORIGIN, now: Date.now, logger: pino({ level: 'silent' }) }),
    })
    test_.clock.now = Date.now()
    await test_.app.listen({ port: 0, host: '127.0.0.1' })
    port = (test_.app.server.address() as AddressInfo).port
    test_.app.server.on('upgrade', (request, socket, head) => test_.services.sync.handleUpgrade(request, socket, head))
    secretary = await test_.signIn(SECRETARY)
    participant = await test_.signIn(PARTICIPANT)
    meeting = (await test_.services.store.meetings.all())[0]?.id ?? ''
  })
  afterEach(() => test_.close())

  /** Opens a socket; who is denied is let through the handshake too, and closed right after it. */
  async function open(cookie: string): Promise<{ socket: WebSocket; closed: Promise<number> }> {
    const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/${meeting}`, [SUBPROTOCOL], {
      headers: { cookie, origin: ORIGIN },
    })
    const closed = new Promise<number>((resolve) => socket.once('close', resolve))
    await new Promise((resolve) => socket.once('open', resolve))
    return { socket, closed }
  }

  const person = async (email: string) => (await test_.services.store.council.personByEmail(email))?.id

  async function soon(closed: Promise<number>): Promise<number | 'still open'> {
    return Promise.race([
      closed,
      new Promise<'still open'>((resolve) => setTimeout(() => resolve('still open'), SOON_MS)),
    ])
  }

  test('[PE14] a session that ends closes its open sockets with 4401 within a second, whatever ended it', async () => {
    const first = await open(participant)
    await test_.send('POST', `/api/people/${await person(PARTICIPANT)}/end-sessions`, secretary)
    expect(await soon(first.closed)).toBe(4401)
    const again = await test_.signIn(PARTICIPANT)
    const second = await open(again)
    await test_.send('POST', '/api/sign-out', again)
    expect(await soon(second.closed)).toBe(4401)
    expect(await (await open(again)).closed).toBe(4401)
  })

  test('[PE14] somebody who is removed loses the open socket, and colleagues keep theirs', async () => {
    const chair = await open(await test_.signIn(CHAIR))
    const gone = await open(participant)
    expect((await test_.send('DELETE', `/api/people/${await person(PARTICIPANT)}`, secretary)).statusCode).toBe(204)
    expect(await soon(gone.closed)).toBe(4401)
    expect(await soon(chair.closed)).toBe('still open')
  })

  test('[PE14] a member who is taken out of the meeting is closed with 4403', async () => {
    const { closed } = await open(participant)
    await test_.send('DELETE', `/api/meetings/${meeting}/members/${await person(PARTICIPANT)}`, secretary)
    expect(await soon(closed)).toBe(4403)
  })

  test('[PE15] a changed role reaches the open socket, which outlives the renewal of the cookie', async () => {
    const { socket, closed } = await open(participant)
    const roles: string[] = []
    socket.on('message', (data: Buffer) => {
      const role = /"type":"role","role":"(\w+)"/.exec(data.toString())?.[1]
      if (role !== undefined) roles.push(role)
    })
    const id = await person(PARTICIPANT)
    await test_.send('PATCH', `/api/people/${id}`, secretary, { role: 'observer' })
    await expect.poll(() => roles, { timeout: SOON_MS }).toEqual(['observer'])
    await test_.send('GET', '/api/me', participant) // brings the new cookie; the old one ends a minute later
    test_.clock.now += 61_000
    await test_.send('PATCH', `/api/people/${id}`, secretary, { role: 'chair' })
    await expect.poll(() => roles, { timeout: SOON_MS }).toEqual(['observer', 'chair'])
    expect(await soon(closed)).toBe('still open')
  })
})
