import type { HeaderField, ItemInput } from '@justera/minutes'
import { cleanPlain, type HyphenSurvey } from './cleanText.ts'
import { findDate, isoDate, nextSuchDay, readTimes } from './dates.ts'
import type { NoteList } from './noteList.ts'
import type { Preamble } from './readPreamble.ts'
import { withoutTags } from './tagScanner.ts'

type HeaderValues = Partial<Record<HeaderField, string>>

const KIND_OF_PAPER =
  /^(?:mötes)?(?:protokoll|minnesanteckningar|anteckningar|minutes)(?:\s+nr?\.?\s*\d+)?(?:\s+(?:fört|från|vid|för|of|the|över|av|i)(?!\p{L}))*\s*[:–-]?\s*/iu
const COUNCIL =
  /(?:råd|rådet|nämnd|nämnden|grupp|gruppen|styrelse|styrelsen|kommitté|kommittén|utskott|utskottet|delegation|delegationen|nätverk|nätverket|forum|council|board|committee)(?!\p{L})/iu
/** "Jordbruksrådets sammanträde" names Jordbruksrådet. */
const GENITIVE =
  /((?:rådet|nämnden|gruppen|styrelsen|kommittén|utskottet|delegationen|nätverket))s\s+(?:möte|sammanträde)(?!\p{L}).*$/iu
const ORDINAL =
  'första|andra|tredje|fjärde|femte|sjätte|sjunde|åttonde|nionde|tionde|elfte|tolfte|trettonde|fjortonde|femtonde|sextonde|sjuttonde|artonde|nittonde|tjugonde|\\d{1,3}:?(?:e|a)?'
const MEETING = new RegExp(`(?<!\\p{L})(\\p{L}{3,40}s)\\s+(${ORDINAL})\\s+(möte|sammanträde)(?!\\p{L})`, 'iu')
const NEXT = /(?<!\p{L})(?:nästa|nästkommande|next)\s+(?:\p{L}{0,20}möte|sammanträde|meeting)(?!\p{L})/giu

/** The header's fields from the preamble, and where it is silent, with a doubt, from the items. */
export function deriveHeader(
  preamble: Preamble,
  items: readonly ItemInput[],
  survey: HyphenSurvey,
  notes: NoteList,
): HeaderValues {
  const header: HeaderValues = {}
  const field = (name: HeaderField | 'time'): string =>
    cleanPlain(withoutTags(preamble.fields.get(name) ?? ''), null, survey, notes)
  for (const name of ['subject', 'council', 'meeting', 'place', 'preparedBy', 'adjustedBy'] as const)
    header[name] = field(name)

  const used = readTitleLines(preamble, header, survey, notes)
  preamble.unlabelled.forEach((line, n) => {
    if (!used.has(n)) notes.add('doubt', 'left-out', null, line)
  })
  readSubject(header, notes)
  readDateAndTime(field('date'), field('time'), preamble, header, notes)
  readMeetingName(header, items, notes)
  readNextMeeting(field('nextMeeting'), header, items, notes)
  if ((header.subject ?? '') === '') notes.add('doubt', 'no-header', null, 'subject')
  if ((header.date ?? '') === '') notes.add('doubt', 'no-header', null, 'date')
  return header
}

/** "Protokoll från Rådet för X, möte den 7 juni 2023": takes the first such line as subject where no label gives one. */
function readTitleLines(
  preamble: Preamble,
  header: HeaderValues,
  survey: HyphenSurvey,
  notes: NoteList,
): ReadonlySet<number> {
  const used = new Set<number>()
  preamble.unlabelled.forEach((line, n) => {
    const text = cleanPlain(withoutTags(line), null, survey, notes)
    const title = withoutWhen(text.replace(KIND_OF_PAPER, ''))
    if (title === '' || title === header.subject) used.add(n)
    else if ((header.subject ?? '') === '' && title.length <= 300) {
      header.subject = title
      used.add(n)
    }
  })
  return used
}

/** A title without the date, time and meeting words that trail it. */
function withoutWhen(text: string): string {
  const date = findDate(text)
  const head = date === null ? text : text.slice(0, date.from)
  const bare = head
    .replace(GENITIVE, '$1')
    .replace(
      /(?:[\s,–-]*(?:den|måndag(?:en)?|tisdag(?:en)?|onsdag(?:en)?|torsdag(?:en)?|fredag(?:en)?|möte|sammanträde|kl\.?|on|the))*[\s,:–-]*$/iu,
      '',
    )
    .trim()
  if (bare === '') return ''
  return (bare[0] ?? '').toLocaleUpperCase('sv') + bare.slice(1)
}

function readSubject(header: HeaderValues, notes: NoteList): void {
  const subject = header.subject ?? ''
  const labelled = /^(?:möte|sammanträde|meeting)(?:\s+(?:i|med|för|of))?\s+(?=\p{Lu})/iu.exec(subject)
  if (labelled !== null) {
    header.subject = subject.slice(labelled[0].length)
    notes.add('repaired', 'subject-label', null, subject, header.subject)
  }
  if ((header.council ?? '') === '' && COUNCIL.test(header.subject ?? '')) header.council = header.subject ?? ''
  if ((header.subject ?? '') === '') header.subject = (header.council ?? '') || (header.meeting ?? '')
}

function readDateAndTime(date: string, time: string, preamble: Preamble, header: HeaderValues, notes: NoteList): void {
  const sources = [date, time, preamble.fields.get('meeting') ?? '', ...preamble.unlabelled].filter(
    (text) => text !== '',
  )
  const dated = sources.map((text) => findDate(text)).find((found) => found !== null && found.year !== null)
  const short = /^(\d{2})(\d{2})(\d{2})$/.exec(date)
  const shortDate = short === null ? null : findDate(`20${short[1]}-${short[2]}-${short[3]}`)
  if (shortDate !== null) header.date = isoDate(shortDate)
  else if (dated !== undefined && dated !== null) header.date = isoDate(dated)
  else if (date !== '') notes.add('doubt', 'date-unread', null, date)
  const clocks = [time, date, ...preamble.unlabelled].filter((text) => text !== '').map((text) => withoutDate(text))
  const times = clocks
    .map((text, n) =>
      n === 0 && time !== '' ? readTimes(text) : /kl|:|\d[.]\d\d/iu.test(text) ? readTimes(text) : null,
    )
    .find((found) => found !== null)
  if (times !== undefined && times !== null) {
    header.startsAt = times.startsAt
    header.endsAt = times.endsAt
  } else if (time !== '') notes.add('doubt', 'time-unread', null, time)
}

function withoutDate(text: string): string {
  const date = findDate(text)
  return date === null ? text : `${text.slice(0, date.from)} ${text.slice(date.to)}`.trim()
}

function readMeetingName(header: HeaderValues, items: readonly ItemInput[], notes: NoteList): void {
  if ((header.meeting ?? '') !== '') return
  for (const [n, item] of items.entries()) {
    for (const text of [item.title, ...textsOf(item)]) {
      const match = MEETING.exec(text)
      if (match === null) continue
      header.meeting = (match[0][0] ?? '').toLocaleUpperCase('sv') + match[0].slice(1)
      notes.add('doubt', 'meeting-derived', n, text, header.meeting)
      return
    }
  }
}

function readNextMeeting(labelled: string, header: HeaderValues, items: readonly ItemInput[], notes: NoteList): void {
  const found: { readonly item: number | null; readonly source: string; readonly date: string }[] = []
  const take = (text: string, item: number | null): void => {
    const written = findDate(text)
    if (written === null) return
    const meeting = header.date ?? ''
    const date =
      written.year !== null ? isoDate(written) : meeting === '' ? '' : nextSuchDay(written.month, written.day, meeting)
    if (date !== '') found.push({ item, source: text, date })
  }
  if (labelled !== '') take(labelled, null)
  items.forEach((item, n) => {
    const texts = textsOf(item)
    if (/^\s*(?:nästa|next)\s+\p{L}*(?:möte|sammanträde|meeting)/iu.test(item.title))
      take(texts[0]?.slice(0, 200) ?? '', n)
    for (const text of texts) for (const match of text.matchAll(NEXT)) take(sentenceFrom(text, match.index), n)
  })
  const first = found[0]
  if (first === undefined) return
  header.nextMeeting = first.date
  if (first.item !== null) notes.add('doubt', 'next-meeting-derived', first.item, first.source, first.date)
  const other = found.find(({ date }) => date !== first.date)
  if (other !== undefined) notes.add('doubt', 'next-meeting-differs', other.item, other.source, other.date)
}

/** From an offset to the end of its sentence, at most 80 characters: "6.e" and "kl. 9" do not end one. */
function sentenceFrom(text: string, from: number): string {
  const piece = text.slice(from, from + 80)
  const end = /[.!?](?= \p{Lu}|$)/u.exec(piece)
  return end === null ? piece : piece.slice(0, end.index + 1)
}

function textsOf(item: ItemInput): readonly string[] {
  return item.blocks.map(({ content }) =>
    typeof content === 'string' ? content : content.map((run) => ('text' in run ? run.text : run.label)).join(''),
  )
}
