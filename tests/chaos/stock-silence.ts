import { parseArgs } from 'node:util'
import { createMinutesDoc, readMinutes, setHeaderField } from '@justera/minutes'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import { MEETING, startService } from '../../server/src/sync/testing/startService.ts'

/**
 * A stock y-websocket client edits, receives, and stays connected through silence:
 * `node tests/chaos/stock-silence.ts --seconds 70`. Its awareness is switched off in one of the two clients,
 * so that nothing but the server keeps that line alive.
 */
const { values } = parseArgs({ options: { seconds: { type: 'string', default: '70' } } })
const seconds = Number(values.seconds)
const started = await startService()

function connect(name: string): WebsocketProvider {
  class AsPerson extends WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols ?? [], { origin: started.origin, headers: { cookie: `session=${name}` } })
    }
  }
  const polyfill: unknown = AsPerson // ws fits y-websocket, though not the browser's type
  return new WebsocketProvider(`ws://127.0.0.1:${started.port}/sync`, MEETING, createMinutesDoc(), {
    WebSocketPolyfill: polyfill as typeof globalThis.WebSocket,
    disableBc: true,
  })
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const ends = Date.now() + 30_000
  while (!holds()) {
    if (Date.now() > ends) throw new Error(`still waiting for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const [anna, bo] = [connect('anna'), connect('bo')]
bo.awareness.setLocalState(null)
let drops = 0
for (const provider of [anna, bo]) provider.on('connection-close', () => drops++)
await until('sync', () => anna.synced && bo.synced)
setHeaderField(anna.doc, 'place', 'före tystnaden')
await until('the first edit', () => readMinutes(bo.doc).header.place === 'före tystnaden')
console.log(`silent for ${seconds} s`)
await new Promise((resolve) => setTimeout(resolve, seconds * 1000))
setHeaderField(bo.doc, 'place', 'efter tystnaden')
await until('the second edit', () => readMinutes(anna.doc).header.place === 'efter tystnaden')
const dropped = drops // leaving is not a drop
for (const provider of [anna, bo]) provider.destroy()
await started.stop()
console.log(JSON.stringify({ seconds, dropped }))
process.exit(dropped === 0 ? 0 : 1)
