import { describe, expect, test } from 'vitest'
import {
  type AttendeeInput,
  type BlockInput,
  checkMinutes,
  createMinutesDoc,
  type Finding,
  type ItemInput,
  type MinutesInput,
  readMinutes,
  writeMinutes,
} from './index.ts'

function findings(input: Partial<MinutesInput>): readonly Finding[] {
  const doc = createMinutesDoc(1)
  writeMinutes(doc, { header: {}, attendance: [], items: [], ...input })
  return checkMinutes(readMinutes(doc))
}
const item = (title: string, ...blocks: (string | BlockInput)[]): ItemInput => ({
  title,
  presenters: [],
  blocks: blocks.map((block) => (typeof block === 'string' ? { content: block } : block)),
})
const of = <Kind extends Finding['kind']>(kind: Kind, input: Partial<MinutesInput>) =>
  findings(input).filter((finding): finding is Extract<Finding, { kind: Kind }> => finding.kind === kind)
const bodyText = (...texts: string[]): Partial<MinutesInput> => ({ items: [item('Ärende', ...texts)] })

describe('duplicate titles', () => {
  test('[QC1] items of one title are one finding with all their ids, whatever case, blanks and closing stop', () => {
    const found = of('duplicate-title', {
      items: ['Avslutning', 'Enkät', ' avslutning ', 'AVSLUTNING.'].map((t) => item(t)),
    })
    expect(found).toHaveLength(1)
    expect(found[0]?.title).toBe('Avslutning')
    expect(found[0]?.items).toHaveLength(3)
  })

  test('[QC1] different titles and untitled items are no finding', () => {
    expect(of('duplicate-title', { items: ['Enkät 1', 'Enkät 2', '', ' '].map((t) => item(t)) })).toEqual([])
  })
})

describe('items without an outcome', () => {
  test.each(['decision', 'action', 'tabled', 'dissent'] as const)('[QC2] %s is an outcome', (kind) => {
    expect(of('no-outcome', { items: [item('A', 'Text', { kind, content: 'Ja.' })] })).toEqual([])
  })

  test('[QC2] prose, points and an outcome box without words are none', () => {
    const items = [
      item('A', 'Text'),
      item('B', { kind: 'point', content: 'x' }),
      item('C', { kind: 'decision', content: ' ' }),
      item('D'),
    ]
    expect(of('no-outcome', { items })).toHaveLength(4)
  })
})

describe('a body both present and absent', () => {
  const attendee = (agency: string, status: AttendeeInput['status'], agencyId = ''): AttendeeInput => ({
    name: 'N',
    agency,
    status,
    agencyId,
  })

  test.each([
    ['the same name', [attendee('IVO', 'present'), attendee('IVO', 'absent')]],
    ['other case and blanks', [attendee('Löf  bolag', 'remote'), attendee('löf bolag ', 'absent')]],
    ['with and without short form', [attendee('Inspektionen (IVO)', 'partly'), attendee('Inspektionen', 'absent')]],
    ['one id under two names', [attendee('SoS', 'present', 'sos'), attendee('Socialstyrelsen', 'absent', 'sos')]],
    ['an id on one side only', [attendee('SKR', 'present', 'skr'), attendee('SKR', 'absent')]],
  ] as const)('[QC3] found: %s', (_, attendance) => {
    const found = of('present-and-absent', { attendance })
    expect(found).toHaveLength(1)
    expect(found[0]?.attendees).toHaveLength(2)
  })

  test.each([
    ['several people present', [attendee('IVO', 'present'), attendee('IVO', 'remote')]],
    ['several people absent', [attendee('IVO', 'absent'), attendee('IVO', 'absent')]],
    ['different bodies', [attendee('Region Skåne', 'present'), attendee('Region Gotland', 'absent')]],
    ['no body named', [attendee('', 'present'), attendee(' ', 'absent')]],
  ] as const)('[QC3] not found: %s', (_, attendance) => {
    expect(of('present-and-absent', { attendance })).toEqual([])
  })
})

describe('hyphenation debris', () => {
  test.each([
    ['med hand- lingsplanen', ['hand- lingsplanen']],
    ['patient-\nförsäkring', ['patient-\nförsäkring']],
    ['pati\u00ADent', ['pati\u00ADent']],
    ['spon- tan och eta- blerat', ['spon- tan', 'eta- blerat']],
    ['utveckl- ochning', ['utveckl- ochning']],
  ])('[QC4] found in %j', (text, expected) => {
    expect(of('hyphenation-debris', bodyText(text)).map((finding) => finding.text)).toEqual(expected)
  })

  test.each([
    'kunskaps- och erfarenhetsutbyte',
    'in- eller utskrivning, primär- samt specialistvård, vård- respektive omsorg',
    'hälso- och sjukvård; struktur- och processmått',
    'Implementeringen - status',
    'pilot-testas, e-hälsa, 60-tal, IT-stöd',
    'avsnitt A- b',
    'kl. 9- 12',
    'Nord- Sverige',
  ])('[QC4] not found in %j', (text) => {
    expect(of('hyphenation-debris', bodyText(text))).toEqual([])
  })

  test('[QC4] found in titles too, with the place', () => {
    const [finding] = of('hyphenation-debris', { items: [item('Hand- lingsplan', 'Text')] })
    expect(finding).toMatchObject({ block: null, text: 'Hand- lingsplan' })
  })

  test('[QC4] a block of 100,000 letters is read at once', () => {
    expect(of('hyphenation-debris', bodyText('a'.repeat(100_000)))).toEqual([])
  }, 10_000)
})

describe('the next meeting stated differently', () => {
  const header = { nextMeeting: '2023-11-06' }

  test.each([
    ['header and sentence', { header, ...bodyText('Nästa möte den 7 november.') }],
    ['two sentences', bodyText('Nästa möte den 6 november, heldag.', 'Nästa rådsmöte hålls 13 november.')],
    ['a date in figures', { header, ...bodyText('Nästa möte: 2023-11-13') }],
    ['day and month in figures', { header, ...bodyText('Nästa sammanträde är 6/12.') }],
    ['a time before the date', { header, ...bodyText('Nästa möte börjar kl. 9 den 5 november') }],
    ['English', { header, ...bodyText('The next meeting is on 5 November.') }],
    ['an item of that title', { header, items: [item('Nästa möte', 'Måndag den 13 november.')] }],
    ['the 6th with its ending', { header, ...bodyText('Nästa möte är den 7:e november') }],
  ] as const)('[QC5] found: %s', (_, input) => {
    const found = of('next-meeting-differs', input)
    expect(found).toHaveLength(1)
    expect(found[0]?.places).toHaveLength(2)
  })

  test.each([
    ['the same day everywhere', { header, ...bodyText('Nästa möte den 6 november, heldag.', 'Nästa möte 2023-11-06') }],
    ['one mention', bodyText('Nästa möte den 6 november.')],
    ['no date', { header, ...bodyText('Bordläggs till nästa möte. Enkäten skickas ut i september.') }],
    ['dates of other things', { header, ...bodyText('Patientsäkerhetsdagen den 12 september.') }],
    ['no day of the calendar', { header, ...bodyText('Nästa möte 45/13') }],
  ] as const)('[QC5] not found: %s', (_, input) => {
    expect(of('next-meeting-differs', input)).toEqual([])
  })
})

test('[QC6] findings come in the order of the checks; clean minutes have none', () => {
  const kinds = findings({
    header: { nextMeeting: '2023-11-06' },
    attendance: [
      { name: 'A', agency: 'IVO', status: 'present' },
      { name: 'B', agency: 'IVO', status: 'absent' },
    ],
    items: [item('X', 'eta- blerat. Nästa möte den 7 november.'), item('X', { kind: 'decision', content: 'Ja.' })],
  }).map(({ kind }) => kind)
  expect(kinds).toEqual([
    'duplicate-title',
    'no-outcome',
    'present-and-absent',
    'hyphenation-debris',
    'next-meeting-differs',
  ])
  expect(findings({ items: [item('X', { kind: 'decision', content: 'Ja.' })] })).toEqual([])
})
