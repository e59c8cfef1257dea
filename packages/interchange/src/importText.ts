import { type AttendeeInput, type ItemInput, MAX_FIELD_LENGTH, type MinutesInput } from '@justera/minutes'
import { cleanPlain, type HyphenSurvey, surveyHyphens } from './cleanText.ts'
import { deriveHeader } from './deriveHeader.ts'
import {
  type ImportFailure,
  type ImportResult,
  MAX_ATTENDEES,
  MAX_BLOCKS,
  MAX_ITEMS,
  MAX_PRESENTERS,
} from './importResult.ts'
import { plainLines } from './markdown.ts'
import { createNoteList, type NoteList } from './noteList.ts'
import type { RawAgenda, RawItem } from './rawItem.ts'
import { readAttendance } from './readAttendance.ts'
import { readPreamble } from './readPreamble.ts'
import { readSections } from './readSections.ts'
import { readTable } from './readTable.ts'
import { readSource } from './sourceText.ts'
import { withoutTags } from './tagScanner.ts'

/**
 * Reads minutes from plain text, as extraction from a PDF or Word leaves it, into what a new document starts
 * with. Never throws; a text that holds no agenda gives a reason. Everything repaired or doubted is in the
 * notes, for a person to confirm. Linear in the source.
 */
export function importText(source: string): ImportResult {
  const notes = createNoteList()
  const text = readSource(source, notes)
  if (!text.ok) return text
  const lines = plainLines(text.lines)
  const survey = surveyHyphens(lines)
  const agenda = readTable(lines, survey, notes) ?? readSections(lines, survey, notes)
  if (agenda === null) {
    const seen = lines.find((line) => line.trim() !== '') ?? ''
    return failed(
      'no-agenda',
      'Found neither a table with known column heads (Nr, Ärende, Föredragande, Beslut) nor numbered sections.',
      seen.trim().slice(0, 80).toWellFormed(),
    )
  }
  const { items: raw } = agenda
  if (raw.length > MAX_ITEMS) return failed('too-large', `More than ${MAX_ITEMS} agenda items.`, String(raw.length))
  const items = raw.map((item, n) => finishItem(item, n, survey, notes))
  if (items.some((item) => item.blocks.length > MAX_BLOCKS || item.presenters.length > MAX_PRESENTERS)) {
    return failed(
      'too-large',
      `An agenda item with more than ${MAX_BLOCKS} blocks or ${MAX_PRESENTERS} presenters.`,
      '',
    )
  }
  checkNumbering(raw, notes)

  const preamble = readPreamble(lines.slice(0, agenda.firstLine))
  const closing = readPreamble(agenda.leftOver)
  const fields = new Map([...closing.fields, ...preamble.fields])
  const attendance = readAttendance([...preamble.attendance, ...closing.attendance], notes)
  const header = deriveHeader({ ...preamble, fields }, items, survey, notes)
  for (const line of closing.unlabelled) notes.add('doubt', 'left-out', null, line)
  const attendees = withChair(attendance.attendees, fields.get('chair') ?? '')
  if (attendees.length === 0) notes.add('doubt', 'no-attendance', null, '')
  if (attendees.length > MAX_ATTENDEES)
    return failed('too-large', `More than ${MAX_ATTENDEES} attendees.`, String(attendees.length))

  const minutes: MinutesInput = {
    header: limited(header, survey, notes),
    attendance: attendees.map((one) => limited(one, survey, notes)),
    items,
  }
  return { ok: true, minutes, notes: notes.all(), agencies: attendance.agencies }
}

function failed(reason: ImportFailure, message: string, details: string): ImportResult {
  return { ok: false, reason, message, details }
}

function finishItem(raw: RawItem, item: number, survey: HyphenSurvey, notes: NoteList): ItemInput {
  const title = cleanPlain(withoutTags(raw.title).replace(/[•●▪■]/gu, ' '), item, survey, notes)
  const blocks = raw.body.finish()
  const presenters = namesOf(cleanPlain(withoutTags(raw.presenters).replace(/[•●▪■]/gu, ','), item, survey, notes))
  if (title.length <= MAX_FIELD_LENGTH) return { title, presenters, blocks }
  notes.add('doubt', 'title-too-long', item, title)
  const cut = title.lastIndexOf(' ', 200) > 0 ? title.lastIndexOf(' ', 200) : 200
  return {
    title: title.slice(0, cut).toWellFormed().trim(),
    presenters,
    blocks: [{ kind: 'paragraph', content: title.slice(cut).toWellFormed().trim() }, ...blocks],
  }
}

/** Names between commas, semicolons, slashes; "A B och C D" too, but not "Vård och omsorg". */
function namesOf(text: string): readonly string[] {
  return text
    .split(/[,;/\n]/)
    .flatMap((part) => {
      const pair = part.split(/ (?:och|samt|and|&) /u)
      return pair.every((name) => /^\s*\p{Lu}\S*(?: \p{Lu}\S*)+\s*$/u.test(name)) ? pair : [part]
    })
    .map((name) => name.trim().slice(0, MAX_FIELD_LENGTH).toWellFormed().trim())
    .filter((name) => /[\p{L}\p{N}]/u.test(name))
}

function checkNumbering(raw: RawAgenda['items'], notes: NoteList): void {
  raw.forEach(({ number }, n) => {
    const before = raw[n - 1]?.number
    if (number === null || before === null || before === undefined) return
    if (number.value !== before.value + 1 && number.value !== before.value) {
      notes.add('doubt', 'numbering', n, `${before.written} ${number.written}`)
    }
  })
}

/** The chair named in the head is noted on their line, or added when the attendance does not list them. */
function withChair(attendees: readonly AttendeeInput[], chair: string): readonly AttendeeInput[] {
  const [name, agency = ''] = chair.split(/,|\(|\)/).map((part) => part.trim())
  if (name === undefined || name === '') return attendees
  const listed = attendees.findIndex((attendee) => attendee.name === name)
  if (listed < 0) return [{ name, agency, status: 'present', note: 'Ordförande' }, ...attendees]
  return attendees.map((attendee, n) =>
    n === listed && attendee.note === undefined ? { ...attendee, note: 'Ordförande' } : attendee,
  )
}

/** Fields as a document takes them: one clean line each, cut where too long, with a note of what was cut. */
function limited<T extends Readonly<Record<string, string | undefined>>>(
  fields: T,
  survey: HyphenSurvey,
  notes: NoteList,
): T {
  const entries = Object.entries(fields).map(([key, value]): [string, string | undefined] => {
    if (value === undefined) return [key, value]
    const clean = cleanPlain(value, null, survey, notes)
    if (clean.length <= MAX_FIELD_LENGTH) return [key, clean]
    notes.add('doubt', 'left-out', null, clean.slice(MAX_FIELD_LENGTH))
    return [key, clean.slice(0, MAX_FIELD_LENGTH).toWellFormed().trim()]
  })
  return Object.fromEntries(entries) as T
}
