import { connect, type Socket } from 'node:net'
import { addItem, bodyOf, createMinutesDoc, itemOf, readMinutes } from '@justera/minutes'
import {
  CLOSE,
  encodeEvent,
  encodeHeartbeat,
  encodeReceipt,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '@justera/protocol'
import * as encoding from 'lib0/encoding'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { MeetingId } from '../store/updateLog.ts'
import {
  any,
  binary,
  collected,
  embed,
  forge,
  type Id,
  nested,
  skip,
  string,
  subdocument,
  type,
} from './testing/forge.ts'
import { exampleDocument, MEETING, meetingIn, type Started, startService } from './testing/startService.ts'
import { awarenessMessage, syncFrame, type TestClient } from './testing/testClient.ts'

/**
 * Every frame here comes from a signed-in person over a real socket. After each: the document is byte for byte
 * what it was, the log has no new row, the service answers the next one, and the observer and the honest
 * colleague are still connected.
 */
let started: Started
let colleague: TestClient
let observer: TestClient
let clientOfColleague: number
/** slowest frame, from sending it to the honest colleague's next acknowledged edit */
let slowestMs = 0

beforeAll(async () => {
  started = await startService({
    limits: { socketsPerUser: 100, frameBurst: 1e6, byteBurst: 1e9, claimsPerSocket: 1_000 },
  })
  colleague = started.connect('bo')
  observer = started.connect('observer')
  await Promise.all([colleague.ready(), observer.ready()])
  clientOfColleague = colleague.doc.clientID
  colleague.doc.transact(() => bodyAt(colleague.doc).insert(1, 'Bos ord. '))
  await colleague.saved()
  await observer.until('text', () => readMinutes(observer.doc).items[0]?.blocks[0]?.content.length === 1)
})
afterAll(async () => {
  console.info(`hostile frames: slowest ${slowestMs.toFixed(0)} ms until the next honest edit was stored`)
  await started.stop()
})

function bodyAt(doc: Y.Doc): Y.Text {
  const id = readMinutes(doc).items[0]?.id
  const item = id === undefined ? undefined : itemOf(doc, id)
  if (item === undefined) throw new Error('no item')
  return bodyOf(item)
}

function bodyId(): Id {
  const id = bodyAt(colleague.doc)._item?.id
  if (id === undefined) throw new Error('no body')
  return [id.client, id.clock]
}

function clock(client: number): number {
  return Y.getState(colleague.doc.store, client)
}

const MINE = 999_999_937
const update = (bytes: Uint8Array): Uint8Array => syncFrame(SYNC_UPDATE, bytes)
const step2 = (bytes: Uint8Array): Uint8Array => syncFrame(SYNC_STEP_2, bytes)
const run = (content: ReturnType<typeof string>, at: Partial<Parameters<typeof forge>[0][number]> = {}): Uint8Array =>
  forge([{ client: MINE, clock: 0, structs: [{ content, parent: bodyId() }], ...at }])

/** Frames with nothing to tell: what they are called, their bytes, and how their sender's socket ends. */
const FRAMES: readonly [string, () => Uint8Array | string, number | 'stays'][] = [
  [
    'a colleague’s next clock',
    () => update(run(string('x'), { client: clientOfColleague, clock: clock(clientOfColleague) })),
    CLOSE.forbidden,
  ],
  [
    'a colleague’s clock, far ahead',
    () => update(run(string('x'), { client: clientOfColleague, clock: 2 ** 31 })),
    CLOSE.forbidden,
  ],
  ['the server’s next clock', () => update(run(string('x'), { client: 1, clock: clock(1) })), CLOSE.forbidden],
  [
    'a clock jump of a colleague by a collected struct',
    () => update(run(collected(2 ** 31), { client: clientOfColleague, clock: clock(clientOfColleague) })),
    CLOSE.forbidden,
  ],
  ['an own collected struct', () => update(run(collected(5))), CLOSE.forbidden],
  ['a skip', () => update(run(skip(5))), CLOSE.forbidden],
  ['an own clock that starts late', () => update(run(string('x'), { clock: 50 })), 'stays'],
  [
    'a deletion of what a colleague types next',
    () => update(forge([], [{ client: clientOfColleague, ranges: [[clock(clientOfColleague), 100]] }])),
    'stays',
  ],
  [
    'a deletion under an unknown client',
    () => update(forge([], [{ client: 424242, ranges: [[0, 2 ** 31]] }])),
    'stays',
  ],
  [
    'an unknown origin',
    () => update(forge([{ client: MINE, clock: 0, structs: [{ content: string('x'), origin: [424242, 7] }] }])),
    'stays',
  ],
  [
    'an origin in its own future',
    () => update(forge([{ client: MINE, clock: 0, structs: [{ content: string('x'), origin: [MINE, 7] }] }])),
    CLOSE.forbidden,
  ],
  [
    'two structs that wait for each other',
    () =>
      update(
        forge([
          { client: MINE, clock: 0, structs: [{ content: string('x'), origin: [MINE + 1, 0] }] },
          { client: MINE + 1, clock: 0, structs: [{ content: string('x'), origin: [MINE, 0] }] },
        ]),
      ),
    'stays',
  ],
  [
    'two runs of one client',
    () =>
      update(
        forge([
          { client: MINE, clock: 0, structs: [{ content: string('x'), parent: bodyId() }] },
          { client: MINE, clock: 0, structs: [{ content: string('y'), parent: bodyId() }] },
        ]),
      ),
    CLOSE.forbidden,
  ],
  [
    'two runs that hide each other',
    () =>
      update(
        forge([
          { client: MINE, clock: 0, structs: [{ content: string('x'), parent: bodyId() }] },
          { client: MINE, clock: 1, structs: [{ content: string('y'), origin: [MINE, 0] }] },
        ]),
      ),
    CLOSE.forbidden,
  ],
  [
    'a foreign root',
    () => update(forge([{ client: MINE, clock: 0, structs: [{ content: any('x'), parent: 'evil', key: 'k' }] }])),
    CLOSE.forbidden,
  ],
  [
    '5,000 foreign roots',
    () =>
      update(
        forge([
          {
            client: MINE,
            clock: 0,
            structs: Array.from({ length: 5_000 }, (_, n) => ({ content: any('x'), parent: `root-${n}`, key: 'k' })),
          },
        ]),
      ),
    CLOSE.forbidden,
  ],
  [
    'an unknown header field',
    () => update(forge([{ client: MINE, clock: 0, structs: [{ content: any('x'), parent: 'header', key: 'admin' }] }])),
    CLOSE.forbidden,
  ],
  ['a subdocument', () => update(run(subdocument())), CLOSE.forbidden],
  ['binary content', () => update(run(binary(new Uint8Array(1000)))), CLOSE.forbidden],
  ['an XML element', () => update(run(type(3))), CLOSE.forbidden],
  ['an array', () => update(run(type(0))), CLOSE.forbidden],
  ['a foreign embed', () => update(run(embed({ html: '<script>' }))), CLOSE.forbidden],
  [
    'an agenda item without its parts',
    () => update(forge([{ client: MINE, clock: 0, structs: [{ content: type(1), parent: 'agenda', key: 'x' }] }])),
    CLOSE.forbidden,
  ],
  [
    'deletion of an agenda item',
    () => update(deletionOf((doc) => doc.getMap('agenda').delete(readMinutes(doc).items[0]?.id as string))),
    CLOSE.forbidden,
  ],
  [
    'deletion of an attendee',
    () => update(deletionOf((doc) => doc.getMap('attendance').delete(readMinutes(doc).attendance[0]?.id as string))),
    CLOSE.forbidden,
  ],
  ['values 100,000 deep', () => update(run(nested(100_000))), CLOSE.forbidden],
  ['2^25 structs promised in 7 bytes', () => update(Uint8Array.of(1, 128, 128, 128, 16, 1, 0)), CLOSE.forbidden],
  [
    '2^53 clients promised',
    () => update(encoding.encode((e) => encoding.writeVarUint(e, Number.MAX_SAFE_INTEGER))),
    CLOSE.forbidden,
  ],
  [
    '5,001 structs',
    () =>
      update(
        forge([
          {
            client: MINE,
            clock: 0,
            structs: Array.from({ length: 5_001 }, () => ({ content: string('x'), parent: bodyId() })),
          },
        ]),
      ),
    'stays',
  ],
  [
    '30,001 structs in a step 2',
    () =>
      step2(
        forge([
          {
            client: MINE,
            clock: 0,
            structs: Array.from({ length: 30_001 }, () => ({ content: string('x'), parent: bodyId() })),
          },
        ]),
      ),
    'stays',
  ],
  [
    '30,000 values under one key, which would take 4 GB',
    () =>
      step2(
        forge([
          {
            client: MINE,
            clock: 0,
            structs: Array.from({ length: 30_000 }, (_, n) =>
              n === 0
                ? { content: any('x'), parent: 'header', key: 'subject' }
                : { content: any('x'), origin: [MINE, n - 1] as const },
            ),
          },
        ]),
      ),
    'stays',
  ],
  ['an update over 1 MB', () => update(run(string('x'.repeat(1 << 20)))), 'stays'],
  [
    'awareness over 1 MB',
    () => awarenessMessage([{ clientId: MINE, clock: 1, state: { item: 'x'.repeat(1 << 20) } }]),
    CLOSE.forbidden,
  ],
  ['a frame over 16 MB', () => step2(new Uint8Array((16 << 20) + 100)), 1009],
  ['a truncated update', () => update(run(string('abcdef')).subarray(0, 12)), CLOSE.forbidden],
  ['an empty update', () => update(Uint8Array.of()), CLOSE.forbidden],
  ['an update of ones', () => update(new Uint8Array(500).fill(255)), CLOSE.forbidden],
  ['a step 2 of zeros, 900 kB', () => step2(new Uint8Array(900_000)), 'stays'],
  ['a frame cut inside its length', () => Uint8Array.of(0, 2, 200), CLOSE.forbidden],
  [
    'a frame with something behind it',
    () => Uint8Array.from([...update(Uint8Array.of(0, 0)), 1, 2, 3]),
    CLOSE.forbidden,
  ],
  ['an empty frame', () => Uint8Array.of(), CLOSE.forbidden],
  ['an unknown frame type', () => Uint8Array.of(50), CLOSE.forbidden],
  ['an unknown sync kind', () => Uint8Array.of(0, 9, 0), CLOSE.forbidden],
  ['a varint without end', () => new Uint8Array(40).fill(0x80), CLOSE.forbidden],
  ['a text frame', () => 'hej', CLOSE.forbidden],
  ['a state vector of 200,000 clients', () => syncFrame(SYNC_STEP_1, stateVectorOf(200_000)), 'stays'],
  [
    'a state vector that promises 2^53',
    () =>
      syncFrame(
        SYNC_STEP_1,
        encoding.encode((e) => encoding.writeVarUint(e, Number.MAX_SAFE_INTEGER)),
      ),
    CLOSE.forbidden,
  ],
  ['a state vector from the future', () => syncFrame(SYNC_STEP_1, Uint8Array.of(1, 1, 255, 255, 255, 127)), 'stays'],
  [
    'awareness in a colleague’s name',
    () => awarenessMessage([{ clientId: clientOfColleague, clock: 90, state: { user: { name: 'CHAIR' } } }]),
    'stays',
  ],
  [
    'removal of a colleague’s awareness',
    () => awarenessMessage([{ clientId: clientOfColleague, clock: 90, state: null }]),
    'stays',
  ],
  [
    '60,000 ghosts',
    () =>
      awarenessMessage(Array.from({ length: 60_000 }, (_, n) => ({ clientId: 10_000_000 + n, clock: 1, state: {} }))),
    'stays',
  ],
  ['awareness that is no JSON', () => Uint8Array.of(1, 5, 1, 7, 1, 1, 120), 'stays'],
  ['awareness cut short', () => Uint8Array.of(1, 3, 9, 1, 1), 'stays'],
  ['a receipt of the server', () => encodeReceipt({ type: 'ack', count: 9 }), 'stays'],
  ['an event of the server', () => encodeEvent({ type: 'phase', phase: 'adjusted', at: 0, by: 'x' }), 'stays'],
  ['an auth frame', () => Uint8Array.of(2, 0, 1, 120), 'stays'],
  ['a heartbeat with a load', () => Uint8Array.from([...encodeHeartbeat(), 1, 2]), CLOSE.forbidden],
  [
    'a deletion with 400,000 equal ranges of the unknown',
    () => update(forge([], [{ client: 424242, ranges: Array.from({ length: 400_000 }, () => [0, 9] as const) }])),
    'stays',
  ],
]

function deletionOf(edit: (doc: Y.Doc) => void): Uint8Array {
  const doc = createMinutesDoc()
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(colleague.doc))
  let sent: Uint8Array | null = null
  doc.on('update', (bytes: Uint8Array) => {
    sent = bytes
  })
  doc.transact(() => edit(doc))
  if (sent === null) throw new Error('nothing deleted')
  return sent
}

function stateVectorOf(count: number): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, count)
    for (let n = 0; n < count; n++) {
      encoding.writeVarUint(encoder, n)
      encoding.writeVarUint(encoder, 0)
    }
  })
}

async function stateNow(meeting: MeetingId = MEETING): Promise<string> {
  const state = await started.service.read(meeting, (doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'))
  if (state === null) throw new Error('no meeting')
  return state
}

/** An honest edit by the colleague gets through and comes back acknowledged. */
async function honestEdit(): Promise<void> {
  const begun = performance.now()
  colleague.doc.transact(() => bodyAt(colleague.doc).insert(2, '.'))
  await colleague.saved()
  slowestMs = Math.max(slowestMs, performance.now() - begun)
}

describe('[GT8] hostile frames have no effect, and nobody else notices', () => {
  test(`there are at least forty of them: ${FRAMES.length}`, () => expect(FRAMES.length).toBeGreaterThanOrEqual(40))

  test.each(FRAMES)('%s', async (_name, bytes, ends) => {
    const intruder = started.connect('anna', { mute: true })
    await intruder.opened()
    intruder.sendRaw(syncFrame(SYNC_STEP_1, Uint8Array.of(0)))
    await intruder.until('answer', () => intruder.synced && intruder.step1s === 1)
    const before = await stateNow()
    const rows = started.log.stored(MEETING).rows.length
    const frame = bytes()
    if (typeof frame === 'string') intruder.ws.send(frame)
    else intruder.sendRaw(frame)
    if (ends === 'stays') {
      intruder.sendRaw(Uint8Array.of(3)) // once this is answered, the frame before it was handled
      const seen = intruder.awarenessFrames
      await intruder.until('answer', () => intruder.awarenessFrames > seen)
      expect(intruder.closeCode).toBeNull()
    } else {
      await intruder.closed()
      expect(intruder.closeCode).toBe(ends)
    }
    expect(await stateNow()).toBe(before)
    expect(started.log.stored(MEETING).rows.length).toBe(rows)
    await honestEdit()
    expect(colleague.closeCode).toBeNull()
    expect(observer.closeCode).toBeNull()
    const shown = [...observer.awareness.values()].map(({ state }) => JSON.stringify(state))
    expect(shown.join()).not.toContain('CHAIR')
    if (intruder.closeCode === null) await intruder.close()
  })
})

describe('[GT9] broken WebSocket frames end their socket only', () => {
  /** What follows the handshake, raw. */
  const raw: readonly [string, () => Buffer][] = [
    ['a reserved bit', () => masked(0xc2, Buffer.from([0, 2, 2, 0, 0]))],
    ['all reserved bits', () => masked(0xf2, Buffer.from([0]))],
    ['an unknown opcode', () => masked(0x83, Buffer.from([0]))],
    ['an unmasked frame', () => Buffer.from([0x82, 1, 0])],
    ['a fragmented control frame', () => masked(0x09, Buffer.from([0]))],
    ['a ping too long', () => masked(0x89, Buffer.alloc(126))],
    ['a close frame of one byte', () => masked(0x88, Buffer.from([1]))],
    ['a continuation of nothing', () => masked(0x80, Buffer.from([0]))],
    ['a text frame that is no UTF-8', () => masked(0x81, Buffer.from([0xff, 0xfe]))],
    [
      'seventeen fragments',
      () => Buffer.concat(Array.from({ length: 17 }, (_, n) => masked(n === 0 ? 0x02 : 0x00, Buffer.from([0])))),
    ],
    ['a length of 2^63', () => Buffer.from([0x82, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0])],
    ['half a header, then nothing', () => Buffer.from([0x82])],
  ]
  test.each(raw)('%s', async (name, bytes) => {
    const before = await stateNow()
    const socket = await rawSocket(name)
    socket.write(bytes())
    if (name.startsWith('half')) socket.destroy()
    else await new Promise<void>((resolve) => socket.once('close', () => resolve()))
    expect(await stateNow()).toBe(before)
    await honestEdit()
  })
})

/** A client frame with an all-zero mask. */
function masked(first: number, payload: Buffer): Buffer {
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0xfe, payload.length >> 8, payload.length & 255])
  return Buffer.concat([Buffer.from([first]), length, Buffer.alloc(4), payload])
}

function rawSocket(name: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(started.port, '127.0.0.1')
    socket.on('error', reject)
    socket.once('data', (data) => {
      socket.on('error', () => {})
      socket.resume()
      if (data.toString('latin1').startsWith('HTTP/1.1 101')) resolve(socket)
      else reject(new Error(`${name}: ${data.toString('latin1')}`))
    })
    const lines = [
      `GET /sync/${MEETING} HTTP/1.1`,
      `Host: 127.0.0.1:${started.port}`,
      `Origin: ${started.origin}`,
      'Cookie: session=anna',
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ]
    socket.write(`${lines.join('\r\n')}\r\n\r\n`)
  })
}

describe('[GT10] nobody writes outside role and phase, by any frame', () => {
  const phases = ['planned', 'drafting', 'comment', 'adjustment', 'adjusted'] as const
  const roles = ['secretary', 'chair', 'participant', 'observer'] as const
  test.each(phases)('%s', async (phase) => {
    const meeting = meetingIn(started.log, phase)
    for (const role of roles) {
      for (const frame of [update, step2]) {
        const allowed =
          role !== 'observer' &&
          phase !== 'adjusted' &&
          (phase === 'planned' || phase === 'drafting' || role !== 'participant')
        const client = started.connect(role, { meeting, mute: true })
        await client.opened()
        const doc = createMinutesDoc()
        const state = await started.service.read(meeting, (from) => Y.encodeStateAsUpdate(from))
        Y.applyUpdate(doc, state ?? Uint8Array.of(0, 0))
        const known = Y.encodeStateVector(doc)
        const before = await stateNow(meeting)
        bodyAt(doc).insert(1, `${role} `)
        addItem(doc, { title: role, presenters: [], blocks: [] })
        bodyAt(doc).delete(3, 1)
        client.sendRaw(frame(Y.encodeStateAsUpdate(doc, known)))
        client.sendRaw(awarenessMessage([{ clientId: doc.clientID, clock: 1, state: { item: 'x' } }]))
        await client.until('a verdict', () => client.receipts.length > 0)
        expect({ role, phase, refused: client.refusals.length > 0 }).toEqual({ role, phase, refused: !allowed })
        expect((await stateNow(meeting)) === before).toBe(!allowed)
        expect(client.closeCode).toBeNull()
        await client.close()
      }
    }
  })

  test('an observer is never asked for content and never kicked for what is known', async () => {
    const returning = started.connect('observer')
    await returning.ready()
    expect(returning.step1s).toBe(0)
    returning.sendStep2(Y.encodeStateAsUpdate(returning.doc))
    await returning.saved()
    expect(returning.refusals).toEqual([])
    await returning.close()
  })
})

describe('[GT11] honest peers with much to say get in', () => {
  test('75,000 scattered deletions', async () => {
    const meeting = 'scattered' as MeetingId
    started.log.create(meeting, 'drafting', Y.encodeStateAsUpdate(longDocument(150_000)))
    const client = started.connect('cia', { meeting })
    await client.ready()
    await client.saved()
    await client.close()
    const long = client.doc.store.clients.get(1)?.find((struct) => struct.length === 150_000)
    if (long === undefined) throw new Error('no long text')
    const ranges = Array.from({ length: 75_000 }, (_, n) => [long.id.clock + 2 * n, 1] as const)
    Y.applyUpdate(client.doc, forge([], [{ client: 1, ranges }]))
    expect(bodyAt(client.doc).length).toBeLessThan(76_000)
    const returning = started.connect('cia', { meeting, doc: client.doc })
    await returning.ready()
    await returning.until('ack', () => returning.sent > 0 && returning.acked >= returning.sent, 30_000)
    const length = await started.service.read(meeting, (doc) => bodyAt(doc).length)
    expect(length).toBe(bodyAt(client.doc).length)
    expect(returning.refusals).toEqual([])
  })
})

function longDocument(length: number): Y.Doc {
  const doc = exampleDocument()
  bodyAt(doc).insert(1, 'x'.repeat(length))
  return doc
}
