/** Longest pause between two attempts to connect. */
export const MAX_BACKOFF_MS = 30_000

/**
 * Pause before the next attempt: doubles from 200 ms to 30 s, and lies at random in its upper half,
 * so that a room full of pages does not return in one stroke.
 * @param failures attempts that failed in a row, 0 before the first
 * @param random   0 ≤ random < 1
 */
export function backoffMs(failures: number, random: number): number {
  const base = Math.min(2 ** Math.min(failures + 1, 20) * 100, MAX_BACKOFF_MS)
  return Math.round(base * (0.5 + random / 2))
}
