import { parseArgs } from 'node:util'
import { createMinutesDoc } from '@justera/minutes'
import { FRAME_SYNC, SUBPROTOCOL } from '@justera/protocol'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { writeSyncStep1 } from 'y-protocols/sync'
import { residentBytes, startJustera, startRelay } from './target.ts'

/**
 * Memory of an open meeting: `rooms` meetings with 3 connections each, at a plain relay and at Justera.
 * Resident memory after minus before, divided by the rooms. The relay holds sockets only; Justera also holds each
 * document, its people and its sessions.
 *
 *     node tests/load/rooms.ts --rooms 100
 */
const { values } = parseArgs({ options: { rooms: { type: 'string', default: '100' } } })
const rooms = Number(values.rooms)
const CONNECTIONS = 3

async function open(socket: WebSocket, sync: boolean): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.once('open', () => {
      if (sync) {
        socket.send(
          encoding.encode((encoder) => {
            encoding.writeVarUint(encoder, FRAME_SYNC)
            writeSyncStep1(encoder, createMinutesDoc())
          }),
        )
        socket.once('message', () => resolve())
      } else resolve()
    })
  })
}

const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 3000))

const relay = await startRelay()
const address = relay.connect(0)
await open(address, false)
const relayBefore = residentBytes(relay.pid)
const relaySockets: WebSocket[] = [address]
for (let n = 0; n < rooms * CONNECTIONS; n++) {
  const socket = new WebSocket(`${address.url}/${Math.floor(n / CONNECTIONS)}`, { perMessageDeflate: false })
  relaySockets.push(socket)
  await open(socket, false)
}
await rest()
const relayEach = (residentBytes(relay.pid) - relayBefore) / rooms
for (const socket of relaySockets) socket.terminate()
await relay.dispose()

const justera = await startJustera()
const secretary = justera.cookies[0] ?? ''
const meetings: string[] = []
for (let n = 0; n < rooms; n++) {
  const response = await fetch(`${justera.url}/api/meetings`, {
    method: 'POST',
    headers: { cookie: secretary, origin: justera.url, 'content-type': 'application/json' },
    body: JSON.stringify({
      from: 'agenda',
      title: `Möte ${n}`,
      meeting: '',
      date: '2026-01-01',
      startsAt: '',
      endsAt: '',
      place: '',
      agenda: ['Mötet öppnas', 'Rapporter', 'Avslutning'],
      withAttendance: true,
    }),
  })
  if (response.status === 429) {
    await rest()
    n--
    continue
  }
  meetings.push(((await response.json()) as { id: string }).id)
}
await rest()
const before = residentBytes(justera.pid)
const sockets: WebSocket[] = []
for (const [n, id] of meetings.entries()) {
  for (let connection = 0; connection < CONNECTIONS; connection++) {
    const socket = new WebSocket(`${justera.url.replace(/^http/, 'ws')}/sync/${id}`, [SUBPROTOCOL], {
      perMessageDeflate: false,
      headers: { cookie: justera.cookies[(n + connection) % justera.cookies.length] ?? '', origin: justera.url },
    })
    sockets.push(socket)
    await open(socket, true)
  }
}
await rest()
const each = (residentBytes(justera.pid) - before) / rooms
for (const socket of sockets) socket.terminate()
await justera.dispose()
console.log(
  `${rooms} rooms with ${CONNECTIONS} connections: relay ${(relayEach / 1024).toFixed(0)} kB, justera ${(each / 1024).toFixed(0)} kB a room, ÷ relay ${(each / relayEach).toFixed(2)} (target ≤ 1.5)`,
)
