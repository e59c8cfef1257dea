import { bodyOf, createMinutesDoc, itemOf, readMinutes, setAttendeeField, setHeaderField } from '@justera/minutes'
import { CLOSE, SYNC_UPDATE } from '@justera/protocol'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import type { AgencyId, MeetingId, PersonId } from '../store/updateLog.ts'
import { forge, string } from './testing/forge.ts'
import { exampleDocument, MEETING, meetingIn, type Started, startService } from './testing/startService.ts'
import { syncFrame, type TestClient } from './testing/testClient.ts'

let started: Started
afterEach(() => started.stop())

function bodyAt(doc: Y.Doc): Y.Text {
  const id = readMinutes(doc).items[0]?.id
  const item = id === undefined ? undefined : itemOf(doc, id)
  if (item === undefined) throw new Error('no item')
  return bodyOf(item)
}

function textOf(doc: Y.Doc): string {
  return bodyAt(doc).toString()
}

async function open(...names: readonly string[]): Promise<readonly TestClient[]> {
  const clients = names.map((name) => started.connect(name))
  await Promise.all(clients.map((client) => client.ready()))
  return clients
}

const SECRETARY = { author: 'secretary' as PersonId, agency: 'a' as AgencyId, role: 'secretary', session: 's' } as const

describe('opening', () => {
  test('[RM1] a cold meeting is answered from stored bytes, snapshot and tail', async () => {
    started = await startService()
    const doc = exampleDocument()
    started.log.create('cold' as MeetingId, 'drafting', Y.encodeStateAsUpdate(doc))
    const stored = started.log.stored('cold' as MeetingId)
    stored.snapshot = { seq: 1, update: Y.encodeStateAsUpdate(doc), stateVector: Y.encodeStateVector(doc) }
    for (let n = 0; n < 120; n++) {
      const before = Y.encodeStateVector(doc)
      bodyAt(doc).insert(1, String(n % 10))
      const [row] = stored.rows
      if (row === undefined) throw new Error('no row')
      stored.rows.push({ ...row, seq: n + 2, payload: Y.encodeStateAsUpdate(doc, before) })
    }
    const reader = started.connect('observer', { meeting: 'cold' as MeetingId })
    await reader.ready()
    expect(textOf(reader.doc)).toBe(textOf(doc))
    expect(reader.doc.store.pendingStructs).toBeNull()
  })

  test('[RM2] who opens and looks changes nothing', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    await Promise.all([anna?.saved(), bo?.saved()])
    await started.service.read(MEETING, (doc) => readMinutes(doc))
    expect(started.log.stored(MEETING).rows).toHaveLength(1)
  })

  test('[SO1] wrong origin, path, access and layout each get their answer', async () => {
    started = await startService()
    const refused = async (client: TestClient): Promise<unknown> => {
      await client.until('end', () => client.closeCode !== null)
      return client.failure ?? client.closeCode
    }
    expect(await refused(started.connect('anna', { origin: 'http://evil.example' }))).toContain('403')
    expect(await refused(started.connect('anna', { meeting: '../x' as MeetingId }))).toContain('404')
    expect(await refused(started.connect('nobody'))).toBe(CLOSE.forbidden)
    expect(await refused(started.connect('anna', { meeting: 'closed-1' as MeetingId }))).toBe(CLOSE.forbidden)
    expect(await refused(started.connect('anna', { meeting: 'unknown' as MeetingId }))).toBe(CLOSE.forbidden)
    expect(await refused(started.connect('anna', { protocols: ['justera.older'] }))).toBe(CLOSE.schemaMismatch)
    const nobody = started.connect('', {})
    expect(await refused(nobody)).toBe(CLOSE.notSignedIn)
    expect(nobody.ws.protocol).toMatch(/^justera\./)
  })

  test('[SO2] a flood of upgrades is refused by 429', async () => {
    started = await startService({ limits: { upgradeBurst: 5, upgradesPerSecond: 1 } })
    const clients = Array.from({ length: 8 }, () => started.connect('anna', { meeting: 'closed-1' as MeetingId }))
    await Promise.all(clients.map((client) => client.closed()))
    expect(clients.filter((client) => client.failure?.includes('429'))).toHaveLength(3)
  })

  test('[SO3] a fifth socket of one user is told to come later', async () => {
    started = await startService()
    await open('anna', 'anna', 'anna', 'anna')
    const fifth = started.connect('anna')
    await fifth.closed()
    expect(fifth.closeCode).toBe(CLOSE.tryLater)
    const other = started.connect('bo')
    await other.ready()
  })
})

describe('access', () => {
  test('[SO4] a removed person, an ended session and a changed role take effect on open sockets', async () => {
    started = await startService()
    const [anna, bo, cia] = await open('anna', 'bo', 'cia')
    if (anna === undefined || bo === undefined || cia === undefined) return
    started.access.change('anna', null)
    started.access.change('bo', 'ended')
    started.access.change('cia', 'observer')
    await Promise.all([anna.closed(), bo.closed()])
    expect([anna.closeCode, bo.closeCode]).toEqual([CLOSE.forbidden, CLOSE.notSignedIn])
    await cia.until('role', () => cia.events.some((event) => event.type === 'role' && event.role === 'observer'))
    setHeaderField(cia.doc, 'place', 'X')
    await cia.until('refusal', () => cia.refusals.includes('role'))
    expect(started.log.stored(MEETING).rows).toHaveLength(1)
    expect(cia.closeCode).toBeNull()
  })

  test('[RM3] a stock client that may not write is closed when it does, an extended one is told', async () => {
    started = await startService()
    const meeting = meetingIn(started.log, 'comment')
    const stock = started.connect('anna', { meeting, protocols: [] })
    await stock.ready()
    setHeaderField(stock.doc, 'place', 'X')
    await stock.closed()
    expect(stock.closeCode).toBe(CLOSE.forbidden)
  })

  test('[RM4] edits made before a phase closed are refused, not swallowed', async () => {
    started = await startService()
    const [anna] = await open('anna')
    if (anna === undefined) return
    await anna.saved()
    await anna.close()
    setHeaderField(anna.doc, 'place', 'offline')
    await started.service.changePhase(MEETING, 'drafting', 'comment', SECRETARY, '')
    const back = started.connect('anna', { doc: anna.doc })
    await back.until('refusal', () => back.refusals.length > 0)
    expect(back.refusals).toEqual(['phase'])
    expect(back.closeCode).toBeNull()
  })
})

describe('phases', () => {
  test('[CM2] a phase change is one row, in line with the edits, and holds at once', async () => {
    started = await startService()
    const [anna, secretary] = await open('anna', 'secretary')
    if (anna === undefined || secretary === undefined) return
    setHeaderField(anna.doc, 'place', 'före')
    await anna.saved()
    const result = await started.service.changePhase(MEETING, 'drafting', 'comment', SECRETARY, 'klart')
    expect(result).toMatchObject({ ok: true, head: { seq: 3 } })
    setHeaderField(anna.doc, 'place', 'efter')
    await anna.until('refusal', () => anna.refusals.includes('phase'))
    await secretary.until('event', () =>
      secretary.events.some((e) => e.type === 'phase' && e.phase === 'comment' && e.by === 'SECRETARY'),
    )
    const rows = started.log.stored(MEETING).rows
    expect(rows.map((row) => row.kind)).toEqual(['update', 'update', 'phase'])
    expect(new TextDecoder().decode(rows[2]?.payload)).toBe('{"from":"drafting","to":"comment","reason":"klart"}')
    const again = await started.service.changePhase(MEETING, 'drafting', 'comment', SECRETARY, '')
    expect(again).toEqual({ ok: false, reason: 'not-from-here' })
    const nowhere = await started.service.changePhase('nowhere' as MeetingId, 'drafting', 'comment', SECRETARY, '')
    expect(nowhere).toEqual({ ok: false, reason: 'unknown-meeting' })
  })

  test('[RM5] the lock closes those who could write with 4423; later opens read', async () => {
    started = await startService()
    const [anna, secretary, observer] = await open('anna', 'secretary', 'observer')
    await started.service.changePhase(MEETING, 'drafting', 'adjusted', SECRETARY, '')
    await Promise.all([anna?.closed(), secretary?.closed()])
    expect([anna?.closeCode, secretary?.closeCode, observer?.closeCode]).toEqual([CLOSE.locked, CLOSE.locked, null])
    const later = started.connect('secretary')
    await later.ready()
    setHeaderField(later.doc, 'place', 'X')
    await later.until('refusal', () => later.refusals.includes('locked'))
  })
})

describe('the log fails', () => {
  test('[CM3] nothing is acknowledged, the process lives, and what was written is stored later', async () => {
    started = await startService({ limits: { retryMs: 50 } })
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await anna.saved()
    const acked = anna.acked
    let broken = true
    started.log.faults.failAppend = () => broken
    setHeaderField(anna.doc, 'place', 'Stockholm')
    await bo.until('alarm', () => bo.events.some((event) => event.type === 'storage' && event.failing))
    setHeaderField(anna.doc, 'startsAt', '09:00')
    const reader = started.connect('observer')
    await reader.ready()
    expect(readMinutes(reader.doc).header.place).toBe('')
    expect(anna.acked).toBe(acked)
    expect(readMinutes(bo.doc).header.place).toBe('')
    expect(started.log.stored(MEETING).rows).toHaveLength(1)
    broken = false
    await anna.until('recovery', () => anna.events.some((event) => event.type === 'storage' && !event.failing))
    await anna.saved()
    await bo.until('text', () => readMinutes(bo.doc).header.startsAt === '09:00')
    expect(readMinutes(bo.doc).header.place).toBe('Stockholm')
    expect([anna.closeCode, bo.closeCode]).toEqual([null, null])
  })

  test('[CM4] a failed condition reloads that meeting alone; its writers come back', async () => {
    started = await startService()
    const other = meetingIn(started.log, 'drafting')
    const [anna] = await open('anna')
    const bo = started.connect('bo', { meeting: other })
    await bo.ready()
    if (anna === undefined) return
    await Promise.all([anna.saved(), bo.saved()])
    started.log.faults.condition = (append) => (append.meeting === MEETING && append.rows.length > 0 ? 'head' : null)
    setHeaderField(anna.doc, 'place', 'A')
    setHeaderField(bo.doc, 'place', 'B')
    await Promise.all([anna.closed(), bo.saved()])
    expect([anna.closeCode, bo.closeCode]).toEqual([CLOSE.tryLater, null])
    started.log.faults.condition = () => null
    const back = started.connect('anna', { doc: anna.doc })
    await back.until('ack', () => back.sent > 0 && back.acked === back.sent)
    expect(await started.service.read(MEETING, (doc) => readMinutes(doc).header.place)).toBe('A')
  })

  test('[CM4] after a conflict those who stay are sent what another process wrote, not everything again', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await Promise.all([anna.saved(), bo.saved()])
    const stored = started.log.stored(MEETING)
    const elsewhere = createMinutesDoc()
    Y.applyUpdate(elsewhere, Y.encodeStateAsUpdate(bo.doc))
    elsewhere.once('update', (payload: Uint8Array) => {
      const seq = stored.head.seq + 1
      const [like] = stored.rows
      if (like === undefined) return
      stored.rows.push({ ...like, seq, payload })
      stored.head = { seq, hash: 'elsewhere' }
    })
    setHeaderField(elsewhere, 'startsAt', '09:00')
    let bytes = 0
    bo.ws.on('message', (data: Buffer) => {
      bytes += data.length
    })
    setHeaderField(anna.doc, 'place', 'A')
    await anna.closed()
    await bo.until('what the other process wrote', () => readMinutes(bo.doc).header.startsAt === '09:00')
    expect(bytes).toBeLessThan(200)
    expect(Y.encodeStateAsUpdate(bo.doc).length).toBeGreaterThan(400)
  })

  test('[CM5] a changed epoch closes everybody with 4409', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined) return
    started.log.stored(MEETING).epoch++
    setHeaderField(anna.doc, 'place', 'A')
    await Promise.all([anna.closed(), bo?.closed()])
    expect([anna.closeCode, bo?.closeCode]).toEqual([CLOSE.epochChanged, CLOSE.epochChanged])
    const back = started.connect('anna')
    await back.ready()
  })

  test('[RM6] a log that cannot be read means later, not empty', async () => {
    started = await startService()
    started.log.faults.failOpen = () => true
    const anna = started.connect('anna')
    await anna.closed()
    expect(anna.closeCode).toBe(CLOSE.tryLater)
    await expect(started.service.read(MEETING, () => 1)).rejects.toThrow('cannot be read')
    started.log.faults.failOpen = () => false
    await open('anna')
  })
})

describe('the order of things', () => {
  test('[CM6] reads and step 2 wait for the running commit, and others hear nothing before it', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await anna.saved()
    started.log.faults.delayMs = () => 200
    setHeaderField(anna.doc, 'place', 'A')
    const appends = started.log.appends
    await anna.until('append', () => started.log.appends > appends)
    const rows = started.log.stored(MEETING).rows.length
    const read = started.service.read(MEETING, (doc, head) => [readMinutes(doc).header.place, head.seq])
    expect(readMinutes(bo.doc).header.place).toBe('')
    expect(await read).toEqual(['A', rows + 1])
    started.log.faults.delayMs = () => 0
  })

  test('[CM7] what gathers during a commit goes into one row per socket', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await Promise.all([anna.saved(), bo.saved()])
    started.log.faults.delayMs = () => 150
    for (let n = 0; n < 20; n++) {
      bodyAt(anna.doc).insert(1, 'a')
      bodyAt(bo.doc).insert(1, 'b')
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    await Promise.all([anna.saved(), bo.saved()])
    started.log.faults.delayMs = () => 0
    const rows = started.log.stored(MEETING).rows.length - 1
    expect(rows).toBeGreaterThanOrEqual(3)
    expect(rows).toBeLessThanOrEqual(6)
    await anna.until('equal texts', () => textOf(anna.doc) === textOf(bo.doc))
  })

  test('[RM7] a gap is asked for again and no ack passes it', async () => {
    started = await startService()
    const anna = started.connect('anna', { mute: true })
    await anna.opened()
    const doc = createMinutesDoc()
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(exampleDocument()))
    const state = await started.service.read(MEETING, (from) => Y.encodeStateAsUpdate(from))
    const own = createMinutesDoc()
    Y.applyUpdate(own, state ?? Uint8Array.of(0, 0))
    const known = Y.encodeStateVector(own)
    const updates: Uint8Array[] = []
    own.on('update', (update: Uint8Array) => updates.push(update))
    for (const text of ['a', 'b', 'c']) bodyAt(own).insert(1, text)
    const [a, b, c] = updates
    if (a === undefined || b === undefined || c === undefined) throw new Error('no updates')
    anna.sendUpdate(a)
    await anna.until('ack', () => anna.acked === 1)
    anna.sendUpdate(c)
    await anna.until('step 1', () => anna.step1s === 1)
    anna.sendUpdate(Uint8Array.of(0, 0))
    anna.sendStep2(Y.encodeStateAsUpdate(own, known))
    await anna.until('ack', () => anna.acked === 4)
    expect(anna.receipts.map((receipt) => receipt.count)).toEqual([1, 4])
    expect(await started.service.read(MEETING, textOf)).toContain('cba')
  })

  test('[RM12] what arrived before its sender left is stored', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await Promise.all([anna.saved(), bo.saved()])
    started.log.faults.delayMs = () => 100
    setHeaderField(bo.doc, 'startsAt', '09:00') // keeps a commit running while Anna writes and leaves
    const appends = started.log.appends
    await bo.until('append', () => started.log.appends > appends)
    setHeaderField(anna.doc, 'place', 'sista ordet')
    await anna.close()
    await bo.until('text', () => readMinutes(bo.doc).header.place === 'sista ordet')
    started.log.faults.delayMs = () => 0
  })

  test('[RM8] an idle room is stored and forgotten; it comes back as it was', async () => {
    started = await startService({ limits: { idleMs: 20 } })
    const [anna] = await open('anna')
    if (anna === undefined) return
    setHeaderField(anna.doc, 'place', 'A')
    await anna.saved()
    await anna.close()
    const opens = started.log.opens
    await anna.until('snapshot', () => started.log.stored(MEETING).snapshot !== null)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const [again] = await open('anna')
    expect(started.log.opens).toBe(opens + 1)
    expect(readMinutes(again?.doc ?? createMinutesDoc()).header.place).toBe('A')
  })

  test('[RM9] people come and go while storage is slow: nobody sees less than what was stored', async () => {
    started = await startService({ limits: { idleMs: 1, socketsPerUser: 10 } })
    let seed = 7
    started.log.faults.delayMs = () => {
      seed = (seed * 16807) % 2147483647
      return seed % 8
    }
    for (let round = 0; round < 25; round++) {
      const client = started.connect(round % 2 === 0 ? 'anna' : 'bo')
      await client.ready()
      expect(bodyAt(client.doc).length).toBe(bodyLength())
      bodyAt(client.doc).insert(1, 'x')
      await client.saved()
      written++
      void client.close()
    }
    started.log.faults.delayMs = () => 0
  })
  let written = 0
  const bodyLength = (): number => bodyAt(exampleDocument()).length + written

  test('[RM10] a snapshot is stored every so many rows', async () => {
    started = await startService({ limits: { snapshotRows: 5 } })
    const [anna] = await open('anna')
    if (anna === undefined) return
    for (let n = 0; n < 12; n++) {
      bodyAt(anna.doc).insert(1, 'x')
      await anna.saved()
    }
    const snapshot = started.log.stored(MEETING).snapshot
    if (snapshot === null) throw new Error('no snapshot')
    expect(snapshot.seq).toBeGreaterThanOrEqual(6)
    const doc = createMinutesDoc()
    Y.applyUpdate(doc, snapshot.update)
    for (const row of started.log.stored(MEETING).rows.slice(snapshot.seq)) Y.applyUpdate(doc, row.payload)
    expect(textOf(doc)).toBe(textOf(anna.doc))
  })

  test('[RM11] the author of an overwritten concurrent value is told, whichever side comes last', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await Promise.all([anna.saved(), bo.saved()])
    started.log.faults.delayMs = () => 50
    const attendee = readMinutes(anna.doc).attendance[0]?.id
    if (attendee === undefined) throw new Error('no attendee')
    setHeaderField(anna.doc, 'place', 'Annas plats')
    setHeaderField(bo.doc, 'place', 'Bos plats')
    setAttendeeField(anna.doc, attendee, 'note', 'Annas not')
    setAttendeeField(bo.doc, attendee, 'note', 'Bos not')
    await Promise.all([anna.saved(), bo.saved()])
    const told = (): number => [...anna.events, ...bo.events].filter((event) => event.type === 'overwritten').length
    await anna.until('event', () => told() === 2)
    const { header } = readMinutes(anna.doc)
    const loser = header.place === 'Annas plats' ? bo : anna
    expect(loser.events).toContainEqual({
      type: 'overwritten',
      path: ['header', 'place'],
      yours: loser === anna ? 'Annas plats' : 'Bos plats',
      theirs: header.place,
      by: loser === anna ? 'BO' : 'ANNA',
    })
    setHeaderField(loser.doc, 'place', 'avsiktligt')
    await loser.saved()
    expect(told()).toBe(2)
  })
})

describe('awareness', () => {
  test('[AW1] identity comes from the session, positions are passed on, the rest is left out', async () => {
    started = await startService({ limits: { awarenessWindowMs: 10 } })
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    const id = anna.doc.clientID
    const anchor = { type: null, tname: null, item: { client: 1, clock: 4 }, assoc: 0 }
    const state = {
      user: { name: 'CHAIR' },
      cursor: { item: 'i1', anchor, head: anchor, html: '<b>' },
      typing: true,
      evil: 1,
    }
    anna.sendAwareness([{ clientId: id, clock: 5, state }])
    await bo.until('awareness', () => bo.awareness.has(id))
    expect(bo.awareness.get(id)).toEqual({
      clock: 5,
      state: {
        user: {
          person: 'anna',
          name: 'ANNA',
          agency: { id: 'agency-of-anna', name: 'Agency of anna', shortName: 'anna', seat: 1 },
        },
        cursor: { item: 'i1', anchor, head: anchor },
        typing: true,
      },
    })
    const late = started.connect('cia')
    await late.until('awareness', () => late.awareness.has(id))
    await anna.close()
    await bo.until('removal', () => bo.awareness.get(id)?.state === null)
  })

  test('[AW2] an id that one user has shown is never another’s', async () => {
    started = await startService({ limits: { awarenessWindowMs: 10 } })
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    anna.sendAwareness([{ clientId: 4711, clock: 1, state: {} }])
    await bo.until('awareness', () => bo.awareness.has(4711))
    await bo.until('claim', () => started.log.stored(MEETING).clientIds.get(4711) === 'anna')
    bo.sendAwareness([{ clientId: 4711, clock: 9, state: { typing: true } }])
    const body = bodyAt(bo.doc)._item?.id
    if (body === undefined) throw new Error('no body')
    bo.sendRaw(
      syncFrame(
        SYNC_UPDATE,
        forge([{ client: 4711, clock: 0, structs: [{ content: string('x'), parent: [body.client, body.clock] }] }]),
      ),
    )
    await bo.closed()
    expect([bo.closeCode, bo.refusals]).toEqual([CLOSE.forbidden, ['forged']])
    expect(anna.awareness.get(4711)?.clock).toBe(1)
    expect(started.log.stored(MEETING).rows).toHaveLength(1)
  })

  test('[AW3] many moves become one frame per window; a jump of the clock is not passed on', async () => {
    started = await startService({ limits: { awarenessWindowMs: 60 } })
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    const id = anna.doc.clientID
    for (let clock = 1; clock <= 50; clock++)
      anna.sendAwareness([{ clientId: id, clock, state: { item: `i${clock}` } }])
    await bo.until('newest', () => bo.awareness.get(id)?.clock === 50)
    expect(bo.awarenessFrames).toBeLessThanOrEqual(3)
    anna.sendAwareness([{ clientId: id, clock: 50 + 101, state: {} }])
    anna.sendAwareness([{ clientId: id, clock: 51, state: { item: 'z'.repeat(60) } }])
    await bo.until('next', () => bo.awareness.get(id)?.clock === 51)
  })

  test('[AW4] somebody who returns with the clock they left with is seen again', async () => {
    started = await startService({ limits: { awarenessWindowMs: 5 } })
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    const id = anna.doc.clientID
    anna.sendAwareness([{ clientId: id, clock: 3, state: {} }])
    await bo.until('here', () => bo.awareness.get(id)?.clock === 3)
    await anna.close()
    await bo.until('gone', () => bo.awareness.get(id)?.state === null)
    const back = started.connect('anna', { doc: anna.doc })
    await back.ready()
    back.sendAwareness([{ clientId: id, clock: 3, state: {} }])
    await bo.until('here again', () => bo.awareness.get(id)?.state !== null)
    expect(bo.awareness.get(id)?.clock).toBe(4)
  })
})

describe('limits', () => {
  test('[SO5] over the rate a socket is paused, no frame is lost, and in the end it is let go', async () => {
    started = await startService({ limits: { framesPerSecond: 200, frameBurst: 20, overRateMs: 60_000 } })
    const [anna] = await open('anna')
    if (anna === undefined) return
    for (let n = 0; n < 100; n++) bodyAt(anna.doc).insert(1, 'x')
    await anna.saved()
    expect(await started.service.read(MEETING, textOf)).toContain('x'.repeat(100))
    await started.stop()
    started = await startService({ limits: { framesPerSecond: 5, frameBurst: 10, overRateMs: 300 } })
    const [bo] = await open('bo')
    if (bo === undefined) return
    const flood = setInterval(() => bo.closeCode === null && bo.sendUpdate(Uint8Array.of(0, 0)), 5)
    await bo.closed()
    clearInterval(flood)
    expect(bo.closeCode).toBe(CLOSE.tryLater)
  })

  test('[SO6] somebody who does not read is cut, the others notice nothing', async () => {
    started = await startService({
      limits: { stalledBytes: 200_000, slowBytes: 100_000, byteBurst: 1e9, frameBurst: 1e6 },
    })
    const [anna, bo, slow] = await open('anna', 'bo', 'cia')
    if (anna === undefined || bo === undefined || slow === undefined) return
    slow.ws.pause()
    const chunk = 'x'.repeat(100_000)
    for (let n = 0; n < 100 && started.service.agenciesIn(MEETING).length === 3; n++) {
      bodyAt(anna.doc).insert(1, chunk)
      await anna.saved()
    }
    expect(started.service.agenciesIn(MEETING)).toEqual(['agency-of-anna', 'agency-of-bo'])
    await bo.until('text', () => bodyAt(bo.doc).length === bodyAt(anna.doc).length)
    slow.ws.resume()
    await slow.closed()
  })

  test('[SO7] both sides keep the line alive; a peer that falls silent is gone', async () => {
    started = await startService({ limits: { heartbeatMs: 30, silenceMs: 400 } })
    const [extended] = await open('anna')
    const stock = started.connect('bo', { protocols: [] })
    await stock.ready()
    await extended?.until('heartbeats', () => (extended.heartbeats ?? 0) >= 3)
    await stock.until('signs of life', () => stock.awarenessFrames >= 3)
    expect(stock.heartbeats).toBe(0)
    const dead = started.connect('cia', { mute: true })
    await dead.opened()
    dead.ws.pause()
    await extended?.until('two left', () => started.service.agenciesIn(MEETING).length === 2)
    dead.ws.resume()
  })

  test('[SO8] draining stores what waits and closes everybody with 4503', async () => {
    started = await startService()
    const [anna, bo] = await open('anna', 'bo')
    if (anna === undefined || bo === undefined) return
    await anna.saved()
    setHeaderField(anna.doc, 'place', 'sist')
    await bo.until('text', () => readMinutes(bo.doc).header.place === 'sist')
    await started.service.drain()
    await Promise.all([anna.closed(), bo.closed()])
    expect([anna.closeCode, bo.closeCode]).toEqual([CLOSE.tryLater, CLOSE.tryLater])
    expect(started.log.stored(MEETING).snapshot?.seq).toBe(2)
  })
})

test('[SO9] a stock y-websocket client edits, receives and stays through silence', async () => {
  started = await startService({ limits: { heartbeatMs: 50, silenceMs: 500 } })
  const connect = (name: string): WebsocketProvider => {
    class AsPerson extends WebSocket {
      constructor(url: string, protocols?: string[]) {
        super(url, protocols ?? [], { origin: started.origin, headers: { cookie: `session=${name}` } })
      }
    }
    const polyfill: unknown = AsPerson // ws fits y-websocket, though not the browser's type
    const url = started.url('' as MeetingId).replace(/\/$/, '')
    return new WebsocketProvider(url, MEETING, createMinutesDoc(), {
      WebSocketPolyfill: polyfill as typeof globalThis.WebSocket,
      disableBc: true,
    })
  }
  const providers = [connect('anna'), connect('bo')]
  const [anna, bo] = providers
  if (anna === undefined || bo === undefined) return
  const drops: unknown[] = []
  for (const provider of providers) provider.on('connection-close', (event) => drops.push(event))
  const synced = (provider: WebsocketProvider): Promise<void> =>
    new Promise((resolve) => (provider.synced ? resolve() : provider.once('sync', () => resolve())))
  await Promise.all(providers.map(synced))
  setHeaderField(anna.doc, 'place', 'Stock')
  const [watcher] = await open('cia')
  await watcher?.until('text', () => readMinutes(bo.doc).header.place === 'Stock')
  await watcher?.until('names', () => bo.awareness.getStates().size === 2)
  expect(bo.awareness.getStates().get(anna.doc.clientID)).toMatchObject({ user: { person: 'anna', name: 'ANNA' } })
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(drops).toEqual([])
  for (const provider of providers) provider.destroy()
})
