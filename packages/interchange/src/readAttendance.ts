import type { AttendanceStatus, AttendeeInput } from '@justera/minutes'
import type { ImportedAgency } from './importResult.ts'
import type { NoteList } from './noteList.ts'
import { withoutTags } from './tagScanner.ts'

/** A stretch of text under one label ("Närvarande", "Anmält förhinder"). */
export type AttendanceSection = { readonly status: AttendanceStatus; readonly text: string }
export type Attendance = { readonly attendees: readonly AttendeeInput[]; readonly agencies: readonly ImportedAgency[] }

const SHORT_FORM = /\s*\(([^()]{1,40})\)/gu
const CIRCUMSTANCE =
  /^(?:digitalt|på distans|distans|via (?:teams|zoom|skype|länk|video)|teams|zoom|skype|video|online|remote)\b/iu
const PARTLY =
  /^(?:del av|delvis|till|t\.?o\.?m|fr\.?o\.?m|från|ej|utom|§|punkt|ärende|lämnade|anslöt|partly|until|from)\b|§/iu
const ROLE =
  /^(?:ordförande|vice ordförande|sekreterare|ordf|sekr|adjungerad|ersättare|ordinarie|föredragande|chair|secretary|deputy|för|suppleant)\.?$/iu
const AGENCY_WORD =
  /(?:verket|verk|myndighet(?:en)?|styrelsen?|inspektion(?:en)?|revision(?:en)?|kommission(?:en)?|beredning(?:en)?|institut(?:et)?|råde?t?|nämnd(?:en)?|bolag(?:et)?|nätverk(?:et)?|grupp(?:en)?|förbund(?:et)?|förening(?:en)?|departement(?:et)?|universitet(?:et)?|högskolan?|sjukhus(?:et)?|centrum|centret|kansli(?:et)?|polisen|domstol(?:en)?|fonden|stiftelse(?:n)?|byrån|tjänst(?:en)?|enhet(?:en)?|avdelning(?:en)?|museet|akademin?|samverkan|agency|council|authority|ministry)$/iu
const AGENCY_START =
  /^(?:region|regionen|regionerna|kommun|kommunen|kommunerna|statens|sveriges|svenska|nationell|nationella|nationellt|riks\p{Ll}+|länsstyrelsen|stockholms|institutet|rådet)$/iu
const PARTICLE = /^(?:von|van|de|der|den|af|av|la|le|di|du|el|al|ter|zu)$/iu

type Token =
  | { readonly type: 'person'; readonly name: string; readonly notes: readonly string[] }
  | { readonly type: 'agency'; readonly name: string; readonly groups: boolean }

/**
 * Reads who was there. Understands "Agency , Person, …", "Person, Agency", "Person (Agency)", "Agency: A, B",
 * "Från Agency: A, B", one a line or all in one run, and tables of two columns. An agency's own commas
 * ("Forskningsrådet för hälsa, arbetsliv och välfärd") stay inside its name.
 */
export function readAttendance(sections: readonly AttendanceSection[], notes: NoteList): Attendance {
  const attendees: AttendeeInput[] = []
  const agencies = new Map<string, string>()
  for (const { status, text } of sections) {
    for (const seat of seatsOf(tokensOf(linesWithoutTags(text)))) {
      const agency = cleanAgency(seat.agency, agencies, notes)
      if (seat.persons.length === 0) {
        notes.add('doubt', 'agency-without-person', null, seat.agency)
        attendees.push({ name: '', agency, status })
      }
      for (const person of seat.persons) {
        if (agency === '') notes.add('doubt', 'attendee-without-agency', null, person.name)
        attendees.push({ name: person.name, agency, ...circumstances(status, person.notes) })
      }
    }
  }
  return { attendees, agencies: [...agencies].map(([name, shortName]) => ({ name, shortName })) }
}

function circumstances(status: AttendanceStatus, said: readonly string[]): Pick<AttendeeInput, 'status' | 'note'> {
  const note = said.join(', ')
  const own: AttendanceStatus =
    status === 'absent'
      ? status
      : said.some((s) => PARTLY.test(s))
        ? 'partly'
        : said.some((s) => CIRCUMSTANCE.test(s))
          ? 'remote'
          : status
  return note === '' ? { status: own } : { status: own, note }
}

/** Without separators and short form; the short form is kept beside it. A lower-case start is raised. */
function cleanAgency(written: string, agencies: Map<string, string>, notes: NoteList): string {
  if (written === '') return ''
  let shortName = ''
  const bare = written
    .replace(SHORT_FORM, (_, short: string) => {
      if (shortName === '') shortName = short.trim()
      return ''
    })
    .replace(/\s+/g, ' ')
    .replace(/^[\s,;:.–-]+|[\s,;:–-]+$/gu, '')
  const name = /^\p{Ll}/u.test(bare) ? (bare[0] ?? '').toLocaleUpperCase('sv') + bare.slice(1) : bare
  if (name === '') return shortName
  if (name !== written) notes.add('repaired', 'agency-name', null, written, name)
  if (!agencies.has(name) || shortName !== '') agencies.set(name, shortName)
  return name
}

type Seat = {
  readonly agency: string
  readonly persons: { readonly name: string; readonly notes: readonly string[] }[]
}

/** List items and paragraphs of a tagged list of people become lines. */
function linesWithoutTags(text: string): string {
  return withoutTags(text.replace(/<\/?(?:li|p|div|tr|br|ul|ol)(?=[\s/>])[^<>]*>/giu, '\n'))
}

/** Joins persons to agencies: the order of the first pair of an entry tells which comes first in it. */
function seatsOf(entries: readonly (readonly Token[])[]): readonly Seat[] {
  const seats: Seat[] = []
  let group: Seat | null = null // an agency that stands before the persons of the following entries, too
  for (const tokens of entries) {
    const first = tokens[0]
    if (first === undefined) continue
    if (first.type === 'person' && tokens.some((token) => token.type === 'agency')) {
      let waiting: Seat['persons'] = []
      for (const token of tokens) {
        if (token.type === 'person') waiting.push(token)
        else {
          seats.push({ agency: token.name, persons: waiting })
          waiting = []
        }
      }
      if (waiting.length > 0) seats.push({ agency: '', persons: waiting })
      group = null
      continue
    }
    let seat: Seat | null = group
    for (const token of tokens) {
      if (token.type === 'agency') {
        seat = { agency: token.name, persons: [] }
        seats.push(seat)
        continue
      }
      if (seat === null) {
        seat = { agency: '', persons: [] }
        seats.push(seat)
      }
      seat.persons.push(token)
    }
    group =
      first.type === 'agency' && first.groups && tokens.length === 1
        ? seat
        : tokens.some((t) => t.type === 'agency')
          ? null
          : group
  }
  return seats
}

/** One list of tokens an entry (a line, or what stands between semicolons). */
function tokensOf(text: string): readonly (readonly Token[])[] {
  const entries: Token[][] = []
  for (const line of text.split(/[\n;]/)) {
    if (isColumnHead(line)) continue
    const tokens: Token[] = []
    for (const cell of line.split('\t')) readEntry(cell.replace(/^\s*(?:[-–*•·]|\d{1,3}[.)])\s+/u, ''), tokens)
    if (tokens.length > 0) entries.push(tokens)
  }
  return entries
}

const COLUMN_HEAD =
  /^(?:myndighet|organisation|myndighet(?:,| och|\/) ?organisation|namn|företrädare|representant|deltagare|roll|funktion|name|agency)$/iu

/** The heads of a table of attendees: "Myndighet, organisation", "Företrädare". */
function isColumnHead(line: string): boolean {
  const cells = line.split('\t').map((cell) => cell.trim())
  return cells.length > 1 && cells.every((cell) => COLUMN_HEAD.test(cell))
}

function readEntry(entry: string, tokens: Token[]): void {
  for (const { text, closed } of pieces(entry)) {
    const group = /^(?:(?:från|for|från och med)\s+)?([^:]{2,200}):\s*(.*)$/isu.exec(text)
    if (group !== null && !ROLE.test((group[1] ?? '').trim())) {
      tokens.push({ type: 'agency', name: (group[1] ?? '').trim(), groups: true })
      if ((group[2] ?? '').trim() !== '') readPiece((group[2] ?? '').trim(), closed, tokens)
      continue
    }
    if (group !== null) {
      const before = tokens.length
      readPiece((group[2] ?? '').trim(), closed, tokens)
      const person = tokens[before]
      if (person?.type === 'person') tokens[before] = { ...person, notes: [(group[1] ?? '').trim(), ...person.notes] }
      continue
    }
    readPiece(text, closed, tokens)
  }
}

/** What stands between commas outside parentheses; `closed` where a blank stood before the comma. */
function pieces(entry: string): readonly { readonly text: string; readonly closed: boolean }[] {
  const found: { text: string; closed: boolean }[] = []
  let depth = 0
  let from = 0
  for (let at = 0; at <= entry.length; at++) {
    const char = entry[at]
    if (char === '(') depth++
    if (char === ')') depth = Math.max(0, depth - 1)
    const dash = char !== undefined && /[-–—]/u.test(char) && entry[at - 1] === ' ' && entry[at + 1] === ' '
    if (at < entry.length && (depth > 0 || (char !== ',' && !dash))) continue
    const text = entry.slice(from, at)
    if (text.trim() !== '')
      found.push({ text: text.trim().replace(/\s+/g, ' '), closed: /\s$/.test(text) && char === ',' })
    from = at + 1
  }
  return found
}

function readPiece(text: string, closed: boolean, tokens: Token[]): void {
  const previous = tokens.at(-1)
  if (previous?.type === 'agency' && (ROLE.test(text) || CIRCUMSTANCE.test(text) || PARTLY.test(text))) {
    noteLastPerson(tokens, text)
    return
  }
  if (previous?.type === 'person' && (ROLE.test(text) || (/^\p{Ll}/u.test(text) && !isAgency(text)))) {
    tokens[tokens.length - 1] = { ...previous, notes: [...previous.notes, text] }
    return
  }
  if (previous?.type === 'agency' && /^\p{Ll}/u.test(text) && !/^e-/u.test(text)) {
    tokens[tokens.length - 1] = { ...previous, name: `${previous.name}, ${text}` }
    return
  }
  if (closed && !isPersonName(bare(text)) && splitPair(text) === null) {
    tokens.push({ type: 'agency', name: text, groups: false })
    return
  }
  const pair = splitPair(text)
  if (pair !== null) tokens.push(...pair)
  else if (isAgency(text)) tokens.push({ type: 'agency', name: text, groups: false })
  else tokens.push(personFrom(text))
}

/** "Anna Berg, Boverket, ordförande": what is said after the agency is said of the person. */
function noteLastPerson(tokens: Token[], said: string): void {
  const n = tokens.findLastIndex((token) => token.type === 'person')
  const person = tokens[n]
  if (person?.type === 'person') tokens[n] = { ...person, notes: [...person.notes, said] }
}

/** "Carina Skoglund Arbetsmiljöverket", "… försäkringsbolag (Löf) Pelle Gustafson", "Anna Berg (IVO)". */
function splitPair(text: string): readonly Token[] | null {
  const behind = /^([^()]+?)\s*\(([^()]+)\)$/u.exec(text)
  if (behind !== null && isPersonName(behind[1] ?? '') && !isAgency(behind[1] ?? '')) {
    const inside = (behind[2] ?? '').trim()
    if (CIRCUMSTANCE.test(inside) || PARTLY.test(inside) || ROLE.test(inside)) return null
    return [
      { type: 'person', name: (behind[1] ?? '').trim(), notes: [] },
      { type: 'agency', name: inside, groups: false },
    ]
  }
  const words = text.split(' ')
  if (words.length > 40) return null
  for (let n = 2; n <= Math.min(4, words.length - 1); n++) {
    const [head, tail] = [words.slice(0, n).join(' '), words.slice(n).join(' ')]
    if (isPersonName(head) && !isAgency(head) && soundsLikeAgency(tail) && /^\p{Lu}|^e-/u.test(tail)) {
      return [
        { type: 'person', name: head, notes: [] },
        { type: 'agency', name: tail, groups: false },
      ]
    }
  }
  for (let n = Math.min(4, words.length - 1); n >= 2; n--) {
    const [head, tail] = [words.slice(0, -n).join(' '), words.slice(-n).join(' ')]
    const complete = head.endsWith(')') || AGENCY_WORD.test(words.at(-n - 1) ?? '')
    if (complete && isAgency(head) && isPersonName(tail) && !isAgency(tail)) {
      return [
        { type: 'agency', name: head, groups: false },
        { type: 'person', name: tail, notes: [] },
      ]
    }
  }
  return null
}

function personFrom(text: string): Token {
  const notes: string[] = []
  const name = text.replace(SHORT_FORM, (_, said: string) => {
    notes.push(said.trim())
    return ''
  })
  return { type: 'person', name: name.trim() === '' ? text : name.trim(), notes }
}

function bare(text: string): string {
  return text.replace(SHORT_FORM, '').trim()
}

/** Two to five capitalised words, particles between them allowed. */
function isPersonName(text: string): boolean {
  const words = text.trim().split(/\s+/)
  if (words.length < 2 || words.length > 5) return false
  return words.every(
    (word, n) => /^\p{Lu}[\p{L}’'.-]*$/u.test(word) || (n > 0 && n < words.length - 1 && PARTICLE.test(word)),
  )
}

/** Holds a word that only agencies' names hold, or is an abbreviation ("IVO"). */
function soundsLikeAgency(text: string): boolean {
  const words = bare(text).split(/\s+/)
  if (words.some((word) => AGENCY_WORD.test(word.replace(/[.,]$/, '')) || AGENCY_START.test(word))) return true
  return words.length === 1 && /^\p{Lu}{2,8}$/u.test(words[0] ?? '')
}

function isAgency(text: string): boolean {
  if (soundsLikeAgency(text)) return true
  const name = bare(text)
  const words = name.split(/\s+/)
  if (words.length === 1) return /^\p{Lu}[\p{L}-]*$/u.test(name)
  return !isPersonName(name) && words.some((word) => /^\p{Ll}/u.test(word) && !PARTICLE.test(word))
}
