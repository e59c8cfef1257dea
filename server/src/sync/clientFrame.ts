import {
  FRAME_AUTH,
  FRAME_AWARENESS,
  FRAME_HEARTBEAT,
  FRAME_QUERY_AWARENESS,
  FRAME_SYNC,
  SYNC_STEP_1,
  SYNC_STEP_2,
  SYNC_UPDATE,
} from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import type { Limits } from './limits.ts'

/** A frame as a client sends it, envelope read, content not judged yet. */
export type ClientFrame =
  | { readonly type: 'step1'; readonly stateVector: Uint8Array; readonly knowsNothing: boolean }
  | { readonly type: 'step2' | 'update'; readonly update: Uint8Array }
  | { readonly type: 'awareness'; readonly update: Uint8Array }
  | { readonly type: 'query-awareness' }
  | { readonly type: 'heartbeat' }
  /** kinds of other versions and y-websocket's auth frame: nothing to do */
  | { readonly type: 'ignored' }

/** `counted`: both sides count the frame, so it is refused by its number. */
type FrameError =
  | { readonly kind: 'malformed' }
  | { readonly kind: 'too-large'; readonly counted: boolean; readonly sizeBytes: number }
export type FrameResult =
  | { readonly ok: true; readonly frame: ClientFrame }
  | { readonly ok: false; readonly error: FrameError }

const MALFORMED: FrameResult = { ok: false, error: { kind: 'malformed' } }

/** Reads one frame's envelope; the update bytes stay a view of `bytes`. Never throws. */
export function decodeClientFrame(bytes: Uint8Array, limits: Pick<Limits, 'updateBytes' | 'step2Bytes'>): FrameResult {
  try {
    return readFrame(bytes, limits)
  } catch {
    return MALFORMED
  }
}

function readFrame(bytes: Uint8Array, limits: Pick<Limits, 'updateBytes' | 'step2Bytes'>): FrameResult {
  const decoder = decoding.createDecoder(bytes)
  const type = decoding.readVarUint(decoder)
  const kind = type === FRAME_SYNC ? decoding.readVarUint(decoder) : -1
  if (bytes.length > (kind === SYNC_STEP_2 ? limits.step2Bytes : limits.updateBytes)) {
    const counted = kind === SYNC_STEP_2 || kind === SYNC_UPDATE
    return { ok: false, error: { kind: 'too-large', counted, sizeBytes: bytes.length } }
  }
  switch (type) {
    case FRAME_SYNC:
      if (kind === SYNC_STEP_1) return whole(decoder, { type: 'step1', ...readStateVector(decoder) })
      if (kind === SYNC_STEP_2) return whole(decoder, { type: 'step2', update: decoding.readVarUint8Array(decoder) })
      if (kind === SYNC_UPDATE) return whole(decoder, { type: 'update', update: decoding.readVarUint8Array(decoder) })
      return MALFORMED
    case FRAME_AWARENESS:
      return whole(decoder, { type: 'awareness', update: decoding.readVarUint8Array(decoder) })
    case FRAME_QUERY_AWARENESS:
      return whole(decoder, { type: 'query-awareness' })
    case FRAME_HEARTBEAT:
      return whole(decoder, { type: 'heartbeat' })
    case FRAME_AUTH:
      return { ok: true, frame: { type: 'ignored' } }
    default:
      return type >= 100 && type < 200 ? { ok: true, frame: { type: 'ignored' } } : MALFORMED
  }
}

function whole(decoder: decoding.Decoder, frame: ClientFrame): FrameResult {
  return decoding.hasContent(decoder) ? MALFORMED : { ok: true, frame }
}

/** @throws Error when truncated, which also ends forged counts: each entry takes two bytes at least */
function readStateVector(decoder: decoding.Decoder): { stateVector: Uint8Array; knowsNothing: boolean } {
  const stateVector = decoding.readVarUint8Array(decoder)
  const inner = decoding.createDecoder(stateVector)
  const count = decoding.readVarUint(inner)
  for (let i = 0; i < count * 2; i++) decoding.readVarUint(inner)
  return { stateVector, knowsNothing: count === 0 }
}
