/** One replacement in a one-line text: `removed` code units at `index` become `inserted`. */
export type LineEdit = { readonly index: number; readonly removed: number; readonly inserted: string }

/** The smallest single replacement that turns `before` into `after`; null when they are equal. Keeps surrogate pairs whole. */
export function lineEdit(before: string, after: string): LineEdit | null {
  if (before === after) return null
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (
    end < before.length - start &&
    end < after.length - start &&
    before[before.length - 1 - end] === after[after.length - 1 - end]
  ) {
    end++
  }
  if (start > 0 && isHigh(before, start - 1)) start--
  if (end > 0 && isLow(before, before.length - end)) end--
  return { index: start, removed: before.length - start - end, inserted: after.slice(start, after.length - end) }
}

/**
 * Brings an edit made against `base` to the text as it stands now, after one foreign change.
 * Own insertions stay; own deletions skip what is already gone.
 */
export function rebaseLineEdit(edit: LineEdit, base: string, now: string): LineEdit {
  const foreign = lineEdit(base, now)
  if (foreign === null) return edit
  const end = foreign.index + foreign.removed
  const map = (at: number, side: 'before' | 'after'): number => {
    if (at < foreign.index) return at
    if (foreign.removed === 0 && at === foreign.index) return side === 'before' ? at : at + foreign.inserted.length
    return at >= end ? at - foreign.removed + foreign.inserted.length : foreign.index
  }
  // What a colleague typed at either edge of a deletion stays outside it; typed inside, it saves the stretch.
  const from = map(edit.index, edit.removed === 0 ? 'before' : 'after')
  const to = Math.max(from, map(edit.index + edit.removed, 'before'))
  const removesForeign =
    foreign.inserted.length > 0 && from < foreign.index + foreign.inserted.length && to > foreign.index
  return { index: from, removed: removesForeign ? 0 : to - from, inserted: edit.inserted }
}

/** Where a caret at `at` in `before` stands in `after`: foreign text at the caret comes behind it. */
export function mapCaret(at: number, before: string, after: string): number {
  const change = lineEdit(before, after)
  if (change === null || at <= change.index) return at
  if (at >= change.index + change.removed) return at - change.removed + change.inserted.length
  return change.index
}

function isHigh(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xd800 && code <= 0xdbff
}

function isLow(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff
}
