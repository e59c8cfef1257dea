import { expect, test } from 'vitest'
import { backoffMs, MAX_BACKOFF_MS } from './backoff.ts'

test('[CS8] the pause doubles to thirty seconds and lies in its upper half', () => {
  expect(backoffMs(0, 0)).toBe(100)
  expect(backoffMs(3, 0.5)).toBe(1_200)
  expect(backoffMs(40, 0)).toBe(MAX_BACKOFF_MS / 2)
  expect(backoffMs(40, 0.9999)).toBeLessThanOrEqual(MAX_BACKOFF_MS)
})
