import { agendaOf, bodyOf, createMinutesDoc } from '@justera/minutes'
import { FRAME_RECEIPT, FRAME_SYNC, SYNC_STEP_1, SYNC_STEP_2 } from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import type { WebSocket } from 'ws'
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync'
import * as Y from 'yjs'
import { cpuMs, quantile, type Target } from './target.ts'

type Typist = { readonly socket: WebSocket; readonly doc: Y.Doc; readonly texts: readonly Y.Text[] }
export type TypingOutcome = {
  /** keys times receivers, counted from what arrived while measuring */
  readonly deliveries: number
  /** sent and not arrived within 10 s; negative when something came twice */
  readonly lost: number
  /** server CPU, microseconds for each delivered key */
  readonly cpuPerDelivery: number
  readonly deliveriesPerSecond: number
  /** key to each peer, ms, sorted */
  readonly latencies: readonly number[]
  /** ms; NaN at a target that confirms nothing */
  readonly ackP99: number
}

export type Typing = { readonly clients: number; readonly rate: number; readonly seconds: number }

/** Lets `clients` people type `rate` keys a second each, 2 s unmeasured and then `seconds`. */
export async function measureTyping(target: Target, { clients, rate, seconds }: Typing): Promise<TypingOutcome> {
  const sentAt = new Map<string, number>() // "clientId:clock" → when its key was pressed
  const latencies: number[] = []
  const ackLatencies: number[] = []
  let deliveries = 0
  let measuring = false

  async function join(n: number): Promise<Typist> {
    const socket = target.connect(n)
    socket.binaryType = 'arraybuffer'
    const doc = createMinutesDoc()
    const frameTimes: number[] = []
    const open = Promise.withResolvers<void>()
    let acked = 0
    // The state may come in parts, as updates, before the step 2 that ends the first sync.
    let ready = target.name === 'relay'
    socket.on('error', (error) => open.reject(error))
    socket.on('close', (code) => open.reject(new Error(`client ${n} closed with ${code}`)))
    socket.on('open', () => {
      if (ready) {
        open.resolve()
        return
      }
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, FRAME_SYNC)
      writeSyncStep1(encoder, doc)
      socket.send(encoding.toUint8Array(encoder))
    })
    socket.on('message', (data: ArrayBuffer) => {
      const now = performance.now()
      const decoder = decoding.createDecoder(new Uint8Array(data))
      const type = decoding.readVarUint(decoder)
      if (type === FRAME_RECEIPT && decoding.readVarUint(decoder) === 0) {
        const count = decoding.readVarUint(decoder)
        while (frameTimes.length > 0 && acked < count) {
          acked++
          const at = frameTimes.shift()
          if (at !== undefined && measuring) ackLatencies.push(now - at)
        }
        return
      }
      if (type !== FRAME_SYNC) return
      const kind = decoding.peekVarUint(decoder)
      if (kind === SYNC_STEP_1 || !ready) {
        const encoder = encoding.createEncoder()
        encoding.writeVarUint(encoder, FRAME_SYNC)
        readSyncMessage(decoder, encoder, doc, socket)
        if (kind === SYNC_STEP_1) {
          frameTimes.push(now)
          socket.send(encoding.toUint8Array(encoder))
        } else if (kind === SYNC_STEP_2) {
          ready = true
          open.resolve()
        }
        return
      }
      decoding.readVarUint(decoder)
      const { from, to } = Y.parseUpdateMeta(decoding.readVarUint8Array(decoder))
      for (const [client, end] of to) {
        if (client === doc.clientID) continue // a merged update goes to its writers too
        for (let clock = from.get(client) ?? end; clock < end; clock++) {
          const at = sentAt.get(`${client}:${clock}`)
          if (at === undefined) continue
          deliveries++
          if (measuring) latencies.push(now - at)
        }
      }
    })
    await open.promise
    socket.removeAllListeners('close')
    const texts = [...agendaOf(doc).values()].filter((item) => item instanceof Y.Map).map((item) => bodyOf(item))
    if (target.name === 'relay') texts.push(doc.getText('relay'))
    const typist: Typist = { socket, doc, texts }
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === socket) return
      const encoder = encoding.createEncoder()
      encoding.writeVarUint(encoder, FRAME_SYNC)
      writeUpdate(encoder, update)
      frameTimes.push(performance.now())
      socket.send(encoding.toUint8Array(encoder))
    })
    return typist
  }

  const typists: Typist[] = []
  for (let n = 0; n < clients; n++) typists.push(await join(n))

  let keys = 0
  function press(typist: Typist): void {
    const text = typist.texts[keys % typist.texts.length]
    if (text === undefined) throw new Error('no text to type in')
    sentAt.set(`${typist.doc.clientID}:${Y.getState(typist.doc.store, typist.doc.clientID)}`, performance.now())
    text.insert(text.length, 'x')
    keys++
  }

  const timers = typists.map((typist, n) => {
    const interval = 1000 / rate
    let timer: NodeJS.Timeout
    const next = (): void => {
      press(typist)
      timer = setTimeout(next, interval)
    }
    timer = setTimeout(next, (interval * n) / typists.length)
    return () => clearTimeout(timer)
  })
  await sleep(2000) // warm up
  const firstKeys = keys
  const firstDeliveries = deliveries
  const cpuStart = cpuMs(target.pid)
  measuring = true
  await sleep(seconds * 1000)
  for (const stop of timers) stop()
  const limit = performance.now() + 10_000
  while (deliveries < keys * (clients - 1) && performance.now() < limit) await sleep(20)
  measuring = false
  const cpu = cpuMs(target.pid) - cpuStart
  const measured = deliveries - firstDeliveries
  for (const { socket } of typists) socket.terminate()
  return {
    deliveries: measured,
    deliveriesPerSecond: measured / seconds,
    lost: keys * (clients - 1) - deliveries,
    cpuPerDelivery: (cpu * 1000) / Math.max(1, (keys - firstKeys) * (clients - 1)),
    latencies: latencies.sort((a, b) => a - b),
    ackP99: quantile(
      ackLatencies.sort((a, b) => a - b),
      0.99,
    ),
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
