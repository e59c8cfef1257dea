import { addItem, bodyOf, createMarker, itemOf, moveItem, readMinutes, setHeaderField } from '@justera/minutes'
import { seeded } from '@justera/minutes/testing'
import { SYNC_STEP_2, SYNC_UPDATE } from '@justera/protocol'
import * as Y from 'yjs'
import type { PersonId } from '../../store/updateLog.ts'
import { readAwareness } from '../awareness.ts'
import { decodeClientFrame } from '../clientFrame.ts'
import { judgeUpdate } from '../gate.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { RoomDocument } from '../roomDocument.ts'
import {
  any,
  type Content,
  collected,
  embed,
  type ForgedStruct,
  forge,
  format,
  type Id,
  string,
  type,
} from './forge.ts'
import { exampleDocument } from './startService.ts'
import { awarenessMessage, syncFrame } from './testClient.ts'

export type FuzzResult = {
  readonly frames: number
  readonly seconds: number
  readonly verdicts: Readonly<Record<string, number>>
  readonly slowestMs: number
  readonly slowestSizeBytes: number
  readonly slowerThan50Ms: number
  readonly rssGrowthMb: number
  /** what must never happen, with the frame as base64 */
  readonly broken: readonly string[]
}

const PERSON = 'anna' as PersonId
const MINE = 4_000
const RUNS_PER_DOCUMENT = 500

/**
 * Feeds mutated and generated frames to everything that reads them, until time or count is up.
 * Every accepted update is applied, and must do exactly what the gate foresaw; nothing else may change anything.
 */
export function fuzzGate(options: { seed: number; seconds: number; frames: number }): FuzzResult {
  const random = seeded(options.seed)
  const started = performance.now()
  const rssBefore = process.memoryUsage().rss
  const verdicts: Record<string, number> = {}
  const broken: string[] = []
  let frames = 0
  let slowest = { ms: 0, sizeBytes: 0 }
  let slower = 0
  let target = freshTarget()
  let corpus = makeCorpus(target.document.doc)
  while (frames < options.frames && performance.now() - started < options.seconds * 1000 && broken.length < 10) {
    if (frames % RUNS_PER_DOCUMENT === 0) {
      target = freshTarget()
      corpus = makeCorpus(target.document.doc)
    }
    const bytes = random() < 0.5 ? mutate(pick(corpus, random), corpus, random) : generate(target.document.doc, random)
    const began = performance.now()
    let verdict: string
    try {
      verdict = feed(target, bytes, random() < 0.2)
    } catch (error) {
      verdict = 'threw'
      broken.push(`threw ${error instanceof Error ? error.stack : ''} ${Buffer.from(bytes).toString('base64')}`)
    }
    let ms = performance.now() - began
    if (ms > 20) ms = Math.min(ms, remeasured(target, bytes)) // the machine was busy, or the frame really is slow
    if (verdict.startsWith('broken')) {
      broken.push(`${verdict} ${Buffer.from(bytes).toString('base64')}`)
      target = freshTarget()
    }
    verdicts[verdict] = (verdicts[verdict] ?? 0) + 1
    if (ms > slowest.ms) slowest = { ms, sizeBytes: bytes.length }
    if (ms > 50) slower++
    frames++
  }
  return {
    frames,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    verdicts,
    slowestMs: Math.round(slowest.ms * 10) / 10,
    slowestSizeBytes: slowest.sizeBytes,
    slowerThan50Ms: slower,
    rssGrowthMb: Math.round((process.memoryUsage().rss - rssBefore) / 2 ** 20),
    broken,
  }
}

type Target = { readonly document: RoomDocument; readonly owners: Map<number, PersonId> }

function freshTarget(): Target {
  const update = Y.encodeStateAsUpdate(exampleDocument())
  const document = new RoomDocument({
    head: { seq: 1, hash: '' },
    epoch: 1,
    phase: 'drafting',
    snapshot: { seq: 1, update, stateVector: Y.encodeStateVectorFromUpdate(update) },
    tail: [],
    clientIds: new Map(),
  })
  return { document, owners: new Map([[MINE, PERSON]]) }
}

function feed({ document, owners }: Target, bytes: Uint8Array, observer: boolean): string {
  const decoded = decodeClientFrame(bytes, DEFAULT_LIMITS)
  if (!decoded.ok) return decoded.error.kind
  const { frame } = decoded
  if (frame.type === 'awareness') return readAwareness(frame.update) === null ? 'bad awareness' : 'awareness'
  if (frame.type === 'step1') {
    document.difference(frame.stateVector)
    return 'step1'
  }
  if (frame.type !== 'step2' && frame.type !== 'update') return frame.type
  const { doc } = document
  const verdict = judgeUpdate(
    frame.update,
    { doc, person: PERSON, mayWrite: observer ? 'role' : true, ownerOf: (id) => owners.get(id) },
    { structs: frame.type === 'step2' ? Number.POSITIVE_INFINITY : DEFAULT_LIMITS.structsPerUpdate, claims: 16 },
  )
  if (verdict.kind !== 'accept') return verdict.kind === 'refuse' ? `refused ${verdict.reason}` : verdict.kind
  if (observer) return 'broken: an observer wrote'
  const applied = document.apply(frame.update, PERSON, verdict)
  if (!applied.ok) return `broken: ${applied.detail}`
  for (const client of verdict.claims) owners.set(client, PERSON)
  readMinutes(doc)
  return 'accept'
}

/** Milliseconds that reading and judging a frame takes at best of three. */
function remeasured({ document, owners }: Target, bytes: Uint8Array): number {
  let best = Number.POSITIVE_INFINITY
  for (let n = 0; n < 3; n++) {
    const began = performance.now()
    const decoded = decodeClientFrame(bytes, DEFAULT_LIMITS)
    if (decoded.ok && 'update' in decoded.frame && decoded.frame.type !== 'awareness') {
      const facts = {
        doc: document.doc,
        person: PERSON,
        mayWrite: true as const,
        ownerOf: (id: number) => owners.get(id),
      }
      judgeUpdate(decoded.frame.update, facts, { structs: Number.POSITIVE_INFINITY, claims: 16 })
    }
    best = Math.min(best, performance.now() - began)
  }
  return best
}

/** Frames that honest clients send, to start from. */
function makeCorpus(room: Y.Doc): readonly Uint8Array[] {
  const doc = exampleDocument()
  doc.clientID = MINE
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(room))
  const corpus: Uint8Array[] = [awarenessMessage([{ clientId: MINE, clock: 3, state: { item: 'i', typing: true } }])]
  doc.on('update', (update: Uint8Array) => corpus.push(syncFrame(SYNC_UPDATE, update)))
  const id = readMinutes(doc).items[0]?.id
  const item = id === undefined ? undefined : itemOf(doc, id)
  if (item === undefined || id === undefined) throw new Error('no item')
  const body = bodyOf(item)
  body.insert(2, 'några ord')
  body.format(2, 4, { bold: true })
  body.insertEmbed(3, createMarker({ kind: 'action', responsible: 'A' }))
  body.delete(1, 6)
  setHeaderField(doc, 'place', 'Stockholm')
  moveItem(doc, id, 1)
  addItem(doc, { title: 'Nytt', presenters: ['Bo'], blocks: [{ content: 'text' }] })
  corpus.push(syncFrame(SYNC_STEP_2, Y.encodeStateAsUpdate(doc)))
  corpus.push(syncFrame(0, Y.encodeStateVector(doc)))
  return corpus
}

/** Flips, cuts, repeats, splices: what a fuzzer does to bytes. */
function mutate(seed: Uint8Array, corpus: readonly Uint8Array[], random: () => number): Uint8Array {
  let bytes = Uint8Array.from(seed)
  for (let n = 1 + Math.floor(random() * 4); n > 0; n--) {
    const at = Math.floor(random() * bytes.length)
    const kind = Math.floor(random() * 6)
    if (kind === 0) bytes[at] = Math.floor(random() * 256)
    else if (kind === 1) bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
    else if (kind === 2) bytes = bytes.slice(0, at)
    else if (kind === 3)
      bytes = Uint8Array.from([...bytes.slice(0, at), ...bytes.slice(Math.floor(random() * bytes.length))])
    else if (kind === 4) {
      const other = pick(corpus, random)
      bytes = Uint8Array.from([...bytes.slice(0, at), ...other.slice(Math.floor(random() * other.length))])
    } else bytes = Uint8Array.from([...bytes.slice(0, at), 255, 255, 255, 255, 15, ...bytes.slice(at)])
  }
  return bytes
}

/** A well-formed update with arbitrary ids, parents and content, which bytes alone rarely reach. */
function generate(doc: Y.Doc, random: () => number): Uint8Array {
  const int = (max: number): number => Math.floor(random() * max)
  const clients = [MINE, MINE + 1, MINE + 2, 1, 77]
  const known = (): Id => {
    const client = pick(clients, random)
    return [client, int(Y.getState(doc.store, client) + 3)]
  }
  const contents: readonly (() => Content)[] = [
    () => string('abcdef'.slice(0, 1 + int(6))),
    () => any(pick(['x', 'a0', '2024-01-01', true, 3], random)),
    () => any('a1', 'a2'),
    () => type(int(3)),
    () => format('bold', pick([true, null], random)),
    () => embed({ mention: 'p', label: 'P' }),
    () => collected(1 + int(9)),
  ]
  const keys = ['order', 'removed', 'title', 'body', 'presenters', 'name', 'kind', 'place', 'subject', 'new-id']
  const texts = [...doc.store.clients].flatMap(([client, structs]) =>
    structs.flatMap((each): Id[] =>
      each instanceof Y.Item && each.content instanceof Y.ContentString ? [[client, each.id.clock]] : [],
    ),
  )
  const struct = (): ForgedStruct => {
    const content = pick(contents, random)()
    if (texts.length > 0 && random() < 0.5)
      return { content: pick(contents.slice(0, 1), random)(), origin: pick(texts, random) }
    const where = int(4)
    if (where === 0) return { content, origin: known() }
    if (where === 1) return { content, origin: known(), rightOrigin: known() }
    const parent = where === 2 ? known() : pick(['header', 'attendance', 'agenda', 'evil'], random)
    return random() < 0.6 ? { content, parent, key: pick(keys, random) } : { content, parent }
  }
  const runs = Array.from({ length: 1 + int(3) }, () => {
    const client = random() < 0.7 ? MINE : pick(clients.slice(0, 4), random)
    const next = Y.getState(doc.store, client)
    const clock = random() < 0.7 ? next : Math.max(0, next - int(3) + int(2))
    return { client, clock, structs: Array.from({ length: 1 + int(4) }, struct) }
  })
  const deletes = Array.from({ length: random() < 0.5 ? 0 : int(3) }, () => ({
    client: pick(clients, random),
    ranges: Array.from({ length: 1 + int(3) }, () => [int(60), 1 + int(6)] as const),
  }))
  return syncFrame(random() < 0.5 ? SYNC_UPDATE : SYNC_STEP_2, forge(random() < 0.1 ? [] : runs, deletes))
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T
}
