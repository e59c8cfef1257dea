import type { Inline, Mark } from '@justera/minutes'

/** A text with marks on stretches of it; offsets count UTF-16 code units. Spans do not overlap for one type. */
export type MarkedText = { readonly text: string; readonly spans: readonly MarkedSpan[] }
export type MarkedSpan = { readonly from: number; readonly to: number; readonly mark: Mark }

type Edit = { readonly from: number; readonly to: number; readonly insert: string }

/** Applies edits that are sorted and do not overlap; marks keep to their words. Linear up to sorting. */
function applyEdits(marked: MarkedText, edits: readonly Edit[]): MarkedText {
  if (edits.length === 0) return marked
  const parts: string[] = []
  let at = 0
  for (const { from, to, insert } of edits) {
    parts.push(marked.text.slice(at, from), insert)
    at = to
  }
  parts.push(marked.text.slice(at))
  const moved = movedPositions(marked.spans, edits)
  const spans = marked.spans.map(({ from, to, mark }) => ({ from: moved.get(from) ?? 0, to: moved.get(to) ?? 0, mark }))
  return { text: parts.join(''), spans: spans.filter(({ from, to }) => from < to) }
}

/** Replaces every match of a global expression; `replace` returns null to leave one as it is. */
export function replaceMatches(
  marked: MarkedText,
  expression: RegExp,
  replace: (match: RegExpExecArray) => string | null,
): MarkedText {
  const edits: Edit[] = []
  for (const match of marked.text.matchAll(expression)) {
    const insert = replace(match)
    if (insert === null || insert === match[0]) continue
    edits.push({ from: match.index, to: match.index + match[0].length, insert })
  }
  return applyEdits(marked, edits)
}

/** Most runs a block may bring; a text broken up more than that loses its marks, not its words. */
const MAX_RUNS = 1000

/** Runs of equal marks, as a document's block takes them; a plain string where there are no marks. */
export function contentOf({ text, spans }: MarkedText): string | readonly Inline[] {
  if (spans.length === 0) return text
  const bounds = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b)
  if (bounds.length > MAX_RUNS) return text
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  let open: readonly MarkedSpan[] = []
  let next = 0
  const runs: Inline[] = []
  for (let n = 0; n + 1 < bounds.length; n++) {
    const [from, to] = [bounds[n] as number, bounds[n + 1] as number]
    open = open.filter((span) => span.to > from)
    for (; next < sorted.length && (sorted[next] as MarkedSpan).from <= from; next++) {
      open = [...open, sorted[next] as MarkedSpan]
    }
    const byType = new Map(open.map(({ mark }) => [mark.type, mark]))
    const run = { text: text.slice(from, to) }
    runs.push(byType.size === 0 ? run : { ...run, marks: [...byType.values()] })
  }
  return runs
}

/** Where each end of a span comes to stand; an end inside a replaced stretch moves to its start. */
function movedPositions(spans: readonly MarkedSpan[], edits: readonly Edit[]): ReadonlyMap<number, number> {
  const moved = new Map<number, number>()
  const ends = [...new Set(spans.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  let shift = 0
  let next = 0
  for (const position of ends) {
    for (; next < edits.length && (edits[next] as Edit).to <= position; next++) {
      const { from, to, insert } = edits[next] as Edit
      shift += insert.length - (to - from)
    }
    const inside = edits[next]
    moved.set(position, (inside !== undefined && inside.from < position ? inside.from : position) + shift)
  }
  return moved
}
