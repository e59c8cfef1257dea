import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { seeded } from '@justera/minutes/testing'
import { verifyMeeting } from '../../server/src/meetings/verifyMeeting.ts'
import { readLog } from '../../server/src/store/sqlite/readLog.ts'
import type { MeetingId } from '../../server/src/store/updateLog.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { Typist } from './typist.ts'

/**
 * Kills the real server with SIGKILL at random moments while ten people type, again and again on the same
 * data, and checks after each restart, before anybody reconnects: every confirmed word is there, every
 * confirmed deletion too, the hash chain verifies, and replaying the log gives the document that is served.
 * After the last round everybody reconnects, and each word is there exactly once.
 *
 *     node tests/chaos/kill.ts --rounds 25 --seed 1 [--port 4201]
 *
 * Prints `kills <n> acked <n> lost <n>`; ends with 1 on any loss.
 */
const PEOPLE = 10
/** Between two edits of one person: fast typing, so that most kills hit a commit under way. */
const KEY_MS = 15
const KILL_AFTER_MS = { least: 60, most: 600 }

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '25' },
    seed: { type: 'string', default: '1' },
    port: { type: 'string', default: '4201' },
  },
})
const rounds = Number(values.rounds)
const random = seeded(Number(values.seed))
const port = Number(values.port)

const folder = await mkdtemp(join(tmpdir(), 'justera-kill-'))
const dataDir = join(folder, 'data')
const faults: string[] = []
const started = performance.now()
let kills = 0

const typists = Array.from({ length: PEOPLE }, (_, n) => new Typist(`${n}`, seeded(Number(values.seed) * 1000 + n)))
let server = await startServer({ dataDir, port })
const cookies = await Promise.all(server.emails.slice(0, PEOPLE).map((email) => server.signIn(email)))
const meeting = await server.meeting(cookies[0] ?? '')

for (let round = 1; round <= rounds; round++) {
  await connectAll()
  const typing = typists.map((typist) => setInterval(() => typist.type(), KEY_MS))
  await pause(KILL_AFTER_MS.least + random() * (KILL_AFTER_MS.most - KILL_AFTER_MS.least))
  await server.stop('SIGKILL')
  kills++
  for (const timer of typing) clearInterval(timer)
  await disconnected()
  server = await startServer({ dataDir, port })
  await check(round, 'promised')
}
await connectAll()
await Promise.all(typists.map((typist) => typist.peer.settled()))
await check(rounds, 'typed')
for (const { peer } of typists) peer.close()
await server.stop()
await rm(folder, { recursive: true, force: true })

const acked = typists.reduce((sum, typist) => sum + typist.confirmed, 0)
for (const fault of faults) console.error(fault)
const seconds = ((performance.now() - started) / 1000).toFixed(0)
console.log(`kills ${kills} acked ${acked} lost ${faults.length} (seed ${values.seed}, ${seconds} s)`)
if (acked < kills) console.error('hardly anything was confirmed: the run proves nothing')
process.exitCode = faults.length === 0 && acked >= kills ? 0 : 1

async function connectAll(): Promise<void> {
  await Promise.all(typists.map((typist, n) => typist.connect({ url: server.url, meeting, cookie: cookies[n] ?? '' })))
}

/** Every socket has noticed the end, so that no ack is still on its way. */
async function disconnected(): Promise<void> {
  const until = performance.now() + 10_000
  while (typists.some(({ peer }) => peer.closeCode === null)) {
    if (performance.now() > until) throw new Error('a socket outlived the server')
    await pause(5)
  }
}

async function check(round: number, claim: 'promised' | 'typed'): Promise<void> {
  const { text, hash } = await served(server)
  for (const typist of typists) {
    const { present, absent } = typist[claim]()
    for (const word of present) {
      const times = text.split(word).length - 1
      if (times !== 1) faults.push(`round ${round}: ${word} is there ${times} times`)
    }
    for (const word of absent) if (text.includes(word)) faults.push(`round ${round}: ${word} came back`)
  }
  const file = join(dataDir, 'justera.db')
  const verdict = await readLog(file, (log) => verifyMeeting(log, meeting as MeetingId))
  if (!verdict.ok) faults.push(`round ${round}: ${verdict.message}`)
  else if (verdict.contentHash !== hash) faults.push(`round ${round}: the replay differs from what is served`)
}

/** The committed document as outside tools see it. */
async function served({ url }: TestServer): Promise<{ text: string; hash: string }> {
  const response = await fetch(`${url}/api/meetings/${meeting}/minutes.json`, { headers: { cookie: cookies[0] ?? '' } })
  const text = await response.text()
  if (!response.ok) throw new Error(`minutes.json answered ${response.status}: ${text}`)
  return { text, hash: String((JSON.parse(text) as { hash: unknown }).hash) }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
