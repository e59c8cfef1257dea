import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  type Block,
  type BlockId,
  bodyOf,
  type CanonicalMinutes,
  canonicalItem,
  canonicalJson,
  canonicalMinutes,
  createMinutesDoc,
  type ItemId,
  itemOf,
  type Minutes,
  markersOf,
  moveItem,
  readMinutes,
  setAttendeeRemoved,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
  setMarkerAttribute,
  writeMinutes,
} from './index.ts'
import { editScript, play } from './testing/histories.ts'

function sample(): Y.Doc {
  const doc = createMinutesDoc(1)
  writeMinutes(doc, {
    header: { subject: 'Rådet', date: '2023-06-07' },
    attendance: [
      { name: 'Anna', agency: 'IVO', status: 'present' },
      { name: 'Bo', agency: 'SKR', status: 'absent' },
    ],
    items: [
      {
        title: 'Öppnande',
        presenters: ['Anna', 'Bo'],
        blocks: [
          { content: [{ text: 'Mötet ' }, { text: 'öppnas', marks: [{ type: 'bold' }] }, { text: '.' }] },
          { kind: 'point', content: 'En punkt.' },
          { kind: 'action', responsible: 'SKR', due: '2023-09-08', content: 'Skicka.' },
          { kind: 'dissent', party: 'Löf', content: 'Nej.' },
        ],
      },
      { title: 'Avslutning', presenters: [], blocks: [{ kind: 'bullet', indent: 1, content: 'Slut.' }] },
    ],
  })
  return doc
}

const hashes = (doc: Y.Doc) => canonicalMinutes(readMinutes(doc))
const id = (doc: Y.Doc, n: number) => readMinutes(doc).items[n]?.id as ItemId
const body = (doc: Y.Doc, n: number) => bodyOf(itemOf(doc, id(doc, n)) as Y.Map<unknown>)

/** The recipe written a second time, from docs/document.md, with Node's own SHA-256. */
function hashByHand(domain: string, value: unknown): string {
  const sorted = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(sorted)
    if (typeof part !== 'object' || part === null) return part
    return Object.fromEntries(
      Object.entries(part)
        .sort(([x], [y]) => (x < y ? -1 : 1))
        .map(([key, entry]) => [key, sorted(entry)]),
    )
  }
  return createHash('sha256')
    .update(`${domain}\0v1\0${JSON.stringify(sorted(value))}`, 'utf8')
    .digest('hex')
}

function byHand(canonical: CanonicalMinutes) {
  const items = canonical.items.map((item) =>
    hashByHand('justera-item', {
      title: item.title,
      presenters: item.presenters,
      blocks: item.blocks.map(({ id: _, content, ...block }) => ({
        ...block,
        content: content.map((run) => ('text' in run ? run : { label: run.label })),
      })),
    }),
  )
  const head = hashByHand('justera-head', {
    header: canonical.header,
    attendance: canonical.attendance.map(({ id: _, ...attendee }) => attendee),
    items: canonical.items.map((item) => item.id),
  })
  return { head, items, hash: hashByHand('justera-minutes', { head, items }) }
}

/** JUSTERA_LONG=1 plays 10,000 histories. */
const RUNS = process.env.JUSTERA_LONG === '1' ? 10_000 : 150

describe('one history, any delivery', () => {
  test('[CF1] replicas that received the same updates in any order, lost and repeated, have one hash', () => {
    const order = fc.infiniteStream(fc.nat(1000))
    let edits = 0
    fc.assert(
      fc.property(editScript, order, (script, random) => {
        const { replicas, updates } = play(script)
        edits += script.length
        for (const from of replicas) {
          for (const to of replicas) Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)), 'remote')
        }
        const shuffled = createMinutesDoc(104)
        const keyed = [...updates, ...updates.filter((_, n) => n % 3 === 0)].map((update) => ({
          update,
          key: random.next().value as number,
        }))
        for (const { update } of keyed.sort((x, y) => x.key - y.key)) Y.applyUpdate(shuffled, update)
        const seen = [...replicas, shuffled].map((doc) => JSON.stringify(hashes(doc)))
        expect(new Set(seen).size).toBe(1)
      }),
      { seed: 20230607, numRuns: RUNS },
    )
    expect(edits).toBeGreaterThan(2000)
  }, 1_200_000)

  test('[CF2] the hashes are what the published recipe gives, over random histories', () => {
    fc.assert(
      fc.property(editScript, (script) => {
        const canonical = hashes(play(script).replicas[0] as Y.Doc)
        const hand = byHand(canonical)
        expect(canonical.items.map((item) => item.hash)).toEqual(hand.items)
        expect(canonical.headHash).toBe(hand.head)
        expect(canonical.hash).toBe(hand.hash)
      }),
      { seed: 2, numRuns: 60 },
    )
  })
})

describe('an edit that is taken back gives the old hash', () => {
  const pairs: readonly (readonly [string, (doc: Y.Doc) => void, (doc: Y.Doc) => void])[] = [
    ['text', (doc) => body(doc, 0).insert(3, 'xyz'), (doc) => body(doc, 0).delete(3, 3)],
    ['a mark', (doc) => body(doc, 0).format(1, 3, { bold: true }), (doc) => body(doc, 0).format(1, 3, { bold: null })],
    ['a header field', (doc) => setHeaderField(doc, 'place', 'Malmö'), (doc) => setHeaderField(doc, 'place', '')],
    ['an order', (doc) => moveItem(doc, id(doc, 0), 1), (doc) => moveItem(doc, id(doc, 1), 0)],
    ['a title', (doc) => setItemTitle(doc, id(doc, 0), 'Ny'), (doc) => setItemTitle(doc, id(doc, 0), 'Öppnande')],
    [
      'a kind',
      (doc) => setMarkerAttribute(markersOf(body(doc, 0))[0] as Y.Map<unknown>, 'kind', 'heading'),
      (doc) => setMarkerAttribute(markersOf(body(doc, 0))[0] as Y.Map<unknown>, 'kind', 'paragraph'),
    ],
    [
      'an indent',
      (doc) => setMarkerAttribute(markersOf(body(doc, 0))[0] as Y.Map<unknown>, 'indent', 2),
      (doc) => setMarkerAttribute(markersOf(body(doc, 0))[0] as Y.Map<unknown>, 'indent', 0),
    ],
  ]
  test.each(pairs)('[CF3] %s', (_, act, undo) => {
    const doc = sample()
    const before = hashes(doc)
    act(doc)
    expect(hashes(doc).hash).not.toBe(before.hash)
    undo(doc)
    expect(hashes(doc)).toEqual(before)
  })

  test('[CF3] removing and restoring an item or an attendee', () => {
    const doc = sample()
    const before = hashes(doc)
    const item = id(doc, 0)
    const attendee = readMinutes(doc).attendance[0]?.id
    if (attendee === undefined) throw new Error('no attendee')
    setItemRemoved(doc, item, true)
    setAttendeeRemoved(doc, attendee, true)
    expect(hashes(doc).headHash).not.toBe(before.headHash)
    setItemRemoved(doc, item, false)
    setAttendeeRemoved(doc, attendee, false)
    expect(hashes(doc)).toEqual(before)
  })

  test('[CF3] text deleted and typed again, letter by letter, in a new block of the same kind', () => {
    const doc = sample()
    const before = hashes(doc)
    const text = body(doc, 1)
    const length = text.length
    text.delete(1, length - 1)
    for (const letter of '.tulS') text.insert(1, letter)
    expect(hashes(doc).items[1]?.hash).toBe(before.items[1]?.hash)
  })
})

describe('any visible change gives another hash, of the right unit', () => {
  type Change = (minutes: Minutes) => Minutes
  const withBlock =
    (n: number, change: Partial<Block>): Change =>
    (minutes) => ({
      ...minutes,
      items: minutes.items.map((item, i) =>
        i === 0
          ? { ...item, blocks: item.blocks.map((block, b) => (b === n ? { ...block, ...change } : block)) }
          : item,
      ),
    })
  const withItem =
    (change: Partial<Minutes['items'][number]>): Change =>
    (minutes) => ({ ...minutes, items: minutes.items.map((item, i) => (i === 0 ? { ...item, ...change } : item)) })
  const withAttendee =
    (change: Partial<Minutes['attendance'][number]>): Change =>
    (minutes) => ({
      ...minutes,
      attendance: minutes.attendance.map((attendee, i) => (i === 0 ? { ...attendee, ...change } : attendee)),
    })

  const inItem: readonly (readonly [string, Change])[] = [
    ['title', withItem({ title: 'Öppnande ' })],
    ['presenters', (m) => withItem({ presenters: m.items[0]?.presenters.slice(1) ?? [] })(m)],
    ['presenters’ order', (m) => withItem({ presenters: m.items[0]?.presenters.toReversed() ?? [] })(m)],
    ['a letter', withBlock(1, { content: [{ text: 'En punkt!' }] })],
    ['case', withBlock(1, { content: [{ text: 'en punkt.' }] })],
    ['Unicode form, not normalised', withBlock(1, { content: [{ text: 'En punkt.\u0301' }] })],
    ['a blank', withBlock(1, { content: [{ text: 'En  punkt.' }] })],
    ['a hard break', withBlock(1, { content: [{ text: 'En\npunkt.' }] })],
    ['a mark', withBlock(1, { content: [{ text: 'En punkt.', marks: [{ type: 'bold' }] }] })],
    ['which mark', withBlock(0, { content: [{ text: 'Mötet öppnas.', marks: [{ type: 'italic' }] }] })],
    ['kind', withBlock(1, { kind: 'bullet' })],
    ['indent', withBlock(1, { indent: 1 })],
    ['responsible', withBlock(2, { responsible: 'IVO' })],
    ['due date', withBlock(2, { due: '2023-09-09' })],
    ['no due date', withBlock(2, { due: '' })],
    ['party', withBlock(3, { party: 'SBU' })],
    ['a block less', (m) => withItem({ blocks: m.items[0]?.blocks.slice(0, -1) ?? [] })(m)],
    ['blocks’ order', (m) => withItem({ blocks: m.items[0]?.blocks.toReversed() ?? [] })(m)],
  ]
  test.each(inItem)('[CF4] item: %s', (_, change) => {
    const minutes = readMinutes(sample())
    const before = canonicalMinutes(minutes)
    const after = canonicalMinutes(change(minutes))
    expect(after.items[0]?.hash).not.toBe(before.items[0]?.hash)
    expect(after.items[1]?.hash).toBe(before.items[1]?.hash)
    expect(after.headHash).toBe(before.headHash)
    expect(after.hash).not.toBe(before.hash)
  })

  const inHead: readonly (readonly [string, Change])[] = [
    ['a field', (m) => ({ ...m, header: { ...m.header, date: '2023-06-08' } })],
    ['a field more', (m) => ({ ...m, header: { ...m.header, place: 'Malmö' } })],
    ['a value under another field', (m) => ({ ...m, header: { ...m.header, subject: '', council: 'Rådet' } })],
    ['a name', withAttendee({ name: 'Eva' })],
    ['an agency', withAttendee({ agency: 'SBU' })],
    ['a status', withAttendee({ status: 'remote' })],
    ['a note', withAttendee({ note: 'sen' })],
    ['presence from an item', withAttendee({ presentFrom: 'x' })],
    ['an attendee less', (m) => ({ ...m, attendance: m.attendance.slice(1) })],
    ['the order of attendance', (m) => ({ ...m, attendance: m.attendance.toReversed() })],
    ['the order of items', (m) => ({ ...m, items: m.items.toReversed() })],
    ['an item less', (m) => ({ ...m, items: m.items.slice(1) })],
  ]
  test.each(inHead)('[CF5] head: %s', (_, change) => {
    const minutes = readMinutes(sample())
    const before = canonicalMinutes(minutes)
    const after = canonicalMinutes(change(minutes))
    expect(after.headHash).not.toBe(before.headHash)
    expect(after.hash).not.toBe(before.hash)
    for (const item of after.items) expect(item.hash).toBe(before.items.find((old) => old.id === item.id)?.hash)
  })

  const invisible: readonly (readonly [string, Change])[] = [
    ['block ids', withBlock(1, { id: 'other' as BlockId })],
    ['the responsible agency’s id', withBlock(2, { responsibleId: 'skr' })],
    ['ids of agency and person', withAttendee({ agencyId: 'a', personId: 'p' })],
    ['order keys', withItem({ order: 'Zz' })],
    ['text in several runs', withBlock(1, { content: [{ text: 'En ' }, { text: '' }, { text: 'punkt.' }] })],
  ]
  test.each(invisible)('[CF6] not hashed: %s', (_, change) => {
    const minutes = readMinutes(sample())
    expect(canonicalMinutes(change(minutes)).hash).toBe(canonicalMinutes(minutes).hash)
  })

  test('[CF6] marks count as a set, whatever order they were stored in', () => {
    const marks = [{ type: 'italic' }, { type: 'bold' }, { type: 'link', attrs: { href: 'https://a.se' } }]
    const minutes = readMinutes(sample())
    const one = canonicalMinutes(withBlock(1, { content: [{ text: 'x', marks }] })(minutes))
    const other = canonicalMinutes(withBlock(1, { content: [{ text: 'x', marks: marks.toReversed() }] })(minutes))
    expect(one).toEqual(other)
  })

  test('[CF6] a mention is hashed by what people read; its person id is not', () => {
    const minutes = readMinutes(sample())
    const mention = (person: string, label: string) =>
      canonicalMinutes(withBlock(1, { content: [{ mention: person, label }] })(minutes)).hash
    expect(mention('p1', 'Anna')).toBe(mention('p2', 'Anna'))
    expect(mention('p1', 'Anna')).not.toBe(mention('p1', 'Bo'))
  })
})

describe('bytes', () => {
  test('[CF7] RFC 8785: keys by UTF-16 code unit, shortest numbers, only the escapes that must be', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '\ufb33': 3, 1: 4, '\ud83d\ude00': 5, '\u0080': 6, ö: 7 })).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    )
    expect(canonicalJson([333333333.3333333, 1e30, 4.5, 0.002, 1e-27, -0])).toBe(
      '[333333333.3333333,1e+30,4.5,0.002,1e-27,0]',
    )
    expect(canonicalJson('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"')
  })

  test('[CF8] what has no canonical bytes is refused', () => {
    const bad = [['\uD800'], { '\uDC00': 1 }, 'a\uDBFFb', Number.NaN, Number.POSITIVE_INFINITY, undefined]
    for (const value of bad) expect(() => canonicalJson(value)).toThrow(RangeError)
    const item = readMinutes(sample()).items[0]
    if (item === undefined) throw new Error('no item')
    expect(() => canonicalItem({ ...item, title: '\uD83D' })).toThrow(RangeError)
    expect(() => canonicalItem({ ...item, title: '\uD83D\uDE00' })).not.toThrow()
  })

  test('[CF9] the worked example of docs/document.md holds', () => {
    const paper = readFileSync(new URL('../../../docs/document.md', import.meta.url), 'utf8')
    const fence = (name: string) => {
      const block = new RegExp(`<!-- ${name} -->\\s*\`\`\`\\w*\\n([\\s\\S]*?)\\n\`\`\``).exec(paper)?.[1]
      if (block === undefined) throw new Error(`docs/document.md lacks ${name}`)
      return block
    }
    const vector: unknown = JSON.parse(fence('vector-minutes'))
    const doc = createMinutesDoc(1)
    writeMinutes(doc, {
      header: { subject: 'Nationellt råd', date: '2023-06-07' },
      attendance: [{ name: 'Kersti Lorén', agency: 'Arbetsmiljöverket', status: 'present', agencyId: 'av' }],
      items: [
        {
          title: 'Enkät',
          presenters: ['Charlotta George'],
          blocks: [
            {
              content: [
                { text: 'Se ' },
                { text: 'länken', marks: [{ type: 'link', attrs: { href: 'https://example.se/' } }] },
              ],
            },
            { kind: 'action', responsible: 'SoS', responsibleId: 'sos', due: '2023-09-08', content: 'Skickas ut.' },
          ],
        },
      ],
    })
    const read = readMinutes(doc)
    const named: Minutes = { ...read, items: read.items.map((item) => ({ ...item, id: 'item-1' as ItemId })) }
    const canonical = canonicalMinutes(named)
    const withoutIds = {
      ...canonical,
      attendance: canonical.attendance.map(({ id: _, ...attendee }) => attendee),
      items: canonical.items.map((item) => ({ ...item, blocks: item.blocks.map(({ id: _, ...block }) => block) })),
    }
    expect(withoutIds).toEqual(vector)
    const bytes = fence('vector-item-bytes')
    const item = canonical.items[0]
    expect(createHash('sha256').update(`justera-item\0v1\0${bytes}`, 'utf8').digest('hex')).toBe(item?.hash)
    const head = fence('vector-head-bytes')
    expect(createHash('sha256').update(`justera-head\0v1\0${head}`, 'utf8').digest('hex')).toBe(canonical.headHash)
    const whole = fence('vector-whole-bytes')
    expect(createHash('sha256').update(`justera-minutes\0v1\0${whole}`, 'utf8').digest('hex')).toBe(canonical.hash)
  })
})
