/** Allows `limit` uses of a key in a sliding window. */
export type Throttle = { allows(key: string, now: number): boolean }

/** Keys past their window are forgotten when the map has grown this large. */
const SWEEP_AT = 1000

export function createThrottle(limit: number, windowMs: number): Throttle {
  const uses = new Map<string, number[]>()
  const recent = (times: readonly number[], now: number) => times.filter((at) => now - at < windowMs)
  return {
    allows(key, now) {
      if (uses.size >= SWEEP_AT) {
        for (const [other, times] of uses) if (recent(times, now).length === 0) uses.delete(other)
      }
      const times = recent(uses.get(key) ?? [], now)
      if (times.length >= limit) return false
      uses.set(key, [...times, now])
      return true
    },
  }
}
