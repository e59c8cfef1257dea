import { type Column, isPageNumber, isRule, readTableHead, splitCells, type TableHead } from './agendaTable.ts'
import { createBodyBuilder } from './bodyBuilder.ts'
import type { HyphenSurvey } from './cleanText.ts'
import { readNumber, readNumberedTitle } from './itemNumber.ts'
import type { NoteList } from './noteList.ts'
import { isClosing, type RawAgenda, type RawItem } from './rawItem.ts'

/**
 * Reads the agenda from a table whose columns are known by their heads. A row without number and title
 * goes on the item before it, also inside a sentence; so does a line without cells. Null when there is no table.
 */
export function readTable(lines: readonly string[], survey: HyphenSurvey, notes: NoteList): RawAgenda | null {
  const firstLine = lines.findIndex((line) => readTableHead(line) !== null)
  const head = firstLine < 0 ? null : readTableHead(lines[firstLine] ?? '')
  if (head === null) return null
  const items: RawItem[] = []
  const leftOver: string[] = []
  let gap = true
  let closed = false
  let current = head
  let cellEnd: 'title' | 'presenters' | 'body' = 'body' // the cell that a line without cells goes on
  for (const line of lines.slice(firstLine + 1)) {
    if (line.trim() === '') {
      gap = true
      continue
    }
    const repeated = readTableHead(line)
    if (repeated !== null) {
      current = repeated // the columns may stand otherwise on the next page
      gap = true
      closed = false
      continue
    }
    if (isRule(line)) {
      gap = true
      continue
    }
    if (isPageNumber(line)) {
      notes.add('repaired', 'page-furniture', null, line)
      gap = true
      continue
    }
    const isRow =
      line.includes(current.delimiter) && !(current.delimiter === ';' && readRow(line, current).number === '')
    if (!isRow || closed) {
      closed ||= isClosing(line)
      const item = items.at(-1)
      if (closed || item === undefined) leftOver.push(line)
      else if (gap || cellEnd === 'body') item.body.feed(line, gap ? 'gap' : 'line')
      else item[cellEnd] = `${item[cellEnd]} ${line.trim()}`
      gap = false
      continue
    }
    readInto(items, readRow(line, current), survey, notes)
    cellEnd = lastCell(line, current)
    gap = false
  }
  return items.length === 0 ? null : { items, firstLine, leftOver }
}

function lastCell(line: string, { delimiter, columns }: TableHead): 'title' | 'presenters' | 'body' {
  const cells = splitCells(line, delimiter, columns.length)
  const role = columns[cells.findLastIndex((cell) => cell.trim() !== '')]?.role
  return role === 'title' || role === 'presenters' ? role : 'body'
}

type Row = {
  readonly number: string
  readonly title: string
  readonly presenters: string
  readonly bodies: readonly { readonly text: string; readonly kind: 'paragraph' | 'decision' | 'action' }[]
  readonly unknown: readonly { readonly head: string; readonly text: string }[]
}

function readRow(line: string, { delimiter, columns }: TableHead): Row {
  const cells = splitCells(line, delimiter, columns.length)
  const textOf = (role: Column['role']): string => {
    const n = columns.findIndex((column) => column.role === role)
    return n < 0 ? '' : (cells[n] ?? '').trim()
  }
  const bodies: Row['bodies'][number][] = []
  const unknown: Row['unknown'][number][] = []
  columns.forEach((column, n) => {
    const text = cells[n] ?? ''
    if (text.trim() === '') return
    if (column.role === 'body') bodies.push({ text, kind: column.kind })
    if (column.role === 'unknown') unknown.push({ head: column.head, text })
  })
  return { number: textOf('number'), title: textOf('title'), presenters: textOf('presenters'), bodies, unknown }
}

function readInto(items: RawItem[], row: Row, survey: HyphenSurvey, notes: NoteList): void {
  const before = items.at(-1)
  const continues = before !== undefined && continuesItem(before, row)
  let item = before
  if (item === undefined || !continues) {
    const titled = row.number === '' ? readNumberedTitle(row.title) : null
    item = {
      number: titled?.number ?? readNumber(row.number),
      title: titled?.title ?? row.title,
      presenters: row.presenters,
      body: createBodyBuilder(items.length, survey, notes),
    }
    if (item.number === null) notes.add('doubt', 'unnumbered-item', items.length, `${row.number} ${row.title}`)
    items.push(item)
  } else {
    if (row.title !== '' && !isRepeatedTitle(item.title, row.title)) item.title = `${item.title} ${row.title}`
    if (row.presenters !== '' && !item.presenters.includes(row.presenters)) {
      item.presenters = [item.presenters, row.presenters]
        .filter((part) => part !== '')
        .join(/,$/.test(item.presenters) ? ' ' : ', ')
    }
  }
  for (const { text, kind } of row.bodies) {
    const first = text === row.bodies[0]?.text
    if (kind === 'paragraph') item.body.feed(text, continues && first ? 'gap' : 'start')
    else item.body.feed(text, 'start', kind)
  }
  for (const { head, text } of row.unknown) {
    const line = head === '' ? text : `${head}: ${text}`
    notes.add('doubt', 'unknown-column', items.length - 1, line)
    item.body.feed(line, 'start')
  }
}

/** A row with no number of its own, or one that repeats number and title after a page break. */
function continuesItem(before: RawItem, row: Row): boolean {
  if (row.number === '') {
    if (row.title === '' || isRepeatedTitle(before.title, row.title)) return true
    return readNumberedTitle(row.title) === null && (/^\p{Ll}/u.test(row.title) || /[-,]$/.test(before.title))
  }
  const number = readNumber(row.number)
  const sameNumber = number !== null && before.number !== null && number.written === before.number.written
  return (sameNumber && isRepeatedTitle(before.title, row.title)) || /^forts/iu.test(row.number)
}

function isRepeatedTitle(title: string, again: string): boolean {
  const bare = again.replace(/[\s,(]*forts(?:\.|ättning)?\)?\s*$/iu, '')
  return bare === title || (bare === '' && again !== '')
}
