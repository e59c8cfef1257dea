import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { CLOSE, type CloseCode, judgeSubprotocol } from '@justera/protocol'
import type { MeetingId, UnixMs } from '../store/updateLog.ts'
import type { Access, AccessControl, AccessResult } from './access.ts'
import type { Limits } from './limits.ts'
import { type BucketRate, fullBucket, refilled, type TokenBucket, taken } from './tokenBucket.ts'

/** What is answered before the handshake, as plain HTTP. */
export type Rejected = { readonly status: 403 | 404 | 429 }

/** An upgrade worth a handshake: who it is for, and what it offers. */
export type Offer = {
  readonly meeting: MeetingId
  readonly subprotocol: string | undefined
  readonly cookie: string | undefined
}

/** Told after the handshake, for y-websocket takes every failed handshake for a broken network. */
type Denied = { readonly ok: false; readonly code: CloseCode; readonly reason: string }

type Judged = { readonly ok: true; readonly access: Access } | Denied

export type Decision = { readonly ok: true; readonly access: Access; readonly extended: boolean } | Denied

const PATH = /^\/sync\/([A-Za-z0-9_-]{1,64})(?:\?.*)?$/

/** Guards the door: path, exact origin, upgrades per address. */
export class Door {
  readonly #publicOrigin: string
  readonly #rate: BucketRate
  readonly #buckets = new Map<string, TokenBucket>()

  constructor(publicOrigin: string, limits: Limits) {
    this.#publicOrigin = publicOrigin
    this.#rate = { perSecond: limits.upgradesPerSecond, burst: limits.upgradeBurst }
  }

  judge(request: IncomingMessage, now: UnixMs): Offer | Rejected {
    const address = request.socket.remoteAddress ?? ''
    const bucket = taken(this.#buckets.get(address) ?? fullBucket(this.#rate, now), this.#rate, 1, now)
    this.#buckets.set(address, bucket)
    if (bucket.tokens < 0) return { status: 429 }
    const meeting = PATH.exec(request.url ?? '')?.[1]
    if (meeting === undefined) return { status: 404 }
    if (request.headers.origin !== this.#publicOrigin) return { status: 403 }
    return {
      meeting: meeting as MeetingId,
      subprotocol: firstOffered(request.headers['sec-websocket-protocol']),
      cookie: request.headers.cookie,
    }
  }

  /** Forgets addresses that have been quiet; called now and then. */
  sweep(now: UnixMs): void {
    for (const [address, bucket] of this.#buckets) {
      if (refilled(bucket, this.#rate, now).tokens >= this.#rate.burst) this.#buckets.delete(address)
    }
  }
}

export function isRejected(judged: Offer | Rejected): judged is Rejected {
  return 'status' in judged
}

/** Ends an upgrade with plain HTTP; the socket has no other user yet. */
export function rejectUpgrade(socket: Duplex, { status }: Rejected): void {
  const text = { 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests' }[status]
  const retry = status === 429 ? 'Retry-After: 5\r\n' : ''
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n${retry}\r\n`)
}

/** Who is behind the cookie and whether the page fits this build. A failing directory means "later". */
export async function decide(offer: Offer, accessControl: AccessControl): Promise<Decision> {
  const spoken = judgeSubprotocol(offer.subprotocol)
  const judged = await judge(() => accessControl.authorize(offer.cookie, offer.meeting))
  if (!judged.ok) return judged
  if (spoken === 'mismatch') return { ok: false, code: CLOSE.schemaMismatch, reason: 'layout' }
  return { ...judged, extended: spoken === 'extended' }
}

/** What the person behind an open socket may do now. */
export function decideAgain(session: string, meeting: MeetingId, accessControl: AccessControl): Promise<Judged> {
  return judge(() => accessControl.recheck(session, meeting))
}

async function judge(ask: () => Promise<AccessResult>): Promise<Judged> {
  try {
    const result = await ask()
    if (result.ok) return result
    return result.reason === 'not-signed-in'
      ? { ok: false, code: CLOSE.notSignedIn, reason: result.reason }
      : { ok: false, code: CLOSE.forbidden, reason: result.reason }
  } catch {
    return { ok: false, code: CLOSE.tryLater, reason: 'access' }
  }
}

function firstOffered(header: string | undefined): string | undefined {
  return header?.split(',')[0]?.trim()
}
