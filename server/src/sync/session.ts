import type { Duplex } from 'node:stream'
import { may, type Phase } from '@justera/adjustment'
import { CLOSE, type CloseCode, encodeEvent, encodeReceipt, type MeetingEvent, type Refusal } from '@justera/protocol'
import type { WebSocket } from 'ws'
import type { UnixMs } from '../store/updateLog.ts'
import type { Access } from './access.ts'
import type { Limits } from './limits.ts'
import { step1Frame, type WireFrame, wireFrame } from './serverFrames.ts'

export type PauseReason = 'rate' | 'waiting'

/** What one open socket is and has been told. Its room owns the order of things; this only keeps the books. */
export class Session {
  readonly ws: WebSocket
  readonly extended: boolean
  access: Access
  /** has been sent the document, so further changes make sense to it */
  synced = false
  /** has been asked for what the server lacks */
  invited = false
  /** sync frames (step 2 and update) received since the socket opened */
  received = 0
  /** bytes of its frames that wait for the commit loop */
  waitingBytes = 0
  /** client ids it was the first to show */
  claims = 0
  awarenessId: number | null = null
  lastHeard: UnixMs
  /** why its last change was refused for good; what builds on that change cannot be taken either */
  refusal: Refusal | null = null
  /** asked for its whole state this often without getting further */
  asked = 0
  /** nothing is sent to it or read from it any more */
  ended = false
  /** closed by the server: frames of it that still wait no longer count. Those of somebody who just left do. */
  expelled = false
  readonly #wire: Duplex
  readonly #limits: Limits
  readonly #pauses = new Set<PauseReason>()
  #settled = 0
  #acked = 0
  #owesSince: number | null = null
  #slowSince: UnixMs | null = null
  #lastQueued = 0
  #granted = 0

  /** @param wire the socket under `ws`, for frames that are framed once and sent to many */
  constructor(ws: WebSocket, wire: Duplex, access: Access, extended: boolean, limits: Limits, now: UnixMs) {
    this.ws = ws
    this.#wire = wire
    this.access = access
    this.extended = extended
    this.#limits = limits
    this.lastHeard = now
  }

  /** True when frames of this sender may change the document now; otherwise why not. */
  mayWrite(phase: Phase): true | 'role' | 'phase' | 'locked' {
    if (may(this.access.role, 'write', phase)) return true
    if (phase === 'adjusted') return 'locked'
    return may(this.access.role, 'write', 'drafting') ? 'phase' : 'role'
  }

  /** Bytes written to the socket that have not left this process. */
  get queuedBytes(): number {
    return this.#wire.writableLength
  }

  /** Sends complete frames. A reader who is too far behind is cut off; it comes back by its state vector. */
  send(frames: WireFrame): void {
    if (this.ended || this.ws.readyState !== this.ws.OPEN) return
    this.#wire.write(frames)
    if (this.queuedBytes > this.#limits.stalledBytes + this.#granted) this.terminate()
  }

  /** Sends the document itself, which may be larger than what a slow reader may otherwise let pile up. */
  sendState(frames: WireFrame): void {
    this.#granted = this.queuedBytes + frames.length
    this.send(frames)
  }

  /** Awareness is the first thing that a slow reader goes without. */
  sendAwareness(frame: WireFrame): void {
    if (this.queuedBytes <= this.#limits.slowBytes) this.send(frame)
  }

  sendEvent(event: MeetingEvent): void {
    if (this.extended) this.send(wireFrame(encodeEvent(event)))
  }

  /** Cuts off a reader whose queue has stayed too long for too long; called every second or so. */
  checkQueue(now: UnixMs): void {
    const queued = this.queuedBytes
    if (queued < this.#limits.slowBytes) {
      this.#slowSince = null
      this.#granted = 0
    } else if (this.#slowSince === null || (this.#granted > 0 && queued < this.#lastQueued)) this.#slowSince = now
    else if (now - this.#slowSince > this.#limits.slowMs) this.terminate()
    this.#lastQueued = queued
  }

  /** Asks for everything the server lacks: the answer is a step 2. */
  askForState(stateVector: Uint8Array): void {
    this.asked++
    this.send(step1Frame(stateVector))
  }

  /** Frame `count` and later ones are not stored until a whole state (step 2) is; no ack passes it before. */
  owe(count: number): void {
    this.#owesSince = Math.min(this.#owesSince ?? count, count)
  }

  /** Nothing since the last ack is stored. */
  oweAll(): void {
    this.owe(this.#acked + 1)
  }

  get owes(): boolean {
    return this.#owesSince !== null
  }

  /** A whole state is being stored: it holds whatever was owed. */
  paid(): void {
    this.#owesSince = null
    this.asked = 0
  }

  /** Frame `count` and all before it are on disk, or were refused. @returns the receipt to send, if there is one */
  settle(count: number): WireFrame | null {
    this.#settled = Math.max(this.#settled, count)
    const durable = this.#owesSince === null ? this.#settled : Math.min(this.#settled, this.#owesSince - 1)
    if (durable <= this.#acked) return null
    this.#acked = durable
    return this.extended ? wireFrame(encodeReceipt({ type: 'ack', count: durable })) : null
  }

  /**
   * Tells that frame `count` will never be stored. Somebody honest whose page is only late may stay connected,
   * if the page can show it; a stock client and whoever sends what no honest page sends are closed.
   */
  refuse(count: number, reason: Refusal): void {
    this.refusal = reason
    if (this.extended) this.send(wireFrame(encodeReceipt({ type: 'refused', count, reason })))
    const stays = reason === 'role' || reason === 'phase' || reason === 'locked' || reason === 'too-large'
    if (!this.extended || !stays) this.close(CLOSE.forbidden, reason)
  }

  pause(reason: PauseReason): void {
    this.#pauses.add(reason)
    this.ws.pause()
  }

  resume(reason: PauseReason): void {
    if (this.#pauses.delete(reason) && this.#pauses.size === 0) this.ws.resume()
  }

  get paused(): boolean {
    return this.#pauses.size > 0
  }

  /** Closes with a code; nothing of this socket is read or sent any more. */
  close(code: CloseCode, reason: string): void {
    if (this.ended) return
    this.ended = true
    this.expelled = true
    this.ws.resume() // or its own close frame would never be read
    this.ws.close(code, reason)
  }

  terminate(): void {
    this.ended = true
    this.ws.terminate()
  }
}
