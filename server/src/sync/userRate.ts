import { CLOSE } from '@justera/protocol'
import type { UnixMs } from '../store/updateLog.ts'
import type { ClientFrame } from './clientFrame.ts'
import type { Limits } from './limits.ts'
import type { Session } from './session.ts'
import { type BucketRate, fullBucket, refilled, type TokenBucket, taken, waitFor } from './tokenBucket.ts'

/** Answering a step 1 encodes the document: it weighs as much as so many frames. */
const STEP1_FRAMES = 20
/** A step 2 is bounded and asked for by the server; more than this of it is not counted against the sender. */
const STEP2_BYTES = 1 << 20

/**
 * What one user sends, over all their sockets. Over the rate the socket is paused until the buckets have
 * refilled: a dropped frame would be a gap. Somebody who stays over it although paused is closed.
 */
export class UserRate {
  readonly #limits: Limits
  readonly #frameRate: BucketRate
  readonly #byteRate: BucketRate
  #frames: TokenBucket
  #bytes: TokenBucket
  #overSince: UnixMs | null = null
  readonly #paused = new Map<Session, NodeJS.Timeout>()

  constructor(limits: Limits, now: UnixMs) {
    this.#limits = limits
    this.#frameRate = { perSecond: limits.framesPerSecond, burst: limits.frameBurst }
    this.#byteRate = { perSecond: limits.bytesPerSecond, burst: limits.byteBurst }
    this.#frames = fullBucket(this.#frameRate, now)
    this.#bytes = fullBucket(this.#byteRate, now)
  }

  /** Counts a frame that has arrived; it is handled either way. */
  take(session: Session, type: ClientFrame['type'], sizeBytes: number, now: UnixMs): void {
    this.#frames = taken(this.#frames, this.#frameRate, type === 'step1' ? STEP1_FRAMES : 1, now)
    this.#bytes = taken(
      this.#bytes,
      this.#byteRate,
      type === 'step2' ? Math.min(sizeBytes, STEP2_BYTES) : sizeBytes,
      now,
    )
    if (this.#isHalfFull()) this.#overSince = null
    if (this.#frames.tokens >= 0 && this.#bytes.tokens >= 0) return
    this.#overSince ??= now
    if (now - this.#overSince > this.#limits.overRateMs) {
      session.close(CLOSE.tryLater, 'rate')
      return
    }
    if (!this.#paused.has(session)) this.#pause(session)
  }

  leave(session: Session): void {
    clearTimeout(this.#paused.get(session))
    this.#paused.delete(session)
  }

  /** Nothing is owed or paused: a fresh one would say the same. */
  isIdle(now: UnixMs): boolean {
    return (
      this.#paused.size === 0 &&
      refilled(this.#frames, this.#frameRate, now).tokens >= this.#frameRate.burst &&
      refilled(this.#bytes, this.#byteRate, now).tokens >= this.#byteRate.burst
    )
  }

  stop(): void {
    for (const timer of this.#paused.values()) clearTimeout(timer)
    this.#paused.clear()
  }

  #isHalfFull(): boolean {
    return this.#frames.tokens >= this.#frameRate.burst / 2 && this.#bytes.tokens >= this.#byteRate.burst / 2
  }

  #pause(session: Session): void {
    session.pause('rate')
    const waitMs = Math.max(
      waitFor(this.#frames, this.#frameRate, this.#frameRate.perSecond / 4),
      waitFor(this.#bytes, this.#byteRate, this.#byteRate.perSecond / 4),
    )
    this.#paused.set(
      session,
      setTimeout(() => {
        this.#paused.delete(session)
        session.resume('rate')
      }, waitMs),
    )
  }
}
