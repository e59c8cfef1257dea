import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import {
  appendBlocks,
  attributesFromMarks,
  type BlockId,
  createMarker,
  createMinutesDoc,
  IMPLICIT_BLOCK_ID,
  isSafeHref,
  markersOf,
  marksFromAttributes,
  newId,
  readBlocks,
  setMarkerAttribute,
} from './index.ts'

function body(): Y.Text {
  return createMinutesDoc(1).getText('body')
}

describe('blocks of a body', () => {
  test('[MN11] every kind with its attributes reads back; keys at their default are not stored', () => {
    const text = body()
    appendBlocks(text, [
      { content: 'Stycke' },
      { kind: 'bullet', indent: 2, content: 'Punkt' },
      { kind: 'action', responsible: 'Socialstyrelsen', responsibleId: 'sos', due: '2023-09-08', content: 'Skicka' },
      { kind: 'dissent', party: 'Löf', content: 'Nej' },
      { kind: 'tabled', content: '' },
    ])
    expect(readBlocks(text).map(({ id, ...block }) => block)).toEqual([
      {
        kind: 'paragraph',
        indent: 0,
        responsible: '',
        responsibleId: '',
        due: '',
        party: '',
        content: [{ text: 'Stycke' }],
      },
      {
        kind: 'bullet',
        indent: 2,
        responsible: '',
        responsibleId: '',
        due: '',
        party: '',
        content: [{ text: 'Punkt' }],
      },
      {
        ...{
          kind: 'action',
          indent: 0,
          responsible: 'Socialstyrelsen',
          responsibleId: 'sos',
          due: '2023-09-08',
          party: '',
        },
        content: [{ text: 'Skicka' }],
      },
      {
        kind: 'dissent',
        indent: 0,
        responsible: '',
        responsibleId: '',
        due: '',
        party: 'Löf',
        content: [{ text: 'Nej' }],
      },
      { kind: 'tabled', indent: 0, responsible: '', responsibleId: '', due: '', party: '', content: [] },
    ])
    expect(markersOf(text).map((marker) => [...marker.keys()].sort())).toEqual([
      ['id'],
      ['id', 'indent', 'kind'],
      ['due', 'id', 'kind', 'responsible', 'responsibleId'],
      ['id', 'kind', 'party'],
      ['id', 'kind'],
    ])
  })

  test('[MN11] marks and mentions read back, and marks do not run on into the next run or block', () => {
    const text = body()
    const link = { type: 'link', attrs: { href: 'https://example.se' } }
    appendBlocks(text, [
      {
        content: [
          { text: 'fet', marks: [{ type: 'bold' }] },
          { text: ' tunn ' },
          { text: 'länk', marks: [link] },
          { mention: 'p1', label: 'Anna' },
        ],
      },
      { content: 'efter' },
    ])
    expect(readBlocks(text).map((block) => block.content)).toEqual([
      [
        { text: 'fet', marks: [{ type: 'bold' }] },
        { text: ' tunn ' },
        { text: 'länk', marks: [link] },
        { mention: 'p1', label: 'Anna' },
      ],
      [{ text: 'efter' }],
    ])
  })

  test('[MN12] text before the first marker is an implicit block that reading never stores', () => {
    const text = body()
    expect(readBlocks(text)).toEqual([])
    text.insert(0, 'Lös text')
    const before = Y.encodeStateAsUpdate(text.doc as Y.Doc)
    expect(readBlocks(text)).toMatchObject([
      { id: IMPLICIT_BLOCK_ID, kind: 'paragraph', content: [{ text: 'Lös text' }] },
    ])
    expect(markersOf(text)).toEqual([])
    expect(Y.encodeStateAsUpdate(text.doc as Y.Doc)).toEqual(before)
  })

  test('[MN13] markers of one id read as id, id~2, id~3; markers without an id have one too', () => {
    const text = body()
    for (const content of ['a', 'b', 'c']) {
      text.insertEmbed(text.length, createMarker({}, 'same' as BlockId))
      text.insert(text.length, content)
    }
    text.insertEmbed(text.length, new Y.Map())
    expect(readBlocks(text).map(({ id }) => id)).toEqual(['same', 'same~2', 'same~3', 'unnamed'])
  })

  test('[MN14] kinds, keys, marks and embeds of a later version stay stored and are read as something visible', () => {
    const text = body()
    const marker = new Y.Map<unknown>()
    text.insertEmbed(0, marker)
    marker.set('id', 'x')
    marker.set('kind', 'vote')
    marker.set('indent', 99)
    marker.set('due', 7)
    marker.set('votes', 12)
    text.insert(1, 'Röst', { highlight: { color: 'gul' }, sup: true, size: 3 })
    text.insertEmbed(5, { image: 'x.png' })
    const state = Y.encodeStateAsUpdate(text.doc as Y.Doc)
    expect(readBlocks(text)).toMatchObject([{ id: 'x', kind: 'paragraph', indent: 4, due: '' }])
    expect(readBlocks(text)[0]?.content).toEqual([
      {
        text: 'Röst',
        marks: [{ type: 'highlight', attrs: { color: 'gul' } }, { type: 'size', attrs: { value: 3 } }, { type: 'sup' }],
      },
      expect.objectContaining({ text: '\uFFFC' }),
    ])
    expect(marker.toJSON()).toEqual({ id: 'x', kind: 'vote', indent: 99, due: 7, votes: 12 })
    expect(Y.encodeStateAsUpdate(text.doc as Y.Doc)).toEqual(state)
  })

  test('[MN15] a marker’s key set to the value it has sends nothing, its default included', () => {
    const text = body()
    appendBlocks(text, [{ kind: 'point', content: 'x' }])
    const [marker] = markersOf(text) as [Y.Map<unknown>]
    let updates = 0
    text.doc?.on('update', () => updates++)
    setMarkerAttribute(marker, 'kind', 'point')
    setMarkerAttribute(marker, 'indent', 0)
    setMarkerAttribute(marker, 'due', '')
    expect(updates).toBe(0)
    setMarkerAttribute(marker, 'kind', 'decision')
    expect(updates).toBe(1)
    expect(readBlocks(text)[0]?.kind).toBe('decision')
  })

  test('[MN16] marks and stored formatting translate both ways; what is switched off is no mark', () => {
    const marks = [{ type: 'bold' }, { type: 'link', attrs: { href: 'mailto:a@example.se' } }]
    expect(marksFromAttributes(attributesFromMarks(marks))).toEqual(marks)
    expect(marksFromAttributes({ bold: null, italic: false, link: undefined })).toEqual([])
  })

  test.each([
    ['https://example.se/a?b#c', true],
    ['http://example.se', true],
    ['MAILTO:a@example.se', true],
    ['javascript:alert(1)', false],
    [' https://example.se', false],
    ['data:text/html,x', false],
    ['https://', false],
    ['//example.se', false],
    [`https://example.se/${'a'.repeat(2000)}`, false],
    [7, false],
  ])('[MN16] address %j is drawn as a link: %s', (href, safe) => {
    expect(isSafeHref(href)).toBe(safe)
  })

  test('[MN17] ids are 16 URL-safe characters, and differ', () => {
    const made = Array.from({ length: 1000 }, () => newId())
    expect(new Set(made).size).toBe(1000)
    for (const id of made) expect(id).toMatch(/^[A-Za-z0-9_-]{16}$/)
  })
})
