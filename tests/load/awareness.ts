import { parseArgs } from 'node:util'
import { FRAME_AWARENESS } from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { cpuMs, startJustera, startRelay, type Target } from './target.ts'

/**
 * Moving carets: every client sends its caret `rate` times a second. Prints frames a second that reach each client
 * and server CPU, at a plain relay and at Justera in the same run.
 *
 *     node tests/load/awareness.ts --clients 54 --rate 10 --seconds 15 --repeat 3
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '54' },
    rate: { type: 'string', default: '10' },
    seconds: { type: 'string', default: '15' },
    repeat: { type: 'string', default: '3' },
  },
})
const clients = Number(values.clients)
const rate = Number(values.rate)
const seconds = Number(values.seconds)

/** One awareness frame with one entry, as y-websocket's client sends it. */
function caretFrame(clientId: number, clock: number, index: number): Uint8Array {
  const entry = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint(encoder, clientId)
    encoding.writeVarUint(encoder, clock)
    const place = { type: null, tname: null, item: { client: 1, clock: index }, assoc: -1 }
    encoding.writeVarString(encoder, JSON.stringify({ item: 'first', anchor: place, head: place }))
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_AWARENESS)
    encoding.writeVarUint8Array(encoder, entry)
  })
}

/** @returns awareness frames a second at one client, and CPU milliseconds of the server for each second */
async function measure(target: Target): Promise<{ framesPerSecond: number; cpuPerSecond: number }> {
  let frames = 0
  const sockets = await Promise.all(
    Array.from({ length: clients }, async (_, n) => {
      const socket = target.connect(n)
      socket.binaryType = 'arraybuffer'
      socket.on('message', (data: ArrayBuffer) => {
        if (decoding.readVarUint(decoding.createDecoder(new Uint8Array(data))) === FRAME_AWARENESS) frames++
      })
      await new Promise<void>((resolve, reject) => {
        socket.once('open', () => resolve())
        socket.once('error', reject)
      })
      return socket
    }),
  )
  let tick = 0
  const timers = sockets.map((socket, n) => {
    const clientId = 1_000_000 + n
    return setInterval(() => socket.send(caretFrame(clientId, ++tick, tick % 1000)), 1000 / rate)
  })
  await new Promise((resolve) => setTimeout(resolve, 2000))
  frames = 0
  const cpu = cpuMs(target.pid)
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
  const result = { framesPerSecond: frames / clients / seconds, cpuPerSecond: (cpuMs(target.pid) - cpu) / seconds }
  for (const timer of timers) clearInterval(timer)
  for (const socket of sockets) socket.terminate()
  return result
}

console.log(`${clients} carets × ${rate}/s, ${seconds} s, ${values.repeat} repetitions`)
const ratios: number[] = []
for (let repetition = 0; repetition < Number(values.repeat); repetition++) {
  const cpu: number[] = []
  for (const start of [startRelay, startJustera]) {
    const target = await start()
    const { framesPerSecond, cpuPerSecond } = await measure(target)
    await target.dispose()
    cpu.push(cpuPerSecond)
    console.log(
      `${target.name.padEnd(8)} ${framesPerSecond.toFixed(1)} frames/s to each client, ${cpuPerSecond.toFixed(0)} ms CPU per second`,
    )
  }
  ratios.push((cpu[1] ?? Number.NaN) / (cpu[0] ?? Number.NaN))
}
console.log(`CPU ÷ relay: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} (target ≤ 0.5; ≤ 25 frames/s)`)
