import { may, PHASES, ROLES } from '@justera/adjustment'
import {
  addItem,
  addPresenter,
  agendaOf,
  attendanceOf,
  bodyOf,
  createMarker,
  createMinutesDoc,
  headerOf,
  itemOf,
  markersOf,
  moveItem,
  presentersOf,
  readMinutes,
  setAttendeeField,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
  setMarkerAttribute,
  titleOf,
} from '@justera/minutes'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { PersonId } from '../store/updateLog.ts'
import { judgeUpdate, type RoomFacts, type Verdict } from './gate.ts'
import {
  any,
  binary,
  type Content,
  collected,
  deleted,
  embed,
  forge,
  format,
  type Id,
  json,
  nested,
  skip,
  string,
  subdocument,
  type,
} from './testing/forge.ts'
import { exampleDocument } from './testing/startService.ts'

const ANNA = 'anna' as PersonId
const BO = 'bo' as PersonId
const MINE = 1000
const THEIRS = 2000
const BOUNDS = { structs: 5_000, claims: 16 }

/** Facts of a room that remembers claims, as a room does. */
type Facts = RoomFacts & { readonly owners: Map<number, PersonId> }

/** The room's document, Anna's copy of it under her client id, and what Bo wrote under his. */
function setting(): { room: Y.Doc; mine: Y.Doc; facts: Facts } {
  const room = createMinutesDoc()
  Y.applyUpdate(room, Y.encodeStateAsUpdate(exampleDocument()))
  const theirs = createMinutesDoc(THEIRS)
  Y.applyUpdate(theirs, Y.encodeStateAsUpdate(room))
  bodyAt(theirs).insert(1, 'Bos ord ')
  Y.applyUpdate(room, Y.encodeStateAsUpdate(theirs))
  const mine = createMinutesDoc(MINE)
  Y.applyUpdate(mine, Y.encodeStateAsUpdate(room))
  const owners = new Map([[THEIRS, BO]])
  return { room, mine, facts: { doc: room, person: ANNA, mayWrite: true, ownerOf: (id) => owners.get(id), owners } }
}

function firstItem(doc: Y.Doc): Y.Map<unknown> {
  const id = readMinutes(doc).items[0]?.id
  const item = id === undefined ? undefined : itemOf(doc, id)
  if (item === undefined) throw new Error('no item')
  return item
}

function bodyAt(doc: Y.Doc): Y.Text {
  return bodyOf(firstItem(doc))
}

/** The id of the item that holds a type. */
function idOf(type: Y.AbstractType<Y.YEvent<Y.Text>> | Y.Map<unknown> | Y.Text): Id {
  if (type._item === null) throw new Error('a root has no id')
  return [type._item.id.client, type._item.id.clock]
}

/** What this edit sends, as one update. */
function sent(doc: Y.Doc, edit: () => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  const updates: Uint8Array[] = []
  const keep = (update: Uint8Array): void => void updates.push(update)
  doc.on('update', keep)
  doc.transact(edit)
  doc.off('update', keep)
  return updates[0] ?? Y.encodeStateAsUpdate(doc, before)
}

function outcome(verdict: Verdict): string {
  return verdict.kind === 'refuse' ? verdict.reason : verdict.kind
}

/** An accepted update must also do what the gate foresaw. */
function judge(update: Uint8Array, facts: Facts): string {
  const verdict = judgeUpdate(update, facts, BOUNDS)
  if (verdict.kind === 'accept') {
    Y.applyUpdate(facts.doc, update)
    for (const client of verdict.claims) facts.owners.set(client, facts.person)
    expect(facts.doc.store.pendingStructs).toBeNull()
    expect(facts.doc.store.pendingDs).toBeNull()
    for (const [client, clock] of verdict.clocks) expect(Y.getState(facts.doc.store, client)).toBe(clock)
    readMinutes(facts.doc)
  }
  return outcome(verdict)
}

describe('[GT1] what honest editors do passes', () => {
  const edits: readonly [string, (doc: Y.Doc) => void][] = [
    ['typing', (doc) => bodyAt(doc).insert(2, 'hej')],
    ['typing at the end', (doc) => bodyAt(doc).insert(bodyAt(doc).length, 'hej')],
    ['deleting a colleague’s text', (doc) => bodyAt(doc).delete(1, 5)],
    ['bold', (doc) => bodyAt(doc).format(2, 4, { bold: true })],
    ['a link', (doc) => bodyAt(doc).format(2, 4, { link: { href: 'https://example.org/' } })],
    ['a new block', (doc) => bodyAt(doc).insertEmbed(4, createMarker({ kind: 'decision', responsible: 'A' }))],
    ['deleting a block', (doc) => bodyAt(doc).delete(0, 1)],
    ['a mention', (doc) => bodyAt(doc).insertEmbed(4, { mention: 'person-1', label: 'Anna' })],
    ['a kind from a later layout', (doc) => markerAt(doc).set('kind', 'vote')],
    ['deleting a marker key', (doc) => markerAt(doc).delete('id')],
    ['a header field', (doc) => setHeaderField(doc, 'place', 'Stockholm')],
    ['a header field overwritten', (doc) => setHeaderField(doc, 'subject', 'Annat')],
    ['clearing a header field', (doc) => headerOf(doc).delete('subject')],
    ['an attendee field', (doc) => setAttendeeField(doc, readMinutes(doc).attendance[0]?.id as never, 'note', 'sen')],
    ['moving an item', (doc) => moveItem(doc, readMinutes(doc).items[0]?.id as never, 1)],
    ['removing an item', (doc) => setItemRemoved(doc, readMinutes(doc).items[0]?.id as never, true)],
    ['a title', (doc) => setItemTitle(doc, readMinutes(doc).items[0]?.id as never, 'Ny titel')],
    ['a presenter', (doc) => void addPresenter(doc, readMinutes(doc).items[0]?.id as never, 'Bo')],
    ['a new item', (doc) => void addItem(doc, { title: 'Nytt', presenters: ['Bo'], blocks: [{ content: 'Text' }] })],
    [
      'a value set three times before it is sent',
      (doc) => {
        for (const order of ['a1', 'a2', 'a3', 'a4']) firstItem(doc).set('order', order)
      },
    ],
  ]
  test.each(edits)('%s', (_name, edit) => {
    const { mine, facts } = setting()
    expect(
      judge(
        sent(mine, () => edit(mine)),
        facts,
      ),
    ).toBe('accept')
  })

  test('the same as one step 2, and again as a repetition', () => {
    const { mine, facts, room } = setting()
    const before = Y.encodeStateVector(room)
    for (const [, edit] of edits) if (readMinutes(mine).items.length > 0) edit(mine)
    expect(judge(Y.encodeStateAsUpdate(mine, before), facts)).toBe('accept')
    expect(judge(Y.encodeStateAsUpdate(mine, before), facts)).toBe('noop')
    expect(judge(Y.encodeStateAsUpdate(mine), facts)).toBe('noop')
  })

  test('a value set again while offline, sent in one struct with a known one', () => {
    const { mine, facts } = setting()
    const order = (value: string): Uint8Array => sent(mine, () => firstItem(mine).set('order', value))
    expect(judge(order('b1'), facts)).toBe('accept')
    order('b2')
    order('b3')
    expect(judge(Y.encodeStateAsUpdate(mine), facts)).toBe('accept')
  })

  test('undo of a deleted block', () => {
    const { mine, facts } = setting()
    const undo = new Y.UndoManager(agendaOf(mine), { trackedOrigins: new Set(['me']) })
    const updates: Uint8Array[] = []
    mine.on('update', (update: Uint8Array) => void updates.push(update))
    mine.transact(() => bodyAt(mine).delete(0, bodyAt(mine).length), 'me')
    undo.undo()
    undo.redo()
    undo.undo()
    expect(updates).toHaveLength(4)
    expect(updates.map((update) => judge(update, facts))).toEqual(['accept', 'accept', 'accept', 'accept'])
    expect(readMinutes(facts.doc)).toEqual(readMinutes(mine))
  })
})

function markerAt(doc: Y.Doc): Y.Map<unknown> {
  const marker = markersOf(bodyAt(doc))[0]
  if (marker === undefined) throw new Error('no marker')
  return marker
}

describe('[GT2] only allowed content, in its place', () => {
  const kinds: readonly [string, Content, string][] = [
    ['string', string('x'), 'accept'],
    ['format', format('bold', true), 'accept'],
    ['embed', embed({ mention: 'p1', label: 'Anna' }), 'accept'],
    ['type map', type(1), 'accept'],
    ['any', any('x'), 'content'],
    ['collected', collected(1), 'content'],
    ['skip', skip(1), 'content'],
    ['deleted', deleted(1), 'content'],
    ['json', json('x'), 'content'],
    ['binary', binary(Uint8Array.of(1, 2)), 'content'],
    ['subdocument', subdocument(), 'content'],
    ['type array', type(0), 'content'],
    ['type text', type(2), 'content'],
    ['type XML element', type(3), 'content'],
    ['type XML fragment', type(4), 'content'],
    ['type XML hook', type(5), 'content'],
    ['type XML text', type(6), 'content'],
    ['type of no kind', type(99), 'content'],
    ['content of no kind', { ref: 31, write: () => {} }, 'content'],
    ['empty string', string(''), 'content'],
    ['script link', format('link', { href: 'javascript:alert(1)' }), 'content'],
    ['link with extras', format('link', { href: 'https://a.example', onclick: 'x' }), 'content'],
    ['unknown mark', format('blink', true), 'content'],
    ['mark with an object', format('bold', { style: 'x' }), 'content'],
    ['embed of another shape', embed({ image: 'https://a.example/x.png' }), 'content'],
    ['embed that is no object', embed('x'), 'content'],
    ['mention too long', embed({ mention: 'p'.repeat(65), label: '' }), 'content'],
    ['values 33 deep', nested(33), 'content'],
    ['values 100,000 deep', nested(100_000), 'content'],
  ]
  test.each(kinds)('%s in a body', (_name, content, expected) => {
    const { room, facts } = setting()
    const struct = { content, parent: idOf(bodyAt(room)) }
    expect(judge(forge([{ client: MINE, clock: 0, structs: [struct] }]), facts)).toBe(expected)
  })

  const values: readonly [string, (doc: Y.Doc) => string | Id, string | undefined, Content, string][] = [
    ['header field', () => 'header', 'place', any('Stockholm'), 'accept'],
    ['header field unknown', () => 'header', 'password', any('x'), 'content'],
    ['header field too long', () => 'header', 'place', any('x'.repeat(2001)), 'content'],
    ['header field as object', () => 'header', 'place', any({ a: 1 }), 'content'],
    ['header field as number', () => 'header', 'place', any(7), 'content'],
    ['header field as type', () => 'header', 'place', type(1), 'content'],
    ['header field as string content', () => 'header', 'place', string('x'), 'content'],
    ['header list content', () => 'header', undefined, any('x'), 'content'],
    ['unknown root', () => 'evil', 'x', any('x'), 'content'],
    ['root by prototype name', () => '__proto__', 'x', any('x'), 'content'],
    ['item that is a text', () => 'agenda', 'new-id', type(2), 'content'],
    ['item without its parts', () => 'agenda', 'new-id', type(1), 'content'],
    ['item under a bad id', () => 'agenda', '../x', type(1), 'content'],
    ['item as plain value', () => 'agenda', 'new-id', any('x'), 'content'],
    ['attendee', () => 'attendance', 'new-id', type(1), 'accept'],
    ['text attributes', (doc) => idOf(bodyAt(doc)), 'spellcheck', any('x'), 'content'],
    ['parent that is no type', (doc) => [idOf(bodyAt(doc))[0], 0], 'x', any('x'), 'content'],
    ['marker id', (doc) => idOf(markerAt(doc)), 'id', any('<b>'), 'content'],
    ['marker kind too long', (doc) => idOf(markerAt(doc)), 'kind', any('k'.repeat(65)), 'content'],
    ['marker indent', (doc) => idOf(markerAt(doc)), 'indent', any(2), 'accept'],
    ['marker indent fraction', (doc) => idOf(markerAt(doc)), 'indent', any(1.5), 'content'],
    ['marker indent endless', (doc) => idOf(markerAt(doc)), 'indent', any(Number.POSITIVE_INFINITY), 'content'],
    ['marker key unknown', (doc) => idOf(markerAt(doc)), 'style', any('x'), 'content'],
    ['format in a title', (doc) => idOf(titleOf(firstItem(doc))), undefined, format('bold', true), 'content'],
    ['marker in a title', (doc) => idOf(titleOf(firstItem(doc))), undefined, type(1), 'content'],
    ['removed as string', (doc) => idOf(firstItem(doc)), 'removed', any('true'), 'content'],
    ['second body', (doc) => idOf(firstItem(doc)), 'body', type(2), 'key-deletion'],
    ['body as value', (doc) => idOf(firstItem(doc)), 'body', any('x'), 'content'],
    ['presenter as text', (doc) => idOf(presentersOf(firstItem(doc))), 'p1', type(2), 'content'],
    ['list content in a map', (doc) => idOf(firstItem(doc)), undefined, string('x'), 'content'],
  ]
  test.each(values)('%s', (_name, parent, key, content, expected) => {
    const { room, facts } = setting()
    const struct = { content, parent: parent(room), ...(key === undefined ? {} : { key }) }
    expect(judge(forge([{ client: MINE, clock: 0, structs: [struct] }]), facts)).toBe(expected)
  })

  test('neighbours in two different texts', () => {
    const { room, facts } = setting()
    const [body, title] = [bodyAt(room), titleOf(firstItem(room))]
    const [left, right] = [body._start?.id, title._start?.id]
    if (left === undefined || right === undefined) throw new Error('empty texts')
    const struct = {
      content: string('x'),
      origin: [left.client, left.clock] as const,
      rightOrigin: [right.client, right.clock] as const,
    }
    expect(judge(forge([{ client: MINE, clock: 0, structs: [struct] }]), facts)).toBe('content')
  })

  test('the same client twice in one update, the second run hiding the first from Yjs', () => {
    const { room, facts } = setting()
    const run = (clock: number) => ({
      client: MINE,
      clock,
      structs: [{ content: string('x'), parent: idOf(bodyAt(room)) }],
    })
    expect(judge(forge([run(0), run(0)]), facts)).toBe('content')
    expect(judge(forge([run(5), run(0)]), facts)).toBe('content')
  })
})

describe('[GT3] no key goes in agenda, attendance and presenters', () => {
  const deletions: readonly [string, (doc: Y.Doc) => void][] = [
    ['an item', (doc) => agendaOf(doc).delete(readMinutes(doc).items[0]?.id as string)],
    ['a body', (doc) => firstItem(doc).delete('body')],
    ['a title', (doc) => firstItem(doc).delete('title')],
    ['an order', (doc) => firstItem(doc).delete('order')],
    ['an attendee', (doc) => attendanceOf(doc).delete(readMinutes(doc).attendance[0]?.id as string)],
    [
      'a presenter',
      (doc) => presentersOf(firstItem(doc)).delete([...presentersOf(firstItem(doc)).keys()][0] as string),
    ],
    ['a body replaced by a fresh one', (doc) => void firstItem(doc).set('body', new Y.Text('tomt'))],
    ['an item replaced', (doc) => void agendaOf(doc).set(readMinutes(doc).items[0]?.id as string, new Y.Map())],
    ['an order replaced by a text', (doc) => void firstItem(doc).set('order', new Y.Text('a0'))],
    [
      'a value set and then deleted',
      (doc) => {
        firstItem(doc).set('order', 'a7')
        firstItem(doc).delete('order')
      },
    ],
  ]
  test.each(deletions)('%s', (_name, edit) => {
    const { mine, facts } = setting()
    expect(['key-deletion', 'content']).toContain(
      judge(
        sent(mine, () => edit(mine)),
        facts,
      ),
    )
  })

  test('a colleague’s value that the sender saw arrive after its own passes, in either order of ids', () => {
    for (const [mineId, theirId] of [
      [MINE, THEIRS],
      [THEIRS + 5, THEIRS + 1],
    ] as const) {
      const { facts, room } = setting()
      const [mine, theirs] = [createMinutesDoc(mineId), createMinutesDoc(theirId)]
      for (const doc of [mine, theirs]) Y.applyUpdate(doc, Y.encodeStateAsUpdate(room))
      firstItem(mine).set('order', 'a5')
      firstItem(mine).set('order', 'a6')
      firstItem(theirs).set('order', 'a7')
      Y.applyUpdate(room, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(room)))
      facts.owners.set(theirId, BO)
      const before = Y.encodeStateVector(room)
      Y.applyUpdate(mine, Y.encodeStateAsUpdate(room)) // as on reconnecting: the answer comes first
      expect(judge(Y.encodeStateAsUpdate(mine, before), facts)).toBe('accept')
      expect(firstItem(room).get('order')).toBe(firstItem(mine).get('order'))
    }
  })

  test('a new value that would not stand does not cover a deletion', () => {
    const { room, facts } = setting()
    const stored = firstItem(room)._map.get('order')
    if (stored === undefined) throw new Error('no order')
    const [client, clock] = idOf(firstItem(room))
    const value = { content: any('a9'), parent: [client, clock] as const, key: 'order' }
    const deletion = [{ client: stored.id.client, ranges: [[stored.id.clock, 1]] as const }]
    expect(judge(forge([{ client: 0, clock: 0, structs: [value] }], deletion), facts)).toBe('key-deletion')
    const following = { content: any('a9'), origin: [stored.id.client, stored.id.clock] as const }
    expect(judge(forge([{ client: 3, clock: 0, structs: [following] }], deletion), facts)).toBe('accept')
  })

  test('an own new item, deleted before it is sent', () => {
    const { mine, facts, room } = setting()
    const id = addItem(mine, { title: 'Nytt', presenters: [], blocks: [] })
    agendaOf(mine).delete(id)
    expect(judge(Y.encodeStateAsUpdate(mine, Y.encodeStateVector(room)), facts)).toBe('key-deletion')
  })
})

describe('[GT4] new structs only under own client ids', () => {
  test('a colleague’s next clock', () => {
    const { room, facts } = setting()
    const structs = [{ content: string('falskt'), parent: idOf(bodyAt(room)) }]
    const clock = Y.getState(room.store, THEIRS)
    expect(judge(forge([{ client: THEIRS, clock, structs }]), facts)).toBe('forged')
    expect(judge(forge([{ client: THEIRS, clock: clock + 10, structs }]), facts)).toBe('forged')
  })

  test('an id with content and no owner is the server’s', () => {
    const { room, facts } = setting()
    const structs = [{ content: string('falskt'), parent: idOf(bodyAt(room)) }]
    expect(judge(forge([{ client: 1, clock: Y.getState(room.store, 1), structs }]), facts)).toBe('forged')
  })

  test('an id nobody has shown becomes the sender’s', () => {
    const { mine, facts } = setting()
    const verdict = judgeUpdate(
      sent(mine, () => bodyAt(mine).insert(1, 'x')),
      facts,
      BOUNDS,
    )
    expect(verdict).toMatchObject({ kind: 'accept', claims: [MINE] })
  })

  test('no more new ids than a socket may show', () => {
    const { room, facts } = setting()
    const structs = [{ content: string('x'), parent: idOf(bodyAt(room)) }]
    const runs = Array.from({ length: 17 }, (_, n) => ({ client: 5000 + n, clock: 0, structs }))
    expect(judge(forge(runs), facts)).toBe('forged')
    expect(judge(forge(runs.slice(1)), facts)).toBe('accept')
  })

  test('a longer version of an own struct that stands elsewhere', () => {
    const { mine, room, facts } = setting()
    expect(
      judge(
        sent(mine, () => bodyAt(mine).insert(1, 'abc')),
        facts,
      ),
    ).toBe('accept')
    const struct = { content: string('abcdef'), parent: idOf(titleOf(firstItem(room))) }
    const owned = { ...facts, ownerOf: () => ANNA }
    expect(judge(forge([{ client: MINE, clock: 0, structs: [struct] }]), owned)).toBe('forged')
  })
})

describe('[GT5] what is missing is asked for, never parked', () => {
  test('a skipped own update, an unknown origin, an unknown deletion', () => {
    const { mine, room, facts } = setting()
    const first = sent(mine, () => bodyAt(mine).insert(1, 'ett'))
    const second = sent(mine, () => bodyAt(mine).insert(4, 'två'))
    expect(judge(second, facts)).toBe('gap')
    const unknown = { content: string('x'), origin: [777, 3] as const }
    expect(judge(forge([{ client: MINE, clock: 0, structs: [unknown] }]), facts)).toBe('gap')
    expect(judge(forge([], [{ client: THEIRS, ranges: [[Y.getState(room.store, THEIRS), 5]] }]), facts)).toBe('gap')
    expect(judge(forge([], [{ client: 777, ranges: [[0, 1]] }]), facts)).toBe('gap')
    expect(judge(first, facts)).toBe('accept')
    expect(judge(second, facts)).toBe('accept')
  })

  test('structs that wait for each other in a circle', () => {
    const { facts } = setting()
    const run = (client: number, origin: Id) => ({ client, clock: 0, structs: [{ content: string('x'), origin }] })
    expect(judge(forge([run(5001, [5002, 0]), run(5002, [5001, 0])]), facts)).toBe('gap')
    expect(judge(forge([run(5001, [5001, 0])]), facts)).toBe('forged')
    expect(judge(forge([run(5001, [5001, 9])]), facts)).toBe('forged')
  })

  test('an update made of several runs in any order is put in order', () => {
    const { room, facts } = setting()
    const structs = (origin?: Id) => [
      { content: string('x'), ...(origin === undefined ? { parent: idOf(bodyAt(room)) } : { origin }) },
    ]
    const runs = [
      { client: 5003, clock: 0, structs: structs([5002, 0]) },
      { client: 5002, clock: 0, structs: structs([5001, 0]) },
      { client: 5001, clock: 0, structs: structs() },
    ]
    expect(judge(forge(runs), facts)).toBe('accept')
  })
})

describe('[GT6] bounds', () => {
  test('5,000 structs pass, 5,001 do not, a step 2 may hold more', () => {
    const { room, facts } = setting()
    const parent = idOf(bodyAt(room))
    const structs = (count: number) =>
      Array.from({ length: count }, (_, n) =>
        n === 0 ? { content: string('x'), parent } : { content: string('x'), origin: [MINE, n - 1] as const },
      )
    const update = (count: number) => forge([{ client: MINE, clock: 0, structs: structs(count) }])
    expect(outcome(judgeUpdate(update(5_000), facts, BOUNDS))).toBe('accept')
    expect(outcome(judgeUpdate(update(5_001), facts, BOUNDS))).toBe('too-large')
    expect(outcome(judgeUpdate(update(5_001), facts, { ...BOUNDS, structs: 30_000 }))).toBe('accept')
  })

  test('values under one key are bounded: Yjs joins n of them in n² steps and holds all of those in memory', () => {
    const { facts } = setting()
    const values = (count: number, of: (n: number) => { origin: Id } | { parent: string; key: string }) =>
      forge([
        {
          client: MINE,
          clock: 0,
          structs: Array.from({ length: count }, (_, n) => ({
            content: any('x'),
            ...(n === 0 ? { parent: 'header', key: 'subject' } : of(n)),
          })),
        },
      ])
    const wide = { ...BOUNDS, structs: 30_000 }
    const chained = (n: number): { origin: Id } => ({ origin: [MINE, n - 1] })
    expect(outcome(judgeUpdate(values(3_000, chained), facts, wide))).toBe('accept')
    expect(outcome(judgeUpdate(values(4_000, chained), facts, wide))).toBe('too-large')
    const side = { parent: 'header', key: 'subject' }
    expect(
      outcome(
        judgeUpdate(
          values(4_000, () => side),
          facts,
          wide,
        ),
      ),
    ).toBe('too-large')
  })

  test('counts that promise more than the bytes hold', () => {
    const { facts } = setting()
    expect(judge(forge([{ client: MINE, clock: 0, structs: [], count: 2 ** 25 }]), facts)).toBe('content')
    expect(judge(Uint8Array.of(), facts)).toBe('content')
    expect(judge(Uint8Array.of(255, 255, 255, 255, 255, 255), facts)).toBe('content')
    expect(judge(forge([{ client: MINE, clock: 2 ** 53 - 2, structs: [{ content: string('xyz') }] }]), facts)).toBe(
      'content',
    )
  })

  test('deletions out of order, overlapping, empty, or more than there is text', () => {
    const { room, facts } = setting()
    const known = Y.getState(room.store, THEIRS)
    const judged = (ranges: readonly (readonly [number, number])[]) =>
      judge(forge([], [{ client: THEIRS, ranges }]), facts)
    expect(
      judged([
        [2, 1],
        [0, 1],
      ]),
    ).toBe('content')
    expect(
      judged([
        [0, 2],
        [1, 2],
      ]),
    ).toBe('content')
    expect(judged([[0, 0]])).toBe('content')
    expect(judged(Array.from({ length: 200_000 }, () => [0, known] as const))).toBe('content')
  })
})

describe('[GT7] whoever may not write changes nothing and is not blamed for what is known', () => {
  test('1,000 observers return with the whole delete set: none is refused', () => {
    const { room, mine, facts } = setting()
    bodyAt(room).delete(2, 3)
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(room))
    for (let n = 0; n < 1_000; n++) {
      const copy = createMinutesDoc()
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(mine))
      expect(judge(Y.encodeStateAsUpdate(copy), { ...facts, mayWrite: 'role' })).toBe('noop')
    }
  })

  test('content, a deletion, a gap are refused by role or phase', () => {
    const { mine, facts } = setting()
    const updates = [
      sent(mine, () => bodyAt(mine).insert(1, 'x')),
      sent(mine, () => bodyAt(mine).delete(3, 1)),
      sent(mine, () => setMarkerAttribute(markerAt(mine), 'kind', 'heading')),
      forge([], [{ client: 777, ranges: [[0, 1]] }]),
    ]
    for (const reason of ['role', 'phase', 'locked'] as const) {
      for (const update of updates) expect(judge(update, { ...facts, mayWrite: reason })).toBe(reason)
    }
  })

  test('a stock client’s formatting clean-up passes from a writer and is dropped from others', () => {
    const { mine, room, facts } = setting()
    expect(
      judge(
        sent(mine, () => bodyAt(mine).format(1, 4, { bold: true })),
        facts,
      ),
    ).toBe('accept')
    const format = room.store.clients
      .get(MINE)
      ?.find((item) => item instanceof Y.Item && item.content instanceof Y.ContentFormat)
    if (format === undefined) throw new Error('no format')
    const cleanup = forge([], [{ client: MINE, ranges: [[format.id.clock, 1]] }])
    expect(judge(cleanup, { ...facts, mayWrite: 'role' })).toBe('drop')
    expect(judge(cleanup, facts)).toBe('accept')
  })

  test.each(PHASES.flatMap((phase) => ROLES.map((role) => [phase, role] as const)))('%s, %s', (phase, role) => {
    const { mine, facts } = setting()
    const writes = may(role, 'write', phase)
    const update = sent(mine, () => bodyAt(mine).insert(1, 'x'))
    expect(judge(update, { ...facts, mayWrite: writes ? true : 'phase' })).toBe(writes ? 'accept' : 'phase')
  })
})
