import type { MinutesInput } from '@justera/minutes'

/**
 * Something the importer repaired or doubts, for a person to confirm before anything is created.
 * The same shape as ImportNote of the HTTP interface; pages put `code` into words.
 */
export type ImportNote = {
  readonly level: 'repaired' | 'doubt'
  readonly code: ImportNoteCode
  /** index of the agenda item it concerns; null: header, attendance or the file as a whole */
  readonly item: number | null
  /** the words as they stood in the source, shortened to {@link MAX_NOTE_LENGTH} */
  readonly source: string
  /** what they became; empty when nothing was changed or the words were left out */
  readonly result: string
}

export const IMPORT_NOTE_CODES = [
  // repaired
  'hyphenation', // a word broken at a line's end was joined
  'joined-over-page', // a page or row break inside a sentence was closed
  'tags-removed', // stray HTML tags
  'dash-run', // rules drawn with dashes
  'space-before-punctuation',
  'doubled-spaces',
  'characters-replaced', // control characters, lone surrogates, decomposed letters
  'agency-name', // an agency's name was cleaned of separators, its short form or a lower-case start
  'subject-label', // a label that stood inside the subject was left out
  'page-furniture', // page numbers and repeated column heads
  // doubt
  'hyphen-inside-word', // "pilot-testas": joined, or kept, without certainty
  'encoding', // the text looks as if it had been read in the wrong encoding
  'date-unread',
  'time-unread',
  'meeting-derived', // taken from the text of an item
  'next-meeting-derived',
  'next-meeting-differs',
  'attendee-without-agency',
  'agency-without-person',
  'no-attendance',
  'no-header', // a field that minutes need is nowhere to be found
  'left-out', // words outside agenda, header and attendance
  'unknown-column',
  'unnumbered-item',
  'numbering', // item numbers skip or repeat; the order of the file was kept
  'title-too-long',
  'angle-brackets',
  'outcome-label', // a paragraph that began "Beslut:" became a decision
  'tabled', // a sentence that tables the item became a tabled block
  'possible-decision', // wording of a decision inside prose; left as it is
  'possible-action',
  'more-notes', // the list was cut
] as const
export type ImportNoteCode = (typeof IMPORT_NOTE_CODES)[number]

/** An agency named in the attendance, with the short form that stood in parentheses ('' when none did). */
export type ImportedAgency = { readonly name: string; readonly shortName: string }

export type ImportFailure =
  /** nothing but blanks */
  | 'empty'
  /** longer than {@link MAX_SOURCE_LENGTH}, or more items, blocks or attendees than a meeting may have */
  | 'too-large'
  /** a PDF, a Word file, an archive, or bytes that are no text */
  | 'not-text'
  /** neither a table with known column heads nor numbered sections */
  | 'no-agenda'

export type ImportResult =
  | {
      readonly ok: true
      readonly minutes: MinutesInput
      readonly notes: readonly ImportNote[]
      readonly agencies: readonly ImportedAgency[]
    }
  /** `message` is English, for a log or a terminal; `details` are the words of the source it rests on. */
  | { readonly ok: false; readonly reason: ImportFailure; readonly message: string; readonly details: string }

/** Longest source that is read, in UTF-16 code units. */
export const MAX_SOURCE_LENGTH = 5_000_000
/** Most lines that are read: ten times the longest minutes that people hold. */
export const MAX_LINES = 50_000
export const MAX_ITEMS = 300
export const MAX_BLOCKS = 5000
export const MAX_ATTENDEES = 500
export const MAX_PRESENTERS = 50
/** Longest content of one block, in UTF-16 code units; longer text is split. */
export const MAX_BLOCK_LENGTH = 100_000
export const MAX_NOTES = 1000
export const MAX_NOTE_LENGTH = 160
