import type { AttendanceStatus, HeaderField } from '@justera/minutes'
import { splitCells } from './agendaTable.ts'
import type { AttendanceSection } from './readAttendance.ts'

/** A labelled field of the head; `chair` and `ignored` have no place in the document's header. */
type PreambleField = HeaderField | 'time' | 'chair' | 'ignored'
export type Preamble = {
  readonly fields: ReadonlyMap<PreambleField, string>
  readonly attendance: readonly AttendanceSection[]
  /** lines without a label, in order: titles first of all */
  readonly unlabelled: readonly string[]
}

const LABELS: readonly (readonly [PreambleField, string])[] = [
  ['subject', 'ämne|rubrik|subject|avser|gäller'],
  ['council', 'råd|organ|nämnd|grupp|styrelse|council|kommitté|forum'],
  ['meeting', 'möte|sammanträde|mötesnummer|meeting|typ av möte'],
  ['date', 'datum|mötesdatum|sammanträdesdatum|dag|date|mötesdag'],
  ['time', 'tid|tidpunkt|mötestid|klockslag|klockan|time|sammanträdestid'],
  ['place', 'plats|lokal|mötesplats|mötesform|place|location|plats och form'],
  [
    'preparedBy',
    'upprättad av|upprättat av|sekreterare|mötessekreterare|protokollförare|vid protokollet|antecknat av|antecknare|prepared by|secretary|minutes by',
  ],
  [
    'adjustedBy',
    'justerad av|justerat av|justerare|justeras|justerat|protokollet justeras|justeras av|justeringsperson|justeringspersoner|adjusted by|approved by',
  ],
  ['nextMeeting', 'nästa möte|nästa sammanträde|next meeting'],
  ['chair', 'ordförande|mötesordförande|chair|chairperson'],
  ['ignored', 'signatur|underskrift|diarienummer|dnr|diarienr|signature|sida'],
]
const LABEL = new Map(LABELS.flatMap(([field, names]) => names.split('|').map((name) => [name, field] as const)))
const LABEL_NAMES = [...LABEL.keys()].sort((a, b) => b.length - a.length).join('|')
const FIELD = new RegExp(`^\\s*(${LABEL_NAMES})(?:\\s*:\\s*|\\s+(?=[\\p{Lu}\\d])|\\s*$)`, 'iu')

const PRESENT = 'närvarande|deltagare|deltagande|deltog|närvaro|present|participants|attendees|attending|kallade'
const ABSENT =
  'ej närvarande|inte närvarande|frånvarande|frånvaro|anmält förhinder|anmäld förhinder|anmälda förhinder|anmält frånvaro|anmäld frånvaro|meddelat förhinder|förhindrade|förhinder|ej deltagande|absent|apologies|regrets'
const REMOTE =
  'närvarande på distans|deltog på distans|deltagare på distans|på distans|deltog digitalt|digitalt|via teams|remote'
const PARTLY = 'delvis närvarande|närvarande del av mötet|del av mötet|delvis|partly present'
const ATTENDANCE_LABEL = `(?:(?:övriga|ordinarie)\\s+)?(?:(${ABSENT})|(${REMOTE})|(${PARTLY})|(${PRESENT}))(?:\\s+(?:ledamöter|deltagare|myndigheter|organisationer|personer|members))?`
const LABEL_AT_START = new RegExp(`^\\s*${ATTENDANCE_LABEL}(?:\\s*:|(?=\\s+\\p{Lu})|\\s*$)`, 'iu')
const LABEL_INSIDE = new RegExp(`(?<=\\s)${ATTENDANCE_LABEL}\\s*:`, 'giu')

const AGENDA_TITLE = /^\s*(?:dagordning|ärenden|ärendelista|agenda|föredragningslista|innehåll|items)\s*:?\s*$/iu

/** Reads what stands before the agenda: labelled fields, in cells or lines, and the attendance. Linear. */
export function readPreamble(lines: readonly string[]): Preamble {
  const fields = new Map<PreambleField, string>()
  const attendance: { status: AttendanceStatus; text: string }[] = []
  const unlabelled: string[] = []
  let waiting: readonly PreambleField[] = [] // bare labels whose values stand on the next line
  let inAttendance = false
  const set = (field: PreambleField, value: string): void => {
    const text = value.replace(/\s+/g, ' ').trim()
    if (text !== '' && (fields.get(field) ?? '') === '') fields.set(field, text)
  }
  for (const raw of lines) {
    if (raw.trim() === '' || /^[-–—_=\s|:]+$/u.test(raw)) continue
    const line = withoutBars(raw)
    const label = LABEL_AT_START.exec(line)
    if (AGENDA_TITLE.test(line)) {
      inAttendance = false
      waiting = []
      continue
    }
    if (label !== null) {
      inAttendance = true
      waiting = []
      readSections(line, label, attendance)
      continue
    }
    const cells = line
      .split('\t')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '')
    const bare = cells.map((cell) => bareLabel(cell))
    if (waiting.length > 0 && bare.every((field) => field === null)) {
      for (const [n, field] of waiting.entries()) {
        set(field, n === waiting.length - 1 ? cells.slice(n).join(' ') : (cells[n] ?? ''))
      }
      waiting = []
      continue
    }
    waiting = []
    if (bare.every((field) => field !== null)) {
      waiting = bare.filter((field) => field !== null)
      inAttendance = false
      continue
    }
    if (inAttendance && FIELD.exec(cells[0] ?? '') === null) {
      const section = attendance.at(-1)
      if (section !== undefined) appendAttendance(line, section, attendance)
      continue
    }
    inAttendance = false
    readCells(cells, set, unlabelled)
  }
  return { fields, attendance, unlabelled }
}

function readCells(
  cells: readonly string[],
  set: (field: PreambleField, value: string) => void,
  unlabelled: string[],
): void {
  let open: PreambleField | null = null
  for (const cell of cells) {
    const match = FIELD.exec(cell)
    const field = match === null ? undefined : LABEL.get((match[1] ?? '').toLowerCase())
    if (match !== null && field !== undefined) {
      const rest = cell.slice(match[0].length)
      if (rest === '') open = field
      else {
        set(field, rest)
        open = null
      }
    } else if (open !== null) {
      set(open, cell)
      open = null
    } else unlabelled.push(cell)
  }
}

/** A row of a table drawn with bars, as cells; inline tags gone. */
function withoutBars(line: string): string {
  const plain = line.replace(/<\/?(?:b|strong|i|em|u|span)>/giu, '')
  if (!/^\s*\|.*\|\s*$/u.test(plain)) return plain
  return splitCells(plain, '|').join('\t')
}

/** A line that is an attendance label and nothing else: what follows it is a list of people. */
export function isBareAttendanceLabel(line: string): boolean {
  const bare = line.trim()
  return bare !== '' && bare.length < 80 && LABEL_AT_START.exec(bare)?.[0].trim() === bare
}

function bareLabel(cell: string): PreambleField | null {
  return LABEL.get(cell.replace(/\s*:$/, '').toLowerCase()) ?? null
}

function readSections(
  line: string,
  label: RegExpExecArray,
  attendance: { status: AttendanceStatus; text: string }[],
): void {
  const section = { status: statusOf(label), text: '' }
  attendance.push(section)
  appendAttendance(line.slice(label[0].length).replace(/^\s*:/, ''), section, attendance)
}

/** Adds a line to its section; a label with a colon inside the line opens the next one. */
function appendAttendance(
  line: string,
  section: { text: string },
  attendance: { status: AttendanceStatus; text: string }[],
): void {
  let open = section
  let at = 0
  for (const match of line.matchAll(LABEL_INSIDE)) {
    open.text += `${line.slice(at, match.index)}\n`
    open = { status: statusOf(match), text: '' } as { status: AttendanceStatus; text: string }
    attendance.push(open as { status: AttendanceStatus; text: string })
    at = match.index + match[0].length
  }
  open.text += `${line.slice(at)}\n`
}

function statusOf([, absent, remote, partly]: RegExpExecArray): AttendanceStatus {
  if (absent !== undefined) return 'absent'
  if (remote !== undefined) return 'remote'
  return partly === undefined ? 'present' : 'partly'
}
