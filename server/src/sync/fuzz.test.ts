import { expect, test } from 'vitest'
import { fuzzGate } from './testing/fuzzGate.ts'

test('[GT12] mutated frames neither throw, nor break the document, nor write for observers', () => {
  const result = fuzzGate({ seed: 1, seconds: 30, frames: 20_000 })
  console.info(`fuzz: ${result.frames} frames, slowest ${result.slowestMs} ms for ${result.slowestSizeBytes} bytes`)
  expect(result.broken).toEqual([])
  expect(result.verdicts.accept).toBeGreaterThan(100) // it does reach the document
  expect(Object.keys(result.verdicts).length).toBeGreaterThan(8)
})
