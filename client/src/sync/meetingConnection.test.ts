// @vitest-environment jsdom
import { addItem, createMinutesDoc, type ItemId, itemOf, readMinutes, setHeaderField, titleOf } from '@justera/minutes'
import { encodeEvent, encodeReceipt, FRAME_SYNC, SYNC_STEP_1 } from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as sync from 'y-protocols/sync'
import type * as Y from 'yjs'
import { type MeetingConnection, openMeeting } from './meetingConnection.ts'

/** The server's half of one socket, in this process: counts sync frames as the protocol says. */
class FakeSocket {
  static readonly all: FakeSocket[] = []
  static server: Y.Doc
  readonly OPEN = 1
  binaryType = 'arraybuffer'
  readyState = 0
  received = 0
  ackAll = true
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null
  onerror: (() => void) | null = null
  readonly url: string
  readonly protocols: readonly string[]

  constructor(url: string, protocols: string[]) {
    this.url = url
    this.protocols = protocols
    FakeSocket.all.push(this)
  }

  open(): void {
    this.readyState = 1
    this.onopen?.()
    this.push(
      encoding.encode((encoder) => {
        encoding.writeVarUint(encoder, FRAME_SYNC)
        sync.writeSyncStep1(encoder, FakeSocket.server)
      }),
    )
  }

  send(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(new Uint8Array(bytes))
    if (decoding.readVarUint(decoder) !== FRAME_SYNC) return
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, FRAME_SYNC)
    const kind = sync.readSyncMessage(decoder, answer, FakeSocket.server, this)
    if (kind === SYNC_STEP_1) this.push(encoding.toUint8Array(answer))
    else {
      this.received++
      if (this.ackAll) this.push(encodeReceipt({ type: 'ack', count: this.received }))
    }
  }

  push(bytes: Uint8Array): void {
    this.onmessage?.({ data: new Uint8Array(bytes).buffer })
  }

  close(): void {
    this.drop(1000)
  }

  drop(code: number): void {
    if (this.readyState === 3) return
    this.readyState = 3
    this.onclose?.({ code, reason: '' })
  }
}

let connection: MeetingConnection
const socket = (): FakeSocket => FakeSocket.all.at(-1) as FakeSocket
const snapshot = () => connection.meeting.getSnapshot()
const status = () => connection.save.getSnapshot().status.name

beforeEach(async () => {
  vi.useFakeTimers()
  vi.stubGlobal('WebSocket', FakeSocket)
  FakeSocket.all.length = 0
  FakeSocket.server = createMinutesDoc()
  addItem(FakeSocket.server, { title: 'Inledning', presenters: [], blocks: [] }, 0, 'seed', 'one' as ItemId)
  localStorage.clear()
  connection = openMeeting({ meetingId: 'm', person: 'p', epoch: 1, phase: 'drafting', role: 'participant' })
  await vi.advanceTimersByTimeAsync(10)
})

afterEach(() => {
  connection.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('[CS1] the count of sync frames meets the server’s exactly', async () => {
  expect(status()).toBe('connecting')
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  expect([snapshot().ready, snapshot().writable, status()]).toEqual([true, true, 'saved'])
  const one = socket()
  one.ackAll = false
  for (const value of ['A', 'B', 'C']) setHeaderField(snapshot().doc, 'place', value)
  expect(one.received).toBe(4) // one step 2, three updates
  one.push(encodeReceipt({ type: 'ack', count: 3 }))
  await vi.advanceTimersByTimeAsync(1_500)
  expect(status()).toBe('saving')
  one.push(encodeReceipt({ type: 'ack', count: 4 }))
  await vi.advanceTimersByTimeAsync(600)
  expect(status()).toBe('saved')
})

test('[CS3] edits made without a link are merged and saved on return', async () => {
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  socket().drop(1006)
  setHeaderField(snapshot().doc, 'place', 'Här')
  titleOf(itemOf(FakeSocket.server, 'one' as ItemId) as Y.Map<unknown>).insert(0, 'Ny ')
  await vi.advanceTimersByTimeAsync(4_000)
  expect(connection.save.getSnapshot().status).toEqual({ name: 'offline', waiting: 1 })
  expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(false)
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  expect(connection.save.getSnapshot()).toEqual({ status: { name: 'saved' }, back: { changes: 1 } })
  await vi.advanceTimersByTimeAsync(7_000)
  expect(connection.save.getSnapshot().back).toBeNull()
  expect(readMinutes(snapshot().doc)).toEqual(readMinutes(FakeSocket.server))
  expect(readMinutes(snapshot().doc).items[0]?.title).toBe('Ny Inledning')
  expect(window.dispatchEvent(new Event('beforeunload', { cancelable: true }))).toBe(true)
})

test('[CS9] refused text is set aside, and the document comes anew from the server', async () => {
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  const one = socket()
  const before = snapshot().doc
  one.send = () => one.push(encodeReceipt({ type: 'refused', count: 2, reason: 'phase' }))
  setHeaderField(before, 'place', 'Hemligt')
  await vi.advanceTimersByTimeAsync(50)
  expect([snapshot().generation, snapshot().writable, status()]).toEqual([1, false, 'refused'])
  expect(localStorage.length).toBe(1)
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  expect(snapshot().doc).not.toBe(before)
  expect(snapshot().setAside).toEqual({ reason: 'phase', passages: [{ title: 'place', text: 'Hemligt' }] })
  expect(readMinutes(snapshot().doc)).toEqual(readMinutes(FakeSocket.server))
  expect(snapshot().writable).toBe(false)
  connection.dismissSetAside()
  expect([snapshot().writable, snapshot().setAside, localStorage.length]).toEqual([true, null, 0])
})

test.each([
  [4401, 'signed-out', 1],
  [4403, 'forbidden', 1],
  [4409, 'epoch-changed', 1],
  [4426, 'outdated-page', 1],
  [4423, null, 2],
  [4503, null, 2],
])('[CS11] close code %i: %s, %i sockets within a second', async (code, ended, sockets) => {
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  socket().drop(code)
  await vi.advanceTimersByTimeAsync(1_000)
  expect([snapshot().ended, FakeSocket.all.length]).toEqual([ended, sockets])
  if (code === 4423) expect([snapshot().phase, snapshot().writable]).toEqual(['adjusted', false])
})

test('[CS12] pushed events take effect at once', async () => {
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  socket().push(encodeEvent({ type: 'phase', phase: 'comment', at: 1, by: 'x' }))
  expect([snapshot().phase, snapshot().writable]).toEqual(['comment', false])
  socket().push(encodeEvent({ type: 'role', role: 'chair' }))
  expect([snapshot().role, snapshot().writable]).toEqual(['chair', true])
  socket().push(encodeEvent({ type: 'storage', failing: true }))
  expect([status(), snapshot().writable]).toEqual(['storage-failing', false])
  socket().push(encodeEvent({ type: 'storage', failing: false }))
  socket().push(encodeEvent({ type: 'members' }))
  expect(snapshot().membersVersion).toBe(1)
  socket().push(encodeEvent({ type: 'overwritten', path: ['header', 'place'], yours: 'A', theirs: 'B', by: 'Löf' }))
  const lost = snapshot().overwritten[0]
  expect([lost?.yours, lost?.theirs]).toEqual(['A', 'B'])
  connection.dismissOverwritten(lost?.key ?? 0)
  expect(snapshot().overwritten).toEqual([])
})

test('[CS13] a page that only opens and receives sends no update', async () => {
  const one = socket()
  one.open()
  addItem(FakeSocket.server, { title: 'Två', presenters: [], blocks: [{ content: 'Text' }] })
  await vi.advanceTimersByTimeAsync(20_000)
  expect(one.received).toBe(1) // the empty step 2 only
})

test('[CS11] an unreadable frame ends the socket, and another is opened', async () => {
  vi.spyOn(console, 'error').mockReturnValue()
  socket().open()
  await vi.advanceTimersByTimeAsync(600)
  socket().push(new Uint8Array([100, 9, 9]))
  await vi.advanceTimersByTimeAsync(1_000)
  expect(FakeSocket.all.length).toBe(2)
})
