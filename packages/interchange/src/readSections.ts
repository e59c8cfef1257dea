import { isPageNumber, isRule } from './agendaTable.ts'
import { createBodyBuilder } from './bodyBuilder.ts'
import type { HyphenSurvey } from './cleanText.ts'
import { readNumberedTitle } from './itemNumber.ts'
import type { NoteList } from './noteList.ts'
import { isClosing, type RawAgenda, type RawItem } from './rawItem.ts'
import { isBareAttendanceLabel } from './readPreamble.ts'

const MAX_TITLE_LINE = 200
const PRESENTERS_LINE = /^\s*(?:föredragande|föredragare|föredras av|presenter|presenters|ansvarig)\s*:\s*/iu

/**
 * Reads the agenda from numbered sections in plain paragraphs ("§ 12 Val av justerare", "3. Ekonomi").
 * Only numbers that go on the series open an item; others are lists inside one. Null when there are none.
 */
export function readSections(lines: readonly string[], survey: HyphenSurvey, notes: NoteList): RawAgenda | null {
  const starts = sectionStarts(lines)
  const firstLine = starts[0]
  if (firstLine === undefined) return null
  const wrapsAt = wrapLength(lines)
  const startSet = new Set(starts)
  const items: RawItem[] = []
  const leftOver: string[] = []
  let gap = false
  let closed = false
  let titleOpen = false
  for (let n = firstLine; n < lines.length; n++) {
    const line = lines[n] ?? ''
    const titled = startSet.has(n) ? readNumberedTitle(line) : null
    if (titled !== null) {
      closed = false
      items.push({
        number: titled.number,
        title: titled.title,
        presenters: '',
        body: createBodyBuilder(items.length, survey, notes, wrapsAt),
      })
      titleOpen = line.length >= wrapsAt || /[-,]$/.test(titled.title)
      gap = true
      continue
    }
    const item = items.at(-1) as RawItem
    if (line.trim() === '' || isRule(line)) {
      gap = true
      titleOpen = false
    } else if (isPageNumber(line)) {
      notes.add('repaired', 'page-furniture', null, line)
      gap = true
    } else if (closed || isClosing(line)) {
      closed = true
      leftOver.push(line)
    } else if (titleOpen && /^\s*[\p{Ll}\d]/u.test(line)) {
      item.title = `${item.title} ${line.trim()}`
      titleOpen = line.length >= wrapsAt
    } else if (PRESENTERS_LINE.test(line) && item.presenters === '') {
      item.presenters = line.replace(PRESENTERS_LINE, '').trim()
      titleOpen = false
    } else {
      item.body.feed(line.replaceAll('\t', ' '), gap ? 'gap' : 'line')
      gap = false
      titleOpen = false
    }
  }
  return { items, firstLine, leftOver }
}

/** Lines that open a section: the numbers rise by one; with "§" anywhere, only lines with "§" count. */
function sectionStarts(lines: readonly string[]): readonly number[] {
  const candidates: {
    readonly line: number
    readonly value: number
    readonly paragraph: boolean
    readonly afterGap: boolean
  }[] = []
  let amongPeople = false
  lines.forEach((line, n) => {
    amongPeople = isBareAttendanceLabel(line) || (amongPeople && line.trim() !== '')
    if (amongPeople || line.length > MAX_TITLE_LINE) return
    const titled = readNumberedTitle(line)
    if (titled === null || !/\p{L}/u.test(titled.title)) return
    const before = lines[n - 1] ?? ''
    candidates.push({
      line: n,
      value: titled.number.value,
      paragraph: titled.number.paragraph,
      afterGap: before.trim() === '' || isRule(before),
    })
  })
  const paragraphs = candidates.filter((candidate) => candidate.paragraph)
  const family = paragraphs.length > 0 ? paragraphs : candidates
  const spaced = series(family.filter((candidate) => candidate.afterGap))
  return spaced.length >= 2 ? spaced : series(family)
}

function series(candidates: readonly { readonly line: number; readonly value: number }[]): readonly number[] {
  const starts: number[] = []
  let expected: number | null = null
  for (const { line, value } of candidates) {
    if (expected !== null && value !== expected) continue
    starts.push(line)
    expected = value + 1
  }
  return starts
}

/** A line this long was wrapped by a program, so its end is no paragraph's end. Infinity: the file does not wrap. */
function wrapLength(lines: readonly string[]): number {
  const lengths = lines.map((line) => line.length).filter((length) => length > 40)
  const longest = lengths.reduce((a, b) => Math.max(a, b), 0)
  return longest === 0 || longest > 120 ? Number.POSITIVE_INFINITY : longest * 0.8
}
