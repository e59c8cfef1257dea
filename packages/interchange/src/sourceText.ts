import { type ImportFailure, MAX_LINES, MAX_SOURCE_LENGTH } from './importResult.ts'
import type { NoteList } from './noteList.ts'

export type SourceText =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly reason: ImportFailure; readonly message: string; readonly details: string }

const SIGNATURES = [
  ['%PDF-', 'a PDF file'],
  ['PK\u0003\u0004', 'a Word file or another archive'],
  ['{\\rtf', 'a rich text file'],
  ['\u00D0\u00CF\u0011\u00E0', 'an old Word file'],
] as const

/** Largest share of characters that no text holds (NUL, controls, U+FFFD) before the source counts as binary. */
const MAX_STRANGE_SHARE = 0.01

/**
 * Turns a source into lines that hold nothing but words, blanks and tabs: line ends, blanks and hyphens
 * unified, letters composed (NFC), control characters, zero-width blanks and lone surrogates replaced.
 */
export function readSource(source: string, notes: NoteList): SourceText {
  if (source.length > MAX_SOURCE_LENGTH) {
    return fail('too-large', `The text is longer than ${MAX_SOURCE_LENGTH} characters.`, String(source.length))
  }
  const start = source.replace(/^\uFEFF/, '').slice(0, 16)
  const signature = SIGNATURES.find(([bytes]) => start.startsWith(bytes))
  if (signature !== undefined) {
    return fail('not-text', `The file is ${signature[1]}, not plain text; save it as text first.`, signature[0])
  }
  const strange = source.match(STRANGE)?.length ?? 0
  if (source.includes('\0') || strange > Math.max(8, source.length * MAX_STRANGE_SHARE)) {
    return fail('not-text', 'The file holds characters that no text has.', '')
  }
  if (!/[\p{L}\p{N}]/u.test(source)) return fail('empty', 'The file holds no words.', '')
  const garbled = /\u00C3[\u00A4\u00A5\u00B6\u0084\u0085\u0096\u201E\u2026\u2013]/u.exec(source)
  if (garbled !== null) notes.add('doubt', 'encoding', null, around(source, garbled.index))

  const composed = source.normalize('NFC')
  const clean = composed.toWellFormed().replace(REPLACED, '')
  if (clean !== source.replace(SILENTLY_REPLACED, '')) {
    const at = firstDifference(source, clean)
    notes.add('repaired', 'characters-replaced', null, around(source, at), around(clean, at))
  }
  const lines = clean
    .replace(/\r\n?|[\f\v\u0085\u2028\u2029]/g, '\n')
    .replace(/[\u00A0\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[\u2010\u2011]/g, '-')
    .split('\n')
  if (lines.length > MAX_LINES)
    return fail('too-large', `The text has more than ${MAX_LINES} lines.`, String(lines.length))
  return { ok: true, lines }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const STRANGE = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\uFFFD]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose
const REPLACED = /[\u0000-\u0008\u000E-\u001F\u007F-\u0084\u0086-\u009F\u200B\u2060\uFEFF\uFDD0-\uFDEF\uFFFE\uFFFF]/g
/** A byte order mark, and blanks without width, are no repair worth a note. */
const SILENTLY_REPLACED = /[\u200B\u2060\uFEFF]/g

function fail(reason: ImportFailure, message: string, details: string): SourceText {
  return { ok: false, reason, message, details }
}

function around(text: string, at: number): string {
  return text.slice(Math.max(0, at - 20), at + 40).toWellFormed()
}

function firstDifference(a: string, b: string): number {
  let at = 0
  while (at < a.length && a[at] === b[at]) at++
  return at
}
