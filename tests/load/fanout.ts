import { parseArgs } from 'node:util'
import { quantile, startJustera, startRelay } from './target.ts'
import { measureTyping } from './typing.ts'

/**
 * Fan-out: `clients` people type `rate` keys a second each into one meeting, first at a plain relay, then at
 * Justera, `repeat` times. Prints server CPU per delivered key, the share of the relay's, and the time from a key
 * to each peer. Every delivery is counted from what arrives, not from what was sent.
 *
 *     node tests/load/fanout.ts --clients 54 --rate 5 --seconds 20 --repeat 3
 */
const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '54' },
    rate: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '20' },
    repeat: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
  },
})
const clients = Number(values.clients)
const rate = Number(values.rate)
const seconds = Number(values.seconds)

const targets = [
  ['relay', startRelay],
  ['justera', startJustera],
] as const
console.log(`${clients} clients × ${rate} keys/s, ${seconds} s, ${values.repeat} repetitions`)
const ratios: number[] = []
for (let repetition = 0; repetition < Number(values.repeat); repetition++) {
  const cpu: Record<string, number> = {}
  for (const [name, start] of targets) {
    if (values.only !== '' && name !== values.only) continue
    const target = await start()
    const outcome = await measureTyping(target, { clients, rate, seconds })
    await target.dispose()
    cpu[target.name] = outcome.cpuPerDelivery
    const { latencies } = outcome
    console.log(
      `${target.name.padEnd(8)} ${outcome.deliveries} deliveries, ${outcome.lost} lost, ${outcome.cpuPerDelivery.toFixed(1)} µs CPU each, ` +
        `key to peer p50 ${quantile(latencies, 0.5).toFixed(1)} p95 ${quantile(latencies, 0.95).toFixed(1)} p99 ${quantile(latencies, 0.99).toFixed(1)} ms` +
        (Number.isNaN(outcome.ackP99) ? '' : `, ack p99 ${outcome.ackP99.toFixed(1)} ms`),
    )
  }
  if (cpu.relay !== undefined && cpu.justera !== undefined) ratios.push(cpu.justera / cpu.relay)
}
if (ratios.length > 0) {
  ratios.sort((a, b) => a - b)
  console.log(`CPU per delivery ÷ relay: ${ratios.map((ratio) => ratio.toFixed(2)).join(' ')} (target ≤ 1.1)`)
}
