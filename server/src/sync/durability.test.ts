import {
  addItem,
  bodyOf,
  createMarker,
  createMinutesDoc,
  itemOf,
  moveItem,
  readMinutes,
  setHeaderField,
} from '@justera/minutes'
import { seeded } from '@justera/minutes/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { MEETING, type Started, startService } from './testing/startService.ts'
import type { TestClient } from './testing/testClient.ts'

type Edit = 'type' | 'delete' | 'mark' | 'block' | 'field' | 'item' | 'move'
type Fault = 'fail' | 'slow' | 'condition'

/** What happens in a run, in order. `who` picks one of the clients. */
type Command =
  | { readonly do: 'edit'; readonly edit: Edit; readonly who: number; readonly at: number }
  | { readonly do: 'drop'; readonly who: number }
  | { readonly do: 'fault'; readonly fault: Fault; readonly on: boolean }
  | { readonly do: 'wait'; readonly ms: number }

const NAMES = ['anna', 'bo', 'cia'] as const
const who = fc.nat({ max: 2 })
const at = fc.nat({ max: 1_000 })
const edits = (...kinds: readonly [Edit, ...Edit[]]): fc.Arbitrary<Command> =>
  fc.record({ do: fc.constant('edit' as const), edit: fc.constantFrom(...kinds), who, at })
const faulty = fc.constantFrom<Fault>('fail', 'slow', 'condition')
const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 8, arbitrary: edits('type') },
  { weight: 3, arbitrary: edits('delete', 'mark', 'block') },
  { weight: 2, arbitrary: edits('field', 'item', 'move') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('drop' as const), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('fault' as const), fault: faulty, on: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat({ max: 4 }) }) },
)

function edit(doc: Y.Doc, kind: Edit, n: number): void {
  const { items } = readMinutes(doc)
  const chosen = items[n % Math.max(1, items.length)]
  const item = chosen === undefined ? undefined : itemOf(doc, chosen.id)
  if (chosen === undefined || item === undefined) return
  const body = bodyOf(item)
  const spot = n % (body.length + 1)
  const span = (length: number): [number, number] => [
    Math.min(spot, Math.max(0, body.length - length)),
    Math.min(length, body.length),
  ]
  switch (kind) {
    case 'type':
      body.insert(spot, `ord ${n} `, { bold: null })
      break
    case 'delete':
      body.delete(...span(2))
      break
    case 'mark':
      body.format(...span(3), { bold: n % 2 === 0 ? true : null })
      break
    case 'block':
      body.insertEmbed(spot, createMarker({ kind: n % 2 === 0 ? 'point' : 'decision' }))
      break
    case 'field':
      setHeaderField(doc, 'place', `plats ${n}`)
      break
    case 'item':
      addItem(doc, { title: `ärende ${n}`, presenters: ['x'], blocks: [] })
      break
    case 'move':
      moveItem(doc, chosen.id, (n >> 3) % items.length)
      break
  }
}

/** The document that a log gives, row by row, as history and every later opening see it. */
function replay(started: Started): Y.Doc {
  const doc = createMinutesDoc()
  for (const row of started.log.stored(MEETING).rows) {
    if (row.kind === 'update') Y.applyUpdate(doc, row.payload)
    expect([doc.store.pendingStructs, doc.store.pendingDs]).toEqual([null, null])
  }
  return doc
}

async function live(started: Started, name: string, doc: Y.Doc): Promise<TestClient> {
  for (;;) {
    const client = started.connect(name, { doc })
    await client.until('sync or end', () => client.synced || client.closeCode !== null, 20_000)
    if (client.synced) return client
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('[CM8] acked is in the log, the log gives the live document, and every client ends with it', async () => {
  const random = seeded(20230607)
  let rows = 0
  let faults = 0
  const hit = (chance: number): boolean => {
    const happens = random() < chance
    if (happens) faults++
    return happens
  }
  const setFault = ({ log }: Started, fault: Fault, on: boolean): void => {
    if (fault === 'fail') log.faults.failAppend = () => on && hit(0.5)
    else if (fault === 'slow') log.faults.delayMs = () => (on ? random() * 6 : 0)
    else log.faults.condition = () => (on && hit(0.3) ? 'head' : null)
  }
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 60 }), async (commands) => {
      const started = await startService({ limits: { retryMs: 5, busyBeatMs: 1, frameBurst: 1e6, socketsPerUser: 50 } })
      try {
        const docs = NAMES.map(() => createMinutesDoc())
        const clients = await Promise.all(docs.map((doc, n) => live(started, NAMES[n] ?? '', doc)))
        for (const step of commands) {
          if (step.do === 'wait') await new Promise((resolve) => setTimeout(resolve, step.ms))
          else if (step.do === 'fault') setFault(started, step.fault, step.on)
          else if (step.do === 'drop') clients[step.who]?.ws.terminate()
          else {
            const doc = docs[step.who]
            doc?.transact(() => edit(doc, step.edit, step.at))
          }
          await checkAcked(started, clients)
        }
        Object.assign(started.log.faults, { failAppend: () => false, delayMs: () => 0, condition: () => null })
        await settle(started, docs, clients)
        const replayed = replay(started)
        const state = await started.service.read(MEETING, (doc) => Y.encodeStateAsUpdate(doc))
        expect(Buffer.from(Y.encodeStateAsUpdate(replayed)).equals(state ?? Buffer.alloc(0))).toBe(true)
        for (const doc of docs) expect(readMinutes(doc)).toEqual(readMinutes(replayed))
        for (const { store, clientID } of docs) {
          expect(Y.getState(replayed.store, clientID)).toBe(Y.getState(store, clientID)) // nothing written is missing
        }
        rows += started.log.stored(MEETING).rows.length
        for (const client of clients) expect(client.refusals).toEqual([])
      } finally {
        await started.stop()
      }
    }),
    { seed: 1, numRuns: 100, endOnFailure: true },
  )
  expect(rows).toBeGreaterThan(300)
  expect(faults).toBeGreaterThan(20)
}, 60_000)

/** Whatever a client was told is on disk: its own structs up to there are in the replayed log. */
const expected = new WeakMap<TestClient, { count: number; clock: number }[]>()
async function checkAcked(started: Started, clients: readonly TestClient[]): Promise<void> {
  for (const client of clients) {
    const marks = expected.get(client) ?? []
    expected.set(client, marks)
    const clock = Y.getState(client.doc.store, client.doc.clientID)
    if (client.ws.readyState === client.ws.OPEN && client.step1s > 0) marks.push({ count: client.sent, clock })
    const durable = marks.filter(({ count }) => count <= client.acked).at(-1)
    if (durable === undefined || durable.clock === 0) continue
    let stored = 0
    for (const row of started.log.stored(MEETING).rows) {
      if (row.kind === 'update')
        stored = Math.max(stored, Y.parseUpdateMeta(row.payload).to.get(client.doc.clientID) ?? 0)
    }
    expect(stored).toBeGreaterThanOrEqual(durable.clock)
  }
}

/** Reconnects whoever is gone until everybody has everything acknowledged and holds the same document. */
async function settle(started: Started, docs: readonly Y.Doc[], clients: TestClient[]): Promise<void> {
  const ends = Date.now() + 20_000
  for (;;) {
    for (const [n, client] of clients.entries()) {
      const doc = docs[n]
      if (client.closeCode !== null && doc !== undefined) clients[n] = await live(started, NAMES[n] ?? '', doc)
    }
    const states = docs.map((doc) => JSON.stringify(readMinutes(doc)))
    const saved = clients.every(
      (client) => client.closeCode === null && client.step1s > 0 && client.acked >= client.sent,
    )
    if (saved && new Set(states).size === 1) return
    if (Date.now() > ends)
      throw new Error(`not settled: ${clients.map((c) => `${c.acked}/${c.sent} ${c.closeCode}`).join(', ')}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
