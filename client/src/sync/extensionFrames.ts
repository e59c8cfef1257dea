import {
  encodeHeartbeat,
  FRAME_EVENT,
  FRAME_HEARTBEAT,
  FRAME_RECEIPT,
  FRAME_SYNC,
  HEARTBEAT_MS,
  type MeetingEvent,
  type Receipt,
  readEvent,
  readReceipt,
} from '@justera/protocol'
import * as encoding from 'lib0/encoding'
import type { WebsocketProvider } from 'y-websocket'

export type FrameListener = {
  /** the document changed other than by this socket; `sent` when the provider sent a frame for it */
  readonly changed: (origin: unknown, sent: boolean) => void
  /** a step 2 goes out */
  readonly answered: () => void
  readonly receipt: (receipt: Receipt) => void
  readonly event: (event: MeetingEvent) => void
}

/**
 * Teaches a provider the frames 100–102 and reports each sync frame it sends, in sending order, so that
 * receipts can be counted. The condition for "sent" is the provider's own (y-websocket, `broadcastMessage`).
 * Frames that cannot be read end the socket: what else came on it is not to be trusted.
 * @returns ends the heartbeat; the handlers go with the provider
 */
export function extendProvider(provider: WebsocketProvider, listener: FrameListener): () => void {
  provider.doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin === provider) return
    const { ws } = provider
    listener.changed(origin, provider.wsconnected && ws !== null && ws.readyState === ws.OPEN)
  })

  const readSync = provider.messageHandlers[FRAME_SYNC]
  provider.messageHandlers[FRAME_SYNC] = (encoder, decoder, of, emitSynced, type) => {
    readSync?.(encoder, decoder, of, emitSynced, type)
    if (encoding.length(encoder) > 1) listener.answered() // more than the frame type: an answer to a step 1
  }
  provider.messageHandlers[FRAME_RECEIPT] = (_encoder, decoder) => {
    guarded(provider, () => listener.receipt(readReceipt(decoder)))
  }
  provider.messageHandlers[FRAME_EVENT] = (_encoder, decoder) => {
    guarded(provider, () => listener.event(readEvent(decoder)))
  }
  // The provider's own watchdog hangs up after 30 s without any message; this one keeps the server's quiet.
  provider.messageHandlers[FRAME_HEARTBEAT] = () => undefined
  const timer = setInterval(() => {
    const { ws } = provider
    if (provider.wsconnected && ws !== null && ws.readyState === ws.OPEN) ws.send(new Uint8Array(encodeHeartbeat()))
  }, HEARTBEAT_MS)
  return () => clearInterval(timer)
}

function guarded(provider: WebsocketProvider, read: () => void): void {
  try {
    read()
  } catch (error) {
    console.error('unreadable frame', error)
    provider.ws?.close()
  }
}
