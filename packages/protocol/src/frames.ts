import type { Phase, Role } from '@justera/adjustment'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** First varUint of every frame. 0–3 are y-websocket's; 100–102 need the subprotocol. */
export const FRAME_SYNC = 0
export const FRAME_AWARENESS = 1
export const FRAME_AUTH = 2
export const FRAME_QUERY_AWARENESS = 3
export const FRAME_RECEIPT = 100
export const FRAME_HEARTBEAT = 101
export const FRAME_EVENT = 102

/** Second varUint of a sync frame. */
export const SYNC_STEP_1 = 0
export const SYNC_STEP_2 = 1
export const SYNC_UPDATE = 2

/** How often each side sends a heartbeat; a side that hears nothing for three of them hangs up. */
export const HEARTBEAT_MS = 10_000

/** Why a sync frame was refused for good. The page turns read-only and offers the text for copying. */
export const REFUSALS = ['phase', 'role', 'forged', 'content', 'key-deletion', 'too-large', 'locked', 'epoch'] as const
export type Refusal = (typeof REFUSALS)[number]

/**
 * Receipt for sync frames (step 2 and update), which both sides count from 1 since the socket opened:
 * an ack says that frame `count` and all before it are on disk; a refusal names the one frame that is not.
 */
export type Receipt =
  | { readonly type: 'ack'; readonly count: number }
  | { readonly type: 'refused'; readonly count: number; readonly reason: Refusal }

/** Pushed facts about the meeting; a page applies them at once. */
export type MeetingEvent =
  | { readonly type: 'phase'; readonly phase: Phase; readonly at: number; readonly by: string }
  | { readonly type: 'role'; readonly role: Role }
  | { readonly type: 'members' }
  /** Storing fails (true) or works again: while it fails nothing is acked and nobody may write. */
  | { readonly type: 'storage'; readonly failing: boolean }
  /** Values of single-value fields that a concurrent write overwrote; sent to their author only. */
  | {
      readonly type: 'overwritten'
      readonly path: readonly string[]
      readonly yours: string
      readonly theirs: string
      readonly by: string
    }

export function encodeReceipt(receipt: Receipt): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_RECEIPT)
    encoding.writeVarUint(encoder, receipt.type === 'ack' ? 0 : 1)
    encoding.writeVarUint(encoder, receipt.count)
    if (receipt.type === 'refused') encoding.writeVarString(encoder, receipt.reason)
  })
}

/** Reads a receipt after its frame type was read. @throws Error on truncated or unknown content */
export function readReceipt(decoder: decoding.Decoder): Receipt {
  const kind = decoding.readVarUint(decoder)
  const count = decoding.readVarUint(decoder)
  if (kind === 0) return { type: 'ack', count }
  const reason = decoding.readVarString(decoder)
  const known = REFUSALS.find((refusal) => refusal === reason)
  if (kind !== 1 || known === undefined) throw new Error(`unknown receipt ${kind} ${reason}`)
  return { type: 'refused', count, reason: known }
}

export function encodeHeartbeat(): Uint8Array {
  return encoding.encode((encoder) => encoding.writeVarUint(encoder, FRAME_HEARTBEAT))
}

export function encodeEvent(event: MeetingEvent): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, FRAME_EVENT)
    encoding.writeVarString(encoder, JSON.stringify(event))
  })
}

/** Reads an event after its frame type was read. @throws SyntaxError on malformed content */
export function readEvent(decoder: decoding.Decoder): MeetingEvent {
  return JSON.parse(decoding.readVarString(decoder)) as MeetingEvent
}
