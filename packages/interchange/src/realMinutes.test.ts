import { readFileSync } from 'node:fs'
import { checkMinutes, createMinutesDoc, readMinutes, writeMinutes } from '@justera/minutes'
import { expect, test } from 'vitest'
import { importText } from './index.ts'

const source = readFileSync(new URL('../../../tests/fixtures/protokoll-2023-06-07.txt', import.meta.url), 'utf8')

function read() {
  const result = importText(source)
  if (!result.ok) throw new Error(result.message)
  return result
}
const { minutes, notes, agencies } = read()
const textOf = (content: unknown): string => {
  if (typeof content !== 'string') throw new Error('the real minutes hold no marks')
  return content
}

test('[IM1] the head of the real minutes', () => {
  expect(minutes.header).toEqual({
    subject: 'Nationellt råd för patientsäkerhet',
    council: 'Nationellt råd för patientsäkerhet',
    meeting: 'Rådets tolfte möte',
    date: '2023-06-07',
    startsAt: '09:00',
    endsAt: '16:00',
    place: '',
    preparedBy: 'Louise Djurberg',
    adjustedBy: 'Samtliga deltagare',
    nextMeeting: '2023-11-06',
  })
})

test('[IM2] 12 bodies present with 16 people, 4 absent with one each', () => {
  expect(minutes.attendance.map(({ status, agency, name }) => [status, agency, name])).toEqual([
    ['present', 'Socialstyrelsen', 'Agneta Calleberg'],
    ['present', 'Socialstyrelsen', 'Christian Danielsson'],
    ['present', 'Socialstyrelsen', 'Louise Djurberg'],
    ['present', 'Socialstyrelsen', 'Charlotta George'],
    ['present', 'Socialstyrelsen', 'Carina Skoglund'],
    ['present', 'Arbetsmiljöverket', 'Kersti Lorén'],
    ['present', 'E-hälsomyndigheten', 'Anette Aronsson'],
    ['present', 'Inspektionen för vård och omsorg', 'Daniel Lilja'],
    ['present', 'Löf regionernas ömsesidiga försäkringsbolag', 'Pelle Gustafson'],
    ['present', 'Läkemedelsverket', 'Torbjörn Söderström'],
    ['present', 'Nationell samverkansgrupp Patientsäkerhet', 'Charlotta Nelsson'],
    ['present', 'Nätverket Regional stöd och samverkanstruktur äldre och hälso- och sjukvård', 'Malin Swärd Davidsson'],
    ['present', 'Riksrevisionen', 'Olof Widmark'],
    ['present', 'Statens beredning för medicinsk och social utvärdering', 'Sigurd Vitols'],
    ['present', 'Statens Haverikommission', 'Alexander Hurtig'],
    ['present', 'Strålsäkerhetsmyndigheten', 'Lena Thorsson'],
    ['absent', 'Folkhälsomyndigheten', 'Andreas Sandgren'],
    ['absent', 'Forskningsrådet för hälsa, arbetsliv och välfärd', 'Staffan Arvidsson'],
    ['absent', 'Patientnämnden Östergötland', 'Yvonne Löfgren'],
    ['absent', 'Sveriges Kommuner och Regioner', 'Lena Karlsson'],
  ])
  expect(agencies).toHaveLength(16)
  expect(agencies.filter(({ shortName }) => shortName !== '').map(({ shortName }) => shortName)).toEqual([
    'IVO',
    'Löf',
    'NSG patientsäkerhet',
    'RSS',
    'SBU',
    'SHK',
    'Forte',
    'SKR',
  ])
})

test('[IM3] seven items with their presenters', () => {
  expect(minutes.items.map(({ title, presenters }) => [title, presenters])).toEqual([
    ['Mötet öppnas och presentation i gruppen', ['Charlotta George']],
    [
      'Presentationer från Riksrevisionen, Statens Haverikommission, IVO och Arbetsmiljöverket',
      ['Olof Widmark', 'Alexander Hurtig', 'Daniel Lilja', 'Kersti Lorén'],
    ],
    [
      'Implementeringen av handlingsplanen - status',
      ['Pelle Gustafson', 'Carina Skoglund', 'Christian Danielsson', 'Louise Djurberg'],
    ],
    ['Skrivelse till Socialdepartementet', ['Charlotta George']],
    ['Avslutning', ['Charlotta George']],
    ['Avslutning', ['Charlotta George']],
    ['Nästa möte', ['Charlotta George']],
  ])
})

test('[IM4] 57 discussion points, lead-ins as paragraphs, sub-headings as headings, item 4 tabled', () => {
  const runs = minutes.items.map(({ blocks }) => {
    const kinds: (string | number)[] = []
    for (const { kind = 'paragraph' } of blocks) {
      const last = kinds.at(-1)
      if (kind !== 'point') kinds.push(kind)
      else if (typeof last === 'number') kinds[kinds.length - 1] = last + 1
      else kinds.push(1)
    }
    return kinds
  })
  expect(runs).toEqual([
    ['paragraph'],
    ['paragraph', 8, 'paragraph', 6, 'paragraph', 14, 'paragraph', 7, 'heading', 3],
    [
      ...['heading', 'paragraph', 1, 'paragraph', 5],
      ...['heading', 'paragraph', 3],
      ...['heading', 'paragraph', 3],
      ...['heading', 'paragraph', 'paragraph', 1],
    ],
    ['tabled'],
    ['paragraph', 6],
    ['paragraph'],
    ['paragraph'],
  ])
  expect(minutes.items.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'point'))).toHaveLength(57)
  const headings = minutes.items.flatMap(({ blocks }) => blocks.filter(({ kind }) => kind === 'heading'))
  expect(headings.map(({ content }) => content)).toEqual([
    'Sammanfattande synpunkter',
    'Redovisning av arbetsutskottens arbete',
    'Enkät till regioner och kommuner',
    'Uppföljning och uppdatering av handlingsplanens insatser',
    'Nationell patientsäkerhetsdag 12 september',
  ])
  expect(minutes.items[3]?.blocks).toEqual([{ kind: 'tabled', content: 'Bordläggs till nästa möte.' }])
})

test('[IM5] a point broken over two pages, in the middle of a word and of a sentence, is one point', () => {
  const points = (minutes.items[1]?.blocks ?? []).filter(({ kind }) => kind === 'point').map((b) => textOf(b.content))
  expect(points[3]).toBe(
    'Ingen vet hur många bolag som försäkrar den kommunala hälso- och sjukvården, troligen ett 60-tal. Finns ' +
      'utmaningar i utredningarna, bland annat på grund av bristfällig journalföring. (Riksrevisionen listar i sin ' +
      'rapport, bolag som är medlemmar i patientförsäkringsföreningen. Enligt 15§ patientskadelagend ska de ' +
      'försäkringsgivare som meddelar patientförsäkring ingå i en patientförsäkringsförening.)',
  )
  expect(points[23]).toBe(
    'Behöver också tänka nytt. Man kan exempelvis fundera på var man ska förlägga sin vård. Sjukhusen kan också ' +
      'börja arbeta mot en närmare vård, nämligen i patientens hem – liknande sjukhusansluten hemsjukvård.',
  )
})

test('[IM6] no debris: tags, bullets, dash runs, broken words, doubled blanks, blanks before commas', () => {
  const texts = [
    ...Object.values(minutes.header),
    ...minutes.attendance.flatMap(({ name, agency }) => [name, agency]),
    ...minutes.items.flatMap(({ title, presenters, blocks }) => [
      title,
      ...presenters,
      ...blocks.map((block) => textOf(block.content)),
    ]),
  ]
  for (const text of texts) {
    expect(text).not.toMatch(/[<>•\u00AD\t\n\u00A0]|--|\s{2}|\s,|^\s|\s$/u)
    expect(text).not.toMatch(/\p{L}-\s(?!och\b|eller\b|samt\b)/u)
  }
  const all = texts.join('\n')
  for (const real of ['hälso- och sjukvård', 'struktur- och processmått', 'primär- och specialiserad', '60-tal']) {
    expect(all).toContain(real)
  }
})

test('[IM7] every repair and doubt is told', () => {
  const of = (code: string) => notes.filter((note) => note.code === code)
  expect(of('hyphenation').map(({ result }) => result)).toEqual([
    'patientförsäkringsföreningen',
    'patientskadelagend',
    'patientförsäkring',
    'inställning',
    'utvecklingen',
    'behövs',
    'handlingsplanen',
    'etablerat',
    'cancersjukdom',
    'implikationer',
    'väntetider',
    'patientinformation',
    'nationellt',
    'ansvarsområden',
    'systemperspektiv',
  ])
  expect(of('hyphen-inside-word')).toMatchObject([
    { level: 'doubt', item: 2, source: 'pilot-testas', result: 'pilottestas' },
  ])
  expect(of('joined-over-page')).toHaveLength(2)
  expect(of('tabled').map(({ item }) => item)).toEqual([3])
  expect(of('possible-action').map(({ item }) => item)).toEqual([4, 5])
  expect(of('next-meeting-derived')).toMatchObject([{ item: 4, result: '2023-11-06' }])
  expect(of('meeting-derived')).toMatchObject([{ item: 0, result: 'Rådets tolfte möte' }])
  expect(notes.filter(({ code }) => ['left-out', 'no-header', 'unnumbered-item', 'numbering'].includes(code))).toEqual(
    [],
  )
})

test('[QC7] the quality checks on the real minutes: two Avslutning, nothing false', () => {
  const doc = createMinutesDoc(1)
  writeMinutes(doc, minutes)
  const read = readMinutes(doc)
  const found = checkMinutes(read)
  const [, , , tabled, first, second] = read.items
  expect(found.filter(({ kind }) => kind !== 'no-outcome')).toEqual([
    { kind: 'duplicate-title', title: 'Avslutning', items: [first?.id, second?.id] },
  ])
  const without = found.flatMap((finding) => (finding.kind === 'no-outcome' ? [finding.item] : []))
  expect(without).toEqual(read.items.filter((item) => item !== tabled).map((item) => item.id))
})
