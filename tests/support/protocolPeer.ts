import { createMinutesDoc } from '@justera/minutes'
import {
  encodeHeartbeat,
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
} from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import {
  messageYjsSyncStep1,
  messageYjsSyncStep2,
  readSyncMessage,
  writeSyncStep1,
  writeUpdate,
} from 'y-protocols/sync'
import type * as Y from 'yjs'

export type PeerAddress = { readonly url: string; readonly meeting: string; readonly cookie: string }

/**
 * One person by protocol, without a page: a document, a socket with the subprotocol, and the count of sync
 * frames that the server has confirmed as durable. The document outlives the socket; reconnecting merges.
 */
export class ProtocolPeer {
  readonly doc: Y.Doc
  /** sync frames sent and confirmed since this socket opened */
  sent = 0
  acked = 0
  readonly refusals: Receipt[] = []
  readonly events: MeetingEvent[] = []
  closeCode: number | null = null
  onAck: ((count: number) => void) | null = null
  onFrame: ((bytes: number) => void) | null = null
  private socket: WebSocket | null = null
  private synced = Promise.withResolvers<void>()

  constructor(doc: Y.Doc = createMinutesDoc()) {
    this.doc = doc
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === this || !this.isOpen) return
      this.sent++
      this.send(FRAME_SYNC, (encoder) => writeUpdate(encoder, update))
    })
  }

  get isOpen(): boolean {
    return this.socket?.readyState === WebSocket.OPEN
  }

  /** Opens the socket and resolves when the server's state has arrived. */
  async connect({ url, meeting, cookie }: PeerAddress): Promise<void> {
    this.synced = Promise.withResolvers()
    this.sent = 0
    this.acked = 0
    this.closeCode = null
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/sync/${meeting}`, [SUBPROTOCOL], {
      headers: { cookie, origin: url },
    })
    this.socket = socket
    socket.binaryType = 'arraybuffer'
    socket.on('error', (error) => this.synced.reject(error))
    socket.on('close', (code) => {
      this.closeCode = code
      this.synced.reject(new Error(`socket closed with ${code}`))
    })
    socket.on('open', () => this.send(FRAME_SYNC, (encoder) => writeSyncStep1(encoder, this.doc)))
    socket.on('message', (data: ArrayBuffer) => {
      this.onFrame?.(data.byteLength)
      this.receive(new Uint8Array(data))
    })
    this.synced.promise.catch(() => {})
    await this.synced.promise
  }

  /** Resolves when every frame sent so far is confirmed. @throws Error when the socket closes first */
  async settled(limitMs = 20_000): Promise<void> {
    const until = performance.now() + limitMs
    while (this.acked < this.sent) {
      if (this.closeCode !== null)
        throw new Error(`socket closed with ${this.closeCode} before everything was confirmed`)
      if (performance.now() > until) throw new Error(`${this.sent - this.acked} frames unconfirmed after ${limitMs} ms`)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }

  sendAwareness(update: Uint8Array): void {
    this.send(FRAME_AWARENESS, (encoder) => encoding.writeVarUint8Array(encoder, update))
  }

  /** Sends bytes as they are, for hostile frames. */
  sendRaw(frame: Uint8Array): void {
    this.socket?.send(frame)
  }

  close(): void {
    this.socket?.close()
  }

  private send(type: number, write: (encoder: encoding.Encoder) => void): void {
    if (!this.isOpen) return
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, type)
    write(encoder)
    this.socket?.send(encoding.toUint8Array(encoder))
  }

  private receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    // One message may hold several frames, back to back.
    while (decoding.hasContent(decoder)) {
      const type = decoding.readVarUint(decoder)
      switch (type) {
        case FRAME_SYNC: {
          const encoder = encoding.createEncoder()
          encoding.writeVarUint(encoder, FRAME_SYNC)
          const kind = readSyncMessage(decoder, encoder, this.doc, this)
          if (kind === messageYjsSyncStep1) {
            this.sent++
            this.socket?.send(encoding.toUint8Array(encoder))
          } else if (kind === messageYjsSyncStep2) this.synced.resolve()
          break
        }
        case FRAME_AWARENESS:
          decoding.readVarUint8Array(decoder)
          break
        case FRAME_RECEIPT: {
          const receipt = readReceipt(decoder)
          if (receipt.type === 'ack') {
            this.acked = receipt.count
            this.onAck?.(receipt.count)
          } else this.refusals.push(receipt)
          break
        }
        case FRAME_HEARTBEAT:
          this.socket?.send(encodeHeartbeat())
          break
        case FRAME_EVENT:
          this.events.push(readEvent(decoder))
          break
        default:
          throw new Error(`unknown frame ${type}`)
      }
    }
  }
}
