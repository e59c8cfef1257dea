import { parseArgs } from 'node:util'
import { quantile, startJustera, startRelay } from './target.ts'
import { measureTyping } from './typing.ts'

/**
 * Most deliveries a second while 99 of 100 keys reach their peers within 100 ms: everybody types faster step by
 * step, at a fresh server each step, until that no longer holds. The load comes from one process on the same two
 * cores, which is the limit for whichever target is the faster one.
 *
 *     node tests/load/saturation.ts --clients 54 --seconds 8
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '54' },
    seconds: { type: 'string', default: '8' },
    rates: { type: 'string', default: '2,4,6,8,10,12,15,18' },
  },
})
const clients = Number(values.clients)
const seconds = Number(values.seconds)
const LIMIT_MS = 100

const most: Record<string, number> = {}
for (const start of [startRelay, startJustera]) {
  for (const rate of values.rates.split(',').map(Number)) {
    const target = await start()
    const outcome = await measureTyping(target, { clients, rate, seconds })
    await target.dispose()
    const p99 = quantile(outcome.latencies, 0.99)
    const held = p99 <= LIMIT_MS && outcome.lost <= 0
    console.log(
      `${target.name.padEnd(8)} ${rate} keys/s each: ${outcome.deliveriesPerSecond.toFixed(0)} deliveries/s, p50 ${quantile(outcome.latencies, 0.5).toFixed(1)} p99 ${p99.toFixed(1)} ms, ${outcome.lost} lost`,
    )
    if (!held) break
    most[target.name] = outcome.deliveriesPerSecond
  }
}
console.log(
  `most deliveries/s at p99 ≤ ${LIMIT_MS} ms: relay ${most.relay?.toFixed(0)}, justera ${most.justera?.toFixed(0)}, ÷ relay ${((most.justera ?? 0) / (most.relay ?? Number.NaN)).toFixed(1)} (target ≥ 5)`,
)
