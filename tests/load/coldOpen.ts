import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bodyOf, createMinutesDoc, itemOf, readItems } from '@justera/minutes'
import { seeded } from '@justera/minutes/testing'
import { FRAME_SYNC, SUBPROTOCOL, SYNC_STEP_2 } from '@justera/protocol'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { WebSocket } from 'ws'
import { writeSyncStep1 } from 'y-protocols/sync'
import * as Y from 'yjs'
import { openSqliteStore } from '../../server/src/store/sqlite/sqliteStore.ts'
import type { Append, NewRow, PersonId } from '../../server/src/store/updateLog.ts'
import { startServer } from '../support/server.ts'
import { quantile } from './target.ts'

/**
 * Opening a meeting that no room holds: the time from the request for its state to the end of the answer, at a
 * server just started, over loopback. The meeting has `edits` keystrokes by the demo's people, a snapshot as the
 * room stores it, and `tail` rows after it.
 *
 *     node tests/load/coldOpen.ts --edits 100000 --repeat 5
 */
const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '100000' },
    tail: { type: 'string', default: '200' },
    repeat: { type: 'string', default: '5' },
  },
})
const edits = Number(values.edits)
const EDITS_PER_ROW = 50
const ROWS_PER_APPEND = 200

const dataDir = await mkdtemp(join(tmpdir(), 'justera-cold-'))
const first = await startServer({ dataDir })
const cookie = await first.signIn(first.emails[0] ?? '')
const meetingName = await first.meeting(cookie)
await first.stop()

const store = await openSqliteStore({ file: join(dataDir, 'justera.db'), now: Date.now })
const meeting = (await store.meetings.all()).find(({ id }) => id === meetingName)?.id
if (meeting === undefined) throw new Error('the demo meeting is not in the store')
const state = await store.log.open(meeting)
if (state === null) throw new Error('the demo meeting has no log')

const doc = createMinutesDoc(7)
doc.transact(() => {
  if (state.snapshot !== null) Y.applyUpdate(doc, state.snapshot.update)
  for (const row of state.tail) if (row.kind === 'update') Y.applyUpdate(doc, row.payload)
})
let { head } = state
const person = 'server'
let rows: NewRow[] = []
async function append(): Promise<void> {
  const batch: Append = {
    meeting: meeting as Append['meeting'],
    head,
    epoch: state?.epoch ?? 0,
    phase: state?.phase ?? 'drafting',
    rows,
  }
  const [result] = await store.log.append([batch])
  if (result?.ok !== true) throw new Error(`append failed: ${result?.reason}`)
  head = result.head
  rows = []
}

// Keystrokes as people make them: runs of typing at one place, some of it deleted again.
const random = seeded(1)
const items = readItems(doc).map(({ id }) => id)
const tailAt = edits - Number(values.tail) * EDITS_PER_ROW
let snapshotSeq = 0
// A row holds what changed and nothing else, as the room stores it: not the whole delete set again.
let payload: Uint8Array = new Uint8Array()
doc.on('update', (update: Uint8Array) => {
  payload = update
})
for (let done = 0; done < edits; ) {
  const item = itemOf(doc, items[Math.floor(random() * items.length)] as (typeof items)[number])
  if (item === undefined) throw new Error('item is gone')
  const body = bodyOf(item)
  let at = 1 + Math.floor(random() * (body.length - 1))
  doc.transact(() => {
    for (let key = 0; key < EDITS_PER_ROW; key++, done++) {
      if (random() < 0.12 && at > 1) body.delete(--at, 1)
      else body.insert(at++, random() < 0.16 ? ' ' : 'e')
    }
  })
  rows.push({
    kind: 'update',
    author: person as PersonId | 'server',
    agency: null,
    role: 'server',
    session: 'load',
    at: Date.now(),
    payload,
  })
  if (rows.length >= ROWS_PER_APPEND || done >= edits) await append()
  if (snapshotSeq === 0 && done >= tailAt) {
    if (rows.length > 0) await append()
    snapshotSeq = head.seq
    await store.log.saveSnapshot(meeting, head.seq, Y.encodeStateAsUpdate(doc), Y.encodeStateVector(doc))
  }
}
await store.close()
const length = items.reduce((sum, id) => sum + bodyOf(itemOf(doc, id) as Y.Map<unknown>).length, 0)
console.log(`${edits} keystrokes, ${length} characters left, ${head.seq} rows, snapshot at ${snapshotSeq}`)

const times: number[] = []
let bytes = 0
for (let run = 0; run < Number(values.repeat); run++) {
  const server = await startServer({ dataDir })
  const session = await server.signIn(server.emails[0] ?? '')
  const socket = new WebSocket(`${server.url.replace(/^http/, 'ws')}/sync/${meetingName}`, [SUBPROTOCOL], {
    headers: { cookie: session, origin: server.url },
    perMessageDeflate: false,
  })
  socket.binaryType = 'arraybuffer'
  bytes = 0
  const took = await new Promise<number>((resolve, reject) => {
    let start = 0
    socket.on('error', reject)
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)))
    socket.on('open', () => {
      start = performance.now()
      socket.send(
        encoding.encode((encoder) => {
          encoding.writeVarUint(encoder, FRAME_SYNC)
          writeSyncStep1(encoder, createMinutesDoc())
        }),
      )
    })
    socket.on('message', (data: ArrayBuffer) => {
      bytes += data.byteLength
      const decoder = decoding.createDecoder(new Uint8Array(data))
      if (decoding.readVarUint(decoder) === FRAME_SYNC && decoding.readVarUint(decoder) === SYNC_STEP_2) {
        resolve(performance.now() - start)
      }
    })
  })
  times.push(took)
  socket.removeAllListeners('close')
  socket.terminate()
  await server.stop()
}
await rm(dataDir, { recursive: true, force: true })
times.sort((a, b) => a - b)
console.log(
  `cold open p50 ${quantile(times, 0.5).toFixed(0)} ms, longest ${times.at(-1)?.toFixed(0)} ms, ${(bytes / 1e6).toFixed(2)} MB sent`,
)
