import { type BlockInput, type BlockKind, isSafeHref, MAX_INDENT, type Mark } from '@justera/minutes'
import { cleanMarked, type HyphenSurvey } from './cleanText.ts'
import { MAX_BLOCK_LENGTH } from './importResult.ts'
import { contentOf, type MarkedSpan, type MarkedText } from './markedText.ts'
import type { NoteList } from './noteList.ts'
import { isTabling, noteOutcomesInProse } from './notesInProse.ts'
import { type KnownTag, neutralTags, scanTags } from './tagScanner.ts'

/** How a piece of source text stands to the one before it. */
type Join =
  /** begins a cell or an item */
  | 'start'
  /** the next line of the same cell */
  | 'line'
  /** after a blank line, a page break or a new table row: only an unfinished sentence goes on */
  | 'gap'

export type BodyBuilder = {
  feed(text: string, join: Join, kind?: BlockKind): void
  finish(): readonly BlockInput[]
  readonly isEmpty: boolean
}

type Draft = {
  kind: BlockKind
  indent: number
  parts: string[]
  length: number
  spans: MarkedSpan[]
  /** the list number that was read off, to know the next */
  number: number
}

/** Bullets that text extraction yields, of the outer and of inner levels; U+F0xx are Word's Symbol font. */
const BULLET =
  /[•●‣⁃∙▪■◦○□▫\uF0B7\uF0A7\uF02D\uF0D8]|(?<=^|\n)[ \t]*(?:[-–—*·»]|o(?=\s[\p{Lu}\p{Ll}]))(?=\s)|(?<=\s)·(?=\s)/gu
const INNER_BULLET = /[◦○▫▪□\uF0A7]|^\s*o$/u
const NUMBERED = /^\s*(\d{1,3})[.)]\s+(?=\S)/u
const OUTCOME_LABEL =
  /^(beslut|decision|åtgärd|action|bordläggning|tabled|avvikande mening|reservation|dissent)\s*:\s*(?=\S)/iu
const OUTCOME_OF: Readonly<Record<string, BlockKind>> = {
  beslut: 'decision',
  decision: 'decision',
  åtgärd: 'action',
  action: 'action',
  bordläggning: 'tabled',
  tabled: 'tabled',
  'avvikande mening': 'dissent',
  reservation: 'dissent',
  dissent: 'dissent',
}
const BLOCK_TAGS: ReadonlySet<KnownTag> = new Set([
  'p',
  'div',
  'ul',
  'ol',
  'li',
  'hr',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'table',
  'thead',
  'tbody',
  'tr',
  'td',
  'th',
  'blockquote',
])
const MAX_HEADING = 200

/**
 * Builds the blocks of one item's body from the pieces of its cells, however rows and pages cut them.
 * Bullets become discussion points (inner ones indented bullets), underlined beginnings headings, everything
 * else paragraphs. Text is cleaned at the end, so that a word broken over a page is whole by then.
 * @param wrapsAt line length from which on a line end is a soft wrap; Infinity: lines are paragraphs
 */
export function createBodyBuilder(
  item: number,
  survey: HyphenSurvey,
  notes: NoteList,
  wrapsAt = Number.POSITIVE_INFINITY,
): BodyBuilder {
  const drafts: Draft[] = []
  const marks = new Map<string, Mark>()
  let atBoundary = true // the next text opens a block of its own
  let pending: { kind: BlockKind; indent: number } = { kind: 'paragraph', indent: 0 }
  let mayContinue = false // a page or row broke here: the next text may go on the block before
  let listDepth = 0
  let inListItem = false
  const lists: ('ul' | 'ol')[] = []
  let underlineFrom: { draft: Draft; at: number } | null = null
  let lastLineLength = 0

  const last = (): Draft | undefined => drafts.at(-1)
  const boundary = (kind: BlockKind = 'paragraph', indent = 0): void => {
    atBoundary = true
    pending = { kind, indent }
  }
  const open = (): Draft => {
    const draft: Draft = { ...pending, parts: [], length: 0, spans: [], number: 0 }
    drafts.push(draft)
    atBoundary = false
    pending = { kind: 'paragraph', indent: 0 }
    return draft
  }
  const write = (text: string): void => {
    if (text.trim() === '') {
      if (!atBoundary && text !== '') append(last(), ' ')
      return
    }
    if (atBoundary && mayContinue && pending.kind === 'paragraph') {
      const before = last()
      if (before !== undefined && goesOn(before, text)) {
        const start = text.trim().slice(0, 40)
        notes.add('repaired', 'joined-over-page', item, `${tailOf(before)} | ${start}`, `${tailOf(before)} ${start}`)
        append(before, ' ')
        atBoundary = false
      }
    }
    mayContinue = false
    append(atBoundary ? open() : last(), text)
  }
  const append = (draft: Draft | undefined, text: string): void => {
    if (draft === undefined) return
    const from = draft.length
    draft.parts.push(text)
    draft.length += text.length
    for (const mark of marks.values()) draft.spans.push({ from, to: draft.length, mark })
  }

  const writeLine = (line: string): void => {
    let at = 0
    for (const match of line.matchAll(BULLET)) {
      const before = line.slice(at, match.index)
      if (before.trim() !== '') write(before)
      const indent = Math.min(Math.max(listDepth - 1, INNER_BULLET.test(match[0]) ? 1 : 0, 0), MAX_INDENT)
      boundary(indent === 0 ? 'point' : 'bullet', indent)
      mayContinue = false
      at = match.index + match[0].length
    }
    const rest = line.slice(at)
    const numbered = atBoundary ? NUMBERED.exec(rest) : null
    const previous = last()
    if (numbered !== null && pending.kind === 'paragraph') {
      const number = Number(numbered[1])
      if (number === 1 || (previous?.kind === 'numbered' && number === previous.number + 1)) {
        boundary('numbered')
        mayContinue = false
        write(rest.slice(numbered[0].length))
        const draft = last()
        if (draft !== undefined) draft.number = number
        return
      }
    }
    write(rest)
  }

  /** Does a line begin with the next number of a list, or with 1? */
  const opensNumber = (line: string): boolean => {
    const number = Number(NUMBERED.exec(line)?.[1] ?? -1)
    const previous = last()
    return number === 1 || (previous?.kind === 'numbered' && number === previous.number + 1)
  }
  const writeText = (text: string): void => {
    const lines = text.split('\n')
    lines.forEach((line, n) => {
      if (n > 0) lineEnd(line)
      writeLine(line)
      lastLineLength = line.length
    })
  }
  /** Is the end of the line before a soft wrap, or the end of its paragraph? */
  const lineEnd = (next: string): void => {
    const before = last()
    if (before === undefined || atBoundary) return
    if (opensNumber(next)) boundary()
    else if (lastLineLength >= wrapsAt || goesOn(before, next)) append(before, ' ')
    else boundary()
  }

  const closeLists = (): void => {
    lists.length = 0
    listDepth = 0
    inListItem = false
  }
  const openTag = (tag: KnownTag, href: string): void => {
    if ((tag === 'ul' || tag === 'ol' || tag === 'p') && !inListItem) closeLists() // their end tags are often lost
    if (tag === 'ul' || tag === 'ol') {
      lists.push(tag)
      listDepth++
    }
    if (tag === 'li') inListItem = true
    if (tag === 'li')
      boundary(
        lists.at(-1) === 'ol' ? 'numbered' : listDepth > 1 ? 'bullet' : 'point',
        Math.min(Math.max(listDepth - 1, 0), MAX_INDENT),
      )
    else if (/^h[1-6]$/.test(tag)) boundary('heading')
    else if (BLOCK_TAGS.has(tag)) {
      const keepsItem = tag === 'p' && atBoundary && pending.kind !== 'paragraph' // <li><p>
      if (!keepsItem) boundary()
    }
    if (tag === 'b' || tag === 'strong') marks.set('bold', { type: 'bold' })
    if (tag === 'i' || tag === 'em') marks.set('italic', { type: 'italic' })
    if (tag === 'a' && isSafeHref(href)) marks.set('link', { type: 'link', attrs: { href } })
    if (tag === 'u') underlined = true
  }
  const closeTag = (tag: KnownTag): void => {
    if (tag === 'ul' || tag === 'ol') {
      lists.pop()
      listDepth = Math.max(0, listDepth - 1)
    }
    if (tag === 'li') inListItem = false
    if (tag === 'u') endUnderline()
    if (BLOCK_TAGS.has(tag)) boundary()
    if (tag === 'b' || tag === 'strong') marks.delete('bold')
    if (tag === 'i' || tag === 'em') marks.delete('italic')
    if (tag === 'a') marks.delete('link')
  }

  let underlined = false
  /** An underlined beginning of a paragraph that fills it or ends in a colon is a heading. */
  const endUnderline = (): void => {
    const start = underlineFrom
    underlined = false
    underlineFrom = null
    if (start === null || start.at > 0 || start.draft !== last()) return
    const text = start.draft.parts.join('').trim()
    if (start.draft.kind !== 'paragraph' || text.length > MAX_HEADING) return
    if (text.endsWith(':')) {
      start.draft.kind = 'heading'
      boundary()
    } else wholeUnderlined.add(start.draft)
  }
  const readText = (text: string): void => {
    const before = last()
    const wasAtBoundary = atBoundary
    writeText(text)
    const now = last()
    if (!underlined || now === undefined) return
    if (underlineFrom === null) underlineFrom = { draft: now, at: now === before && !wasAtBoundary ? 1 : 0 }
    underlinedLength.set(now, now.length)
  }
  const wholeUnderlined = new Set<Draft>()
  const underlinedLength = new Map<Draft, number>()

  return {
    get isEmpty() {
      return drafts.every((draft) => draft.parts.join('').trim() === '')
    },
    feed(source, join, kind) {
      const tokens = scanTags(source)
      if (tokens.some((token) => token.type !== 'text')) {
        notes.addOnce('repaired', 'tags-removed', item, source.match(/<[^<>]{1,60}>/)?.[0] ?? source)
      }
      if (kind !== undefined) boundary(kind)
      else if (join === 'start') boundary()
      else if (join === 'gap') {
        boundary()
        mayContinue = true
      } else lineEnd(source)
      if (join !== 'line') {
        closeLists()
        marks.clear()
      }
      for (const token of tokens) {
        if (token.type === 'text') readText(token.text)
        else if (token.type === 'open') openTag(token.tag, token.href)
        else closeTag(token.tag)
      }
      if (underlined) endUnderline()
    },
    finish() {
      const blocks: BlockInput[] = []
      for (const draft of drafts) {
        const whole =
          wholeUnderlined.has(draft) && (underlinedLength.get(draft) ?? 0) >= draft.parts.join('').trimEnd().length
        if (whole) draft.kind = 'heading'
        blocks.push(...finished(draft, item, survey, notes))
      }
      return blocks
    },
  }
}

/** Does `next` go on the sentence at the end of a block? */
function goesOn(before: Draft, next: string): boolean {
  const end = tailOf(before)
  if (/\p{L}-$/u.test(end)) return true
  const start = next.trimStart()
  if (/^\p{Ll}/u.test(start)) return true
  if (before.kind === 'heading') return false
  return !/[.!?:;…][)\]”"’']*$/u.test(end)
}

function tailOf(draft: Draft): string {
  return draft.parts.slice(-8).join('').trimEnd().slice(-40)
}

function finished(draft: Draft, item: number, survey: HyphenSurvey, notes: NoteList): readonly BlockInput[] {
  const raw: MarkedText = { text: neutralTags(draft.parts.join('')), spans: draft.spans }
  let marked = cleanMarked(raw, item, survey, notes)
  if (marked.text === '') return []
  if (/<[^<>\s][^<>]*>/u.test(marked.text)) notes.addOnce('doubt', 'angle-brackets', item, marked.text)
  let kind = draft.kind
  if (kind === 'heading') {
    if (marked.text.endsWith(':')) marked = shortened(marked, marked.text.slice(0, -1).trimEnd())
    marked = { text: marked.text, spans: marked.spans.filter(({ mark }) => mark.type === 'link') }
  } else if (kind === 'paragraph') {
    const label = OUTCOME_LABEL.exec(marked.text)
    const allBold = marked.spans.some(
      ({ from, to, mark }) => mark.type === 'bold' && from === 0 && to === marked.text.length,
    )
    if (label !== null) {
      kind = OUTCOME_OF[(label[1] ?? '').toLowerCase()] ?? kind
      notes.add('doubt', 'outcome-label', item, marked.text, marked.text.slice(label[0].length))
      marked = withoutStart(marked, label[0].length)
    } else if (isTabling(marked.text)) {
      kind = 'tabled'
      notes.add('doubt', 'tabled', item, marked.text, marked.text)
    } else if (allBold && marked.text.length <= MAX_HEADING && !/[.!?]$/u.test(marked.text)) {
      return finished({ ...draft, kind: 'heading' }, item, survey, notes)
    }
  }
  if (kind === 'paragraph' || kind === 'point') noteOutcomesInProse(marked.text, item, notes)
  const attributes = { kind, ...(draft.indent > 0 && { indent: draft.indent }) }
  if (marked.text.length <= MAX_BLOCK_LENGTH) return [{ ...attributes, content: contentOf(marked) }]
  const pieces: BlockInput[] = []
  for (let rest = marked.text; rest !== ''; ) {
    const space = rest.length > MAX_BLOCK_LENGTH ? rest.lastIndexOf(' ', MAX_BLOCK_LENGTH) : rest.length
    const cut = space > 0 ? space : MAX_BLOCK_LENGTH
    pieces.push({ ...attributes, content: rest.slice(0, cut) })
    rest = rest.slice(cut).trimStart()
  }
  return pieces
}

function shortened({ spans }: MarkedText, text: string): MarkedText {
  return {
    text,
    spans: spans.map((span) => ({ ...span, to: Math.min(span.to, text.length) })).filter(({ from, to }) => from < to),
  }
}

function withoutStart({ text, spans }: MarkedText, length: number): MarkedText {
  const moved = spans.map(({ from, to, mark }) => ({
    from: Math.max(0, from - length),
    to: Math.max(0, to - length),
    mark,
  }))
  return { text: text.slice(length), spans: moved.filter(({ from, to }) => from < to) }
}
