import { createMinutesDoc } from '@justera/minutes'
import {
  FRAME_AWARENESS,
  FRAME_EVENT,
  FRAME_HEARTBEAT,
  FRAME_RECEIPT,
  FRAME_SYNC,
  type MeetingEvent,
  type Receipt,
  readEvent,
  readReceipt,
  SUBPROTOCOL,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import * as Y from 'yjs'

export type ClientOptions = {
  readonly url: string
  readonly origin: string
  readonly cookie?: string
  readonly protocols?: readonly string[]
  readonly doc?: Y.Doc
  /** says nothing by itself: no step 1, no answers, no updates */
  readonly mute?: boolean
}

/** A small client written against docs/protocol.md: syncs a document and keeps every frame it was sent. */
export class TestClient {
  readonly doc: Y.Doc
  readonly ws: WebSocket
  readonly receipts: Receipt[] = []
  readonly events: MeetingEvent[] = []
  readonly awareness = new Map<number, { clock: number; state: unknown }>()
  /** sync frames sent since the socket opened, as the server counts them */
  sent = 0
  synced = false
  step1s = 0
  updates = 0
  awarenessFrames = 0
  heartbeats = 0
  closeCode: number | null = null
  /** why the socket failed before it opened: an HTTP status, as a rule */
  failure: string | null = null
  #waiting: (() => void)[] = []
  readonly #mute: boolean

  constructor(options: ClientOptions) {
    this.doc = options.doc ?? createMinutesDoc()
    this.#mute = options.mute ?? false
    this.ws = new WebSocket(options.url, [...(options.protocols ?? [SUBPROTOCOL])], {
      origin: options.origin,
      ...(options.cookie === undefined ? {} : { headers: { cookie: options.cookie } }),
    })
    this.ws.on('open', () => {
      if (!this.#mute) this.sendStep1()
      this.#wake()
    })
    this.ws.on('message', (data) => {
      if (data instanceof Buffer) this.#receive(data)
      this.#wake()
    })
    this.ws.on('error', (error) => {
      this.failure = error.message
      this.#wake()
    })
    this.ws.on('close', (code) => {
      this.closeCode = code
      this.doc.off('update', this.#onUpdate)
      this.#wake()
    })
    if (!this.#mute) this.doc.on('update', this.#onUpdate)
  }

  readonly #onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin !== this && this.ws.readyState === this.ws.OPEN) this.sendUpdate(update)
  }

  /** Resolves as soon as the condition holds; rejects after `hangMs`, which no passing test comes near. */
  async until(what: string, condition: () => boolean, hangMs = 10_000): Promise<void> {
    const ends = Date.now() + hangMs
    while (!condition()) {
      if (Date.now() > ends)
        throw new Error(`still waiting for ${what} (close code ${this.closeCode}, ${this.failure})`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 50)
        this.#waiting.push(() => {
          clearTimeout(timer)
          resolve()
        })
      })
    }
  }

  opened(): Promise<void> {
    return this.until('open', () => this.ws.readyState === this.ws.OPEN)
  }

  /** Synced, and asked for its own state where it may write. */
  ready(): Promise<void> {
    return this.until('sync', () => this.synced)
  }

  /** Everything sent so far is on disk. */
  saved(): Promise<void> {
    return this.until(`ack of ${this.sent}`, () => this.acked >= this.sent)
  }

  closed(): Promise<void> {
    return this.until('close', () => this.closeCode !== null)
  }

  get acked(): number {
    return this.receipts.reduce((most, receipt) => (receipt.type === 'ack' ? Math.max(most, receipt.count) : most), 0)
  }

  get refusals(): readonly string[] {
    return this.receipts.flatMap((receipt) => (receipt.type === 'refused' ? [receipt.reason] : []))
  }

  sendStep1(): void {
    this.sendRaw(syncFrame(SYNC_STEP_1, Y.encodeStateVector(this.doc)))
  }

  sendUpdate(update: Uint8Array): void {
    this.sent++
    this.sendRaw(syncFrame(SYNC_UPDATE, update))
  }

  sendStep2(update: Uint8Array): void {
    this.sent++
    this.sendRaw(syncFrame(SYNC_STEP_2, update))
  }

  sendAwareness(entries: readonly { clientId: number; clock: number; state: unknown }[]): void {
    this.sendRaw(awarenessMessage(entries))
  }

  sendRaw(bytes: Uint8Array): void {
    this.ws.send(bytes)
  }

  close(): Promise<void> {
    this.ws.close()
    return this.closed()
  }

  #receive(bytes: Uint8Array): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === FRAME_SYNC) this.#receiveSync(decoder)
    else if (type === FRAME_AWARENESS) this.#receiveAwareness(decoding.readVarUint8Array(decoder))
    else if (type === FRAME_RECEIPT) this.receipts.push(readReceipt(decoder))
    else if (type === FRAME_EVENT) this.events.push(readEvent(decoder))
    else if (type === FRAME_HEARTBEAT) this.heartbeats++
  }

  #receiveSync(decoder: decoding.Decoder): void {
    const kind = decoding.readVarUint(decoder)
    const content = decoding.readVarUint8Array(decoder)
    if (kind === SYNC_STEP_1) {
      this.step1s++
      if (!this.#mute) this.sendStep2(Y.encodeStateAsUpdate(this.doc, content))
      return
    }
    if (kind === SYNC_UPDATE) this.updates++
    Y.applyUpdate(this.doc, content, this)
    if (kind === SYNC_STEP_2) this.synced = true
  }

  #receiveAwareness(update: Uint8Array): void {
    this.awarenessFrames++
    const decoder = decoding.createDecoder(update)
    const count = decoding.readVarUint(decoder)
    for (let i = 0; i < count; i++) {
      const clientId = decoding.readVarUint(decoder)
      const clock = decoding.readVarUint(decoder)
      this.awareness.set(clientId, { clock, state: JSON.parse(decoding.readVarString(decoder)) })
    }
  }

  #wake(): void {
    const waiting = this.#waiting
    this.#waiting = []
    for (const wake of waiting) wake()
  }
}

export function syncFrame(kind: number, content: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_SYNC)
    encoding.writeVarUint(encoder, kind)
    encoding.writeVarUint8Array(encoder, content)
  })
}

export function awarenessMessage(entries: readonly { clientId: number; clock: number; state: unknown }[]): Uint8Array {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, JSON.stringify(state))
    }
  })
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_AWARENESS)
    encoding.writeVarUint8Array(encoder, update)
  })
}
