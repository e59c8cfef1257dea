import { parseArgs } from 'node:util'
import { fuzzGate } from '../../server/src/sync/testing/fuzzGate.ts'

/**
 * Mutated frames against envelope, gate and room document: `node tests/fuzz/gate-fuzz.ts --seconds 20 --seed 1`.
 * Ends with 1 when a frame threw, broke the document or wrote for somebody who may not.
 */
const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '20' }, seed: { type: 'string', default: '1' } },
})
const result = fuzzGate({
  seed: Number(values.seed),
  seconds: Number(values.seconds),
  frames: Number.POSITIVE_INFINITY,
})
console.log(JSON.stringify(result, null, 2))
process.exit(result.broken.length === 0 ? 0 : 1)
