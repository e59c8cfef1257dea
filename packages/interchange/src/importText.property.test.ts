import { canonicalMinutes, createMinutesDoc, type MinutesInput, readMinutes, writeMinutes } from '@justera/minutes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { importText } from './index.ts'

const SEED = 20230607

const KNOWN_TAG = /<\/?(?:p|div|span|br|ul|ol|li|u|b|strong|i|em|a|h[1-6]|table|tr|td|th)(?=[\s/>])[^<>]*>/iu

function textOf(content: MinutesInput['items'][number]['blocks'][number]['content']): string {
  return typeof content === 'string' ? content : content.map((run) => ('text' in run ? run.text : run.label)).join('')
}

/** What every accepted import promises; see [IM10]. */
function assertClean(minutes: MinutesInput): void {
  const fields = [
    ...Object.values(minutes.header),
    ...minutes.attendance.flatMap((attendee) => [attendee.name, attendee.agency, attendee.note ?? '']),
    ...minutes.items.flatMap(({ title, presenters }) => [title, ...presenters]),
  ]
  const blocks = minutes.items.flatMap((item) => item.blocks)
  for (const text of [...fields, ...blocks.map((block) => textOf(block.content))]) {
    expect(text).not.toMatch(KNOWN_TAG)
    expect(text).not.toMatch(/\s\s|[\t\n]|\s,|^\s|\s$|\u00AD/u)
    expect(text.isWellFormed()).toBe(true)
  }
  for (const block of blocks) {
    const text = textOf(block.content)
    expect(text).not.toBe('')
    expect(text).not.toMatch(/[•●‣⁃∙▪■]/u)
    expect(text).not.toMatch(/-{3,}/)
    expect(text.length).toBeLessThanOrEqual(100_000)
    expect(block.indent ?? 0).toBeLessThanOrEqual(4)
    if (typeof block.content !== 'string') expect(block.content.length).toBeLessThanOrEqual(1000)
  }
  for (const text of fields) expect(text.length).toBeLessThanOrEqual(2000)
  expect(minutes.items.length).toBeLessThanOrEqual(300)
  expect(minutes.attendance.length).toBeLessThanOrEqual(500)
  const doc = createMinutesDoc()
  writeMinutes(doc, minutes)
  expect(canonicalMinutes(readMinutes(doc)).items).toHaveLength(minutes.items.length)
}

/** Scraps of minutes, so that random files come near to real ones and reach every branch. */
const scrap = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  {
    weight: 10,
    arbitrary: fc.constantFrom(
      ...[
        'Nr\tÄrende\tFöredragande\tBeslut, åtgärd etc.\n',
        '\n',
        '\n\n',
        '\t',
        '1.\t',
        '2.\t',
        '§ 3 ',
        '4. ',
        '|',
        ';',
      ],
      ...[
        '<p>',
        '</p>',
        '<ul>',
        '<li>',
        '</li>',
        '</ul>',
        '<u>',
        '</u>',
        '<b>',
        '</b>',
        '<',
        '>',
        '&lt;',
        'b>',
        '<<p>p>',
      ],
      ...[
        '• ',
        '◦ ',
        '- ',
        'pati-',
        'ent',
        'hälso- och',
        ' , ',
        '--',
        '-----',
        '\u00AD',
        '\uD800',
        '\u00A0',
        '  ',
        '(',
        ')',
      ],
      ...[
        'Närvarande: ',
        'Ej närvarande: ',
        'Anna Berg',
        'Arbetsmiljöverket ',
        ', ',
        'Datum: ',
        '2023-06-07',
        'kl. 9-12',
      ],
      ...[
        'Beslut: ',
        'Bordläggs till nästa möte.',
        'Nästa möte den 6 november.',
        'Rådets tolfte möte',
        '# ',
        '**',
        'Justeras: ',
      ],
      ...[
        '<a href="https://example.se">',
        '</a>',
        '<a href="javascript:x">',
        '<h2>',
        '</h2>',
        '<ol>',
        '1. ',
        '2. ',
        'Sida 2 (3)',
      ],
    ),
  },
)
const file = fc.oneof(
  fc.array(scrap, { maxLength: 60 }).map((scraps) => scraps.join('')),
  fc.array(scrap, { maxLength: 60 }).map((scraps) => `Nr\tÄrende\tFöredragande\tBeslut\n1.\tA\tB\t${scraps.join('')}`),
  fc
    .array(scrap, { maxLength: 60 })
    .map((scraps) => `Närvarande: ${scraps.join('')}\n§ 1 Öppnande\n${scraps.join('')}`),
)

test('[IM10] any file is refused with a reason or gives clean minutes that a document takes; never an exception', () => {
  let accepted = 0
  fc.assert(
    fc.property(file, (source) => {
      const result = importText(source)
      if (!result.ok) return
      accepted++
      assertClean(result.minutes)
    }),
    { seed: SEED, numRuns: 1500 },
  )
  expect(accepted).toBeGreaterThan(500)
})

const word = fc
  .string({ unit: fc.constantFrom(...'abdefgikmnrstuvåäöéABDEKLRSÅÖ'), minLength: 2, maxLength: 9 })
  .filter((text) => !/^(?:i|å|ö)$/.test(text))
const glue = fc.constantFrom(
  ' ',
  '  ',
  ' , ',
  ', ',
  '. ',
  '; ',
  ' (',
  ') ',
  ': ',
  ' – ',
  '- ',
  '-',
  '/',
  ' • ',
  ' \u00AD',
  '! ',
  ' 12 ',
)
const tag = fc.constantFrom('', '<p>', '</p> ', '<ul style="x"> • ', '<u>', '</u>', '<b>', '</b>', '</li><li>', '<br>')
const cell = fc.array(fc.tuple(tag, word, glue), { minLength: 1, maxLength: 12 }).map((parts) => parts.flat().join(''))

test('[IM11] no letter of a body is lost, doubled or moved, however rows, pages and tags cut it', () => {
  const letters = (text: string) => text.replace(/<[^<>]*>/g, '').replace(/\P{L}/gu, '')
  const cut = fc.constantFrom('\n\t\t\t', '\n\n\t\t\t', '\n--\t--\t--\t-----\n\n\t\t\t', '\n', '\n\n')
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.tuple(cell, cut), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 4 }),
      (bodies) => {
        const rows = bodies.map((cells, n) => `${n + 1}.\tÄrende\tNamn\t${cells.flat().slice(0, -1).join('')}`)
        const result = importText(`Nr\tÄrende\tFöredragande\tBeslut\n${rows.join('\n')}\n`)
        if (!result.ok) throw new Error(result.message)
        const read = result.minutes.items.map((item) =>
          letters(item.blocks.map((block) => textOf(block.content)).join('')),
        )
        expect(read).toEqual(bodies.map((cells) => letters(cells.map(([text]) => text).join(''))))
      },
    ),
    { seed: SEED, numRuns: 600 },
  )
})

test('[IM12] equal sources give equal results', () => {
  fc.assert(
    fc.property(file, (source) => {
      expect(importText(source)).toEqual(importText(source))
    }),
    { seed: SEED, numRuns: 200 },
  )
})

/** JUSTERA_LONG=1 reads a megabyte of each; a quadratic step already shows at the short size. */
const SIZE = process.env.JUSTERA_LONG === '1' ? 1_000_000 : 50_000

describe('[IM13] a long stretch of anything is read in linear time', () => {
  const head = 'Nr\tÄrende\tFöredragande\tBeslut\n1.\tA\tB\t'
  const fill = (piece: string): string => piece.repeat(Math.ceil(SIZE / piece.length))
  const pieces = [
    ...[
      ' ',
      '-',
      '<',
      '>',
      '<p',
      '<p ',
      '<a href=',
      '&',
      '&#',
      '(',
      ' ,',
      'a',
      'a-',
      'a- ',
      'aaaa-bbbb ',
      'A b. ',
      '1. ',
      '§ 1 ',
    ],
    ...[
      '•',
      '• a ',
      '<b>a</b>',
      '<u>a</u>',
      '<ul><li>',
      '</ul>',
      '<<b>b>',
      '**',
      '**a',
      '\u00AD',
      '-- ',
      '---',
      '\t',
      '|',
      '\n',
      ': ',
    ],
    ...[
      'Nästa möte ',
      'Nästa möte den 6 november. ',
      'Rådets ',
      'Närvarande: ',
      'Anna Berg ',
      'Anna, ',
      'Från a',
      'Datum ',
      '1\n',
      'a: ',
    ],
    ...[
      'a\n\n',
      '# a\n',
      'Sida 1\n',
      '\uD800',
      'beslutar ',
      'Abc dabc ',
      'bordlägg',
      'kl 9-',
      '12 ',
      '2023-',
      'von Af ',
    ],
  ]
  test.each(pieces)(
    '%j in a cell, before the agenda, in sections',
    (piece) => {
      for (const source of [
        head + fill(piece),
        `${fill(piece)}\n${head}x`,
        `Deltagare: ${fill(piece)}\n§ 1 A\n${fill(piece)}`,
      ]) {
        expect(importText(source).ok).toBeTypeOf('boolean')
      }
    },
    20_000,
  )
})
