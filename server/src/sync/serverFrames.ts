import { FRAME_AWARENESS, FRAME_SYNC, SYNC_STEP_1, SYNC_STEP_2, SYNC_UPDATE } from '@justera/protocol'
import * as encoding from 'lib0/encoding'

/** A complete WebSocket message, header included, ready for the socket. Written once, sent to many. */
export type WireFrame = Buffer

const FIN_BINARY = 0x82

/** Frames one binary message as a server does: unfragmented, unmasked, uncompressed (RFC 6455 §5.2). */
export function wireFrame(payload: Uint8Array): WireFrame {
  const size = payload.length
  const headerBytes = size < 126 ? 2 : size < 65_536 ? 4 : 10
  const frame = Buffer.allocUnsafe(headerBytes + size)
  frame[0] = FIN_BINARY
  if (size < 126) frame[1] = size
  else if (size < 65_536) {
    frame[1] = 126
    frame.writeUInt16BE(size, 2)
  } else {
    frame[1] = 127
    frame.writeBigUInt64BE(BigInt(size), 2)
  }
  frame.set(payload, headerBytes)
  return frame
}

export function step1Frame(stateVector: Uint8Array): WireFrame {
  return syncFrame(SYNC_STEP_1, stateVector)
}

export function step2Frame(update: Uint8Array): WireFrame {
  return syncFrame(SYNC_STEP_2, update)
}

export function updateFrame(update: Uint8Array): WireFrame {
  return syncFrame(SYNC_UPDATE, update)
}

function syncFrame(kind: number, content: Uint8Array): WireFrame {
  return wireFrame(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME_SYNC)
      encoding.writeVarUint(encoder, kind)
      encoding.writeVarUint8Array(encoder, content)
    }),
  )
}

/** One client's awareness as it is sent out; `state` is JSON, `null` once the client is gone. */
export type AwarenessEntry = { readonly clientId: number; readonly clock: number; readonly state: string }

/** An awareness message; with no entries it says nothing and still counts as a sign of life. */
export function awarenessFrame(entries: readonly AwarenessEntry[]): WireFrame {
  const update = encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, entries.length)
    for (const { clientId, clock, state } of entries) {
      encoding.writeVarUint(encoder, clientId)
      encoding.writeVarUint(encoder, clock)
      encoding.writeVarString(encoder, state)
    }
  })
  return wireFrame(
    encoding.encode((encoder) => {
      encoding.writeVarUint(encoder, FRAME_AWARENESS)
      encoding.writeVarUint8Array(encoder, update)
    }),
  )
}
