import { type ImportNote, type ImportNoteCode, MAX_NOTE_LENGTH, MAX_NOTES } from './importResult.ts'

/** Collects notes in the order of the source; the list is cut at {@link MAX_NOTES}, and says so. */
export type NoteList = {
  add(level: ImportNote['level'], code: ImportNoteCode, item: number | null, source: string, result?: string): void
  /** As `add`, but only the first of its code for that item: for repairs that come by the dozen. */
  addOnce(level: ImportNote['level'], code: ImportNoteCode, item: number | null, source: string, result?: string): void
  all(): readonly ImportNote[]
}

export function createNoteList(): NoteList {
  const notes: ImportNote[] = []
  const seen = new Set<string>()
  const add: NoteList['add'] = (level, code, item, source, result = '') => {
    if (notes.length < MAX_NOTES) notes.push({ level, code, item, source: shorten(source), result: shorten(result) })
    else if (notes.length === MAX_NOTES)
      notes.push({ level: 'doubt', code: 'more-notes', item: null, source: '', result: '' })
  }
  return {
    add,
    addOnce(level, code, item, source, result) {
      const key = `${code} ${item}`
      if (seen.has(key)) return
      seen.add(key)
      add(level, code, item, source, result)
    },
    all: () => notes,
  }
}

/** One line of at most {@link MAX_NOTE_LENGTH} code units. */
function shorten(text: string): string {
  const line = text
    .slice(0, 4 * MAX_NOTE_LENGTH)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= MAX_NOTE_LENGTH ? line : `${line.slice(0, MAX_NOTE_LENGTH - 1).toWellFormed()}…`
}
