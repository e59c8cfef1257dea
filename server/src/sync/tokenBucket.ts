import type { UnixMs } from '../store/updateLog.ts'

/** A token bucket that may run into debt: what was taken is never refused, the taker waits afterwards. */
export type TokenBucket = { readonly tokens: number; readonly at: UnixMs }
export type BucketRate = { readonly perSecond: number; readonly burst: number }

export function fullBucket(rate: BucketRate, now: UnixMs): TokenBucket {
  return { tokens: rate.burst, at: now }
}

/** The bucket after the time since it was last looked at; a clock that steps back adds nothing. */
export function refilled(bucket: TokenBucket, rate: BucketRate, now: UnixMs): TokenBucket {
  const gained = (Math.max(0, now - bucket.at) * rate.perSecond) / 1000
  return { tokens: Math.min(rate.burst, bucket.tokens + gained), at: now }
}

export function taken(bucket: TokenBucket, rate: BucketRate, count: number, now: UnixMs): TokenBucket {
  return { tokens: refilled(bucket, rate, now).tokens - count, at: now }
}

/** Milliseconds until the bucket holds `wanted` tokens; 0 when it does already. */
export function waitFor(bucket: TokenBucket, rate: BucketRate, wanted: number): number {
  return bucket.tokens >= wanted ? 0 : Math.ceil(((wanted - bucket.tokens) * 1000) / rate.perSecond)
}
