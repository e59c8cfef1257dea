/** What a column of an agenda table holds; null where its head is unknown. */
export type Column =
  | { readonly role: 'number' | 'title' | 'presenters' }
  | { readonly role: 'body'; readonly kind: 'paragraph' | 'decision' | 'action' }
  | { readonly role: 'unknown'; readonly head: string }

export type TableHead = { readonly delimiter: '\t' | '|' | ';'; readonly columns: readonly Column[] }

const NUMBER = /^(?:nr|nummer|no|#|§|p|para(?:graf)?|punkt ?nr|ärende ?nr|dp)\.?$/iu
const NUMBER_OR_TITLE = /^(?:punkt|dagordningspunkt)$/iu
const TITLE =
  /^(?:ärende|ärenden|ärenderubrik|rubrik|ämne|fråga|frågor|dagordning|dagordningspunkt|agenda|agendapunkt|item|subject|topic|title)$/iu
const PRESENTERS =
  /^(?:föredragande|föredragare|föredras av|presenteras av|presentatör|ansvarig|ansvariga|rapportör|presenter|presenters|presented by|responsible|vem)$/iu
const BODY =
  /^(?:beslut|åtgärd|anteckning|notering|diskussion|kommentar|sammanfattning|innehåll|minnesanteckning|redogörelse|protokoll|utfall|decision|action|note|discussion|minutes|outcome)/iu

/** Reads a line as the head of an agenda table; null when it is none: it takes a title and one more known column. */
export function readTableHead(line: string): TableHead | null {
  if (line.length > 400) return null
  for (const delimiter of ['\t', '|', ';'] as const) {
    const heads = splitCells(line, delimiter)
    if (heads.length < 2) continue
    const columns = columnsOf(heads)
    if (columns !== null) return { delimiter, columns }
  }
  return null
}

function columnsOf(heads: readonly string[]): readonly Column[] | null {
  const names = heads.map((head) =>
    head
      .replace(/<[^<>]*>|\*\*/g, ' ')
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/:$/, ''),
  )
  const firsts = names.map(firstName)
  const hasNumber = firsts.some((name) => NUMBER.test(name))
  const hasTitle = firsts.some((name) => TITLE.test(name))
  const taken = new Set<string>()
  const once = (role: 'number' | 'title' | 'presenters', head: string): Column => {
    if (taken.has(role)) return { role: 'unknown', head }
    taken.add(role)
    return { role }
  }
  const bodies = firsts.filter((name) => BODY.test(name)).length
  const columns = names.map((head, n): Column => {
    const name = firsts[n] ?? ''
    if (NUMBER.test(name)) return once('number', head)
    if (NUMBER_OR_TITLE.test(name) && (hasTitle || !hasNumber)) return once(hasTitle ? 'number' : 'title', head)
    if (TITLE.test(name) || NUMBER_OR_TITLE.test(name)) return once('title', head)
    if (PRESENTERS.test(name)) return once('presenters', head)
    if (!BODY.test(name)) return { role: 'unknown', head }
    if (bodies > 1 && /^(?:beslut|decision)s?$/iu.test(head)) return { role: 'body', kind: 'decision' }
    if (bodies > 1 && /^(?:åtgärd|åtgärder|action|actions)$/iu.test(head)) return { role: 'body', kind: 'action' }
    return { role: 'body', kind: 'paragraph' }
  })
  const known = columns.filter((column) => column.role !== 'unknown').length
  return taken.has('title') && known >= 2 ? columns : null
}

/** Of a head with two names ("Ärende/rubrik", "Beslut, åtgärd etc.", "Punkt/§") the one that decides. */
function firstName(head: string): string {
  const parts = head.split(/\s*(?:[/,]| och )\s*/u)
  const numbers = parts.every((part) => NUMBER.test(part) || NUMBER_OR_TITLE.test(part))
  return (numbers ? parts.find((part) => NUMBER.test(part)) : undefined) ?? parts[0] ?? ''
}

/** The cells of one line; a table drawn with bars loses its outer ones. Cells past the last column join it. */
export function splitCells(
  line: string,
  delimiter: TableHead['delimiter'],
  columns = Number.POSITIVE_INFINITY,
): readonly string[] {
  const inner = delimiter === '|' ? line.trim().replace(/^\|/, '').replace(/\|$/, '') : line
  const cells = inner.split(delimiter)
  if (cells.length <= columns) return cells
  return [...cells.slice(0, columns - 1), cells.slice(columns - 1).join(' ')]
}

/** True for a line that only draws a rule: dashes, equals signs, blanks, bars. */
export function isRule(line: string): boolean {
  return /[-–—_=]{2}/u.test(line) && /^[-–—_=\s|:+*]*$/u.test(line)
}

/** True for "Sida 2 (7)", "2 (7)", "2/7", "Page 2 of 7" standing alone on a line. */
export function isPageNumber(line: string): boolean {
  return /^\s*(?:(?:sida?|sid\.|page)\s*\d{1,4}(?:\s*(?:\(\d{1,4}\)|\/\s*\d{1,4}|av\s+\d{1,4}|of\s+\d{1,4}))?|\d{1,4}\s*\(\d{1,4}\))\s*$/iu.test(
    line,
  )
}
