import { type BlockKind, isSafeHref, MAX_INDENT } from '@justera/minutes'
import { type LeftOut, LeftOutCount } from './leftOut.ts'
import { cleanText, styleOf, takeListSign } from './pastedText.ts'
import { dropUnplaceable } from './unplaceable.ts'

/** A stretch of a pasted block; `null` is a line break. */
type Piece = { readonly text: string; readonly marks: Marks } | null
type Marks = { readonly bold: boolean; readonly italic: boolean; readonly href: string | null }
type PastedBlock = { readonly kind: BlockKind; readonly indent: number; readonly pieces: readonly Piece[] }

const PLAIN: Marks = { bold: false, italic: false, href: null }
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER FORM H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
)
const HEADING = /^H[1-6]$/

/**
 * Flattens pasted HTML (Word, Google Docs, web pages) to one paragraph for each block, in the order of the text:
 * list depth becomes indent, list kind becomes kind, Word's bullets lose their bullet text, one table row becomes one
 * block with its cells joined by a tab. Empty blocks are dropped; bold, italic and safe links stay.
 * Our own clipboard comes back as it is.
 * @param parse reads HTML without running anything in it
 */
export function flattenHtml(
  html: string,
  parse: (html: string) => Document,
): { readonly html: string; readonly leftOut: readonly LeftOut[]; readonly blockCount: number } {
  const { body } = parse(html)
  if (body.querySelector('[data-pm-slice]') !== null && body.querySelector('[data-kind]') !== null) {
    return { html, leftOut: [], blockCount: body.querySelectorAll('[data-kind]').length }
  }
  const leftOut = new LeftOutCount()
  dropUnplaceable(body, leftOut)
  const flattener = new Flattener(leftOut)
  flattener.walkChildren(body, { marks: PLAIN, item: null, depth: 0 })
  flattener.close()
  const out = parse('').body
  for (const block of flattener.blocks) out.append(drawBlock(block, out.ownerDocument))
  return { html: out.innerHTML, leftOut: leftOut.list(), blockCount: flattener.blocks.length }
}

type Context = {
  readonly marks: Marks
  /** The list item around: its first paragraph is the item, a later one is plain text below it. */
  readonly item: { hasText: boolean } | null
  /** How many lists are around. */
  readonly depth: number
}

class Flattener {
  readonly blocks: PastedBlock[] = []
  private readonly leftOut: LeftOutCount
  private pieces: Piece[] = []
  private kind: BlockKind = 'paragraph'
  private indent = 0
  private isInRow = false

  constructor(leftOut: LeftOutCount) {
    this.leftOut = leftOut
  }

  walkChildren(parent: Node, context: Context): void {
    for (const child of parent.childNodes) this.walk(child, context)
  }

  /** Ends the block that is being gathered; an empty one leaves nothing. */
  close(): void {
    const pieces = trim(this.pieces)
    this.pieces = []
    if (pieces.length > 0) this.blocks.push({ kind: this.kind, indent: this.indent, pieces })
  }

  private open(kind: BlockKind, indent: number): void {
    this.close()
    this.kind = kind
    this.indent = Math.min(Math.max(indent, 0), MAX_INDENT)
  }

  private walk(node: Node, context: Context): void {
    if (node.nodeType === 3) {
      this.addText(node.nodeValue ?? '', context.marks)
      return
    }
    if (node.nodeType !== 1) return
    const element = node as HTMLElement
    const { tagName } = element
    if (tagName === 'BR') {
      this.addBreak()
      return
    }
    if (tagName === 'TR' && !this.isInRow) {
      this.walkRow(element, context)
      return
    }
    if (!BLOCKS.has(tagName) || this.isInRow) {
      if (this.isInRow && BLOCKS.has(tagName)) this.addText(' ', context.marks)
      if (tagName === 'PRE') this.addLines(element.textContent ?? '', context.marks)
      else this.walkChildren(element, { ...context, marks: this.marksOf(element, context.marks) })
      return
    }
    this.walkBlock(element, context)
  }

  private walkBlock(element: HTMLElement, context: Context): void {
    const { tagName } = element
    const inner = { ...context, marks: this.marksOf(element, context.marks) }
    if (tagName === 'UL' || tagName === 'OL') {
      this.open('paragraph', 0)
      this.walkChildren(element, { ...inner, depth: context.depth + 1 })
    } else if (tagName === 'LI') {
      this.open(element.parentElement?.tagName === 'OL' ? 'numbered' : 'bullet', context.depth - 1)
      this.walkChildren(element, { ...inner, item: { hasText: false } })
    } else {
      const word = wordListOf(element)
      const isItemsFirst = context.item !== null && !context.item.hasText && !HEADING.test(tagName)
      if (word !== null) this.open(word.kind, word.indent)
      else if (HEADING.test(tagName)) this.open('heading', 0)
      else if (!isItemsFirst || this.pieces.length > 0) this.open('paragraph', 0)
      if (word !== null) dropIgnored(element)
      if (tagName === 'PRE') this.addLines(element.textContent ?? '', inner.marks)
      else this.walkChildren(element, inner)
      if (context.item !== null && this.pieces.length > 0) context.item.hasText = true
      if (this.kind === 'paragraph') this.recogniseSign()
    }
    this.open('paragraph', 0)
  }

  /** One row is one block: cells joined by a tab, what breaks lines within a cell by a space. */
  private walkRow(row: HTMLElement, context: Context): void {
    this.open('paragraph', 0)
    this.isInRow = true
    let isFirst = true
    for (const cell of row.children) {
      if (!isFirst) this.pieces.push({ text: '\t', marks: PLAIN })
      isFirst = false
      const start = this.pieces.length
      this.walkChildren(cell, { ...context, marks: this.marksOf(cell as HTMLElement, PLAIN) })
      this.pieces.splice(start, Number.POSITIVE_INFINITY, ...trim(this.pieces.slice(start)))
    }
    this.isInRow = false
    if (this.pieces.every((piece) => piece === null || piece.text.trim() === '')) this.pieces = []
    this.open('paragraph', 0)
  }

  private addText(raw: string, marks: Marks): void {
    const text = cleanText(raw).replace(/[ \t\n\r\f]+/g, ' ')
    if (text === '') return
    const last = this.pieces.at(-1)
    const follows = last === undefined || last === null || /[ \t]$/.test(last.text)
    const kept = follows ? text.replace(/^ /, '') : text
    if (kept !== '') this.pieces.push({ text: kept, marks })
  }

  private addBreak(): void {
    if (this.isInRow) this.addText(' ', PLAIN)
    else if (this.pieces.at(-1) === null) {
      const { kind, indent } = this
      this.open(kind, indent)
    } else if (this.pieces.length > 0) this.pieces.push(null)
  }

  private addLines(text: string, marks: Marks): void {
    text.split(/\r\n?|\n/).forEach((line, n) => {
      if (n > 0) this.open(this.kind, this.indent)
      if (line.trim() !== '') this.pieces.push({ text: cleanText(line), marks })
    })
  }

  /** "·   Text" in a plain paragraph is how Word and mail programs paste a bullet. */
  private recogniseSign(): void {
    const first = this.pieces[0]
    if (first === undefined || first === null) return
    const sign = takeListSign(first.text)
    if (sign === null) return
    this.kind = sign.kind
    this.pieces[0] = { ...first, text: sign.rest }
  }

  private marksOf(element: HTMLElement, marks: Marks): Marks {
    const { tagName } = element
    const weight = styleOf(element, 'font-weight')
    const slant = styleOf(element, 'font-style')
    let { bold, italic, href } = marks
    if (tagName === 'STRONG' || tagName === 'B') bold = true
    if (tagName === 'EM' || tagName === 'I') italic = true
    if (/^(normal|[1-5]\d{2})$/.test(weight)) bold = false
    else if (/^(bold(er)?|[6-9]\d{2})$/.test(weight)) bold = true
    if (slant === 'normal') italic = false
    else if (slant === 'italic' || slant === 'oblique') italic = true
    if (HEADING.test(tagName)) bold = false
    if (tagName === 'A' && element.hasAttribute('href')) {
      const target = element.getAttribute('href') ?? ''
      const isWithinPage = target.startsWith('#')
      if (isSafeHref(target)) href = target
      else if (!isWithinPage) this.leftOut.add('unsafeLink')
    }
    return { bold, italic, href }
  }
}

/** Kind and level of a paragraph that Word meant as a list item. */
function wordListOf(element: HTMLElement): { readonly kind: BlockKind; readonly indent: number } | null {
  const level = /level(\d+)/.exec(styleOf(element, 'mso-list'))?.[1]
  if (level === undefined) return null
  const sign = [...element.querySelectorAll('[style]')].find(isIgnored)?.textContent?.trim() ?? ''
  const isNumbered = /^\(?([0-9]+|[a-z]{1,4})[.)]/i.test(sign) && sign.toLowerCase() !== 'o'
  return { kind: isNumbered ? 'numbered' : 'bullet', indent: Number(level) - 1 }
}

function isIgnored(element: Element): boolean {
  return styleOf(element, 'mso-list') === 'ignore'
}

function dropIgnored(element: HTMLElement): void {
  for (const sign of [...element.querySelectorAll('[style]')].filter(isIgnored)) sign.remove()
}

/** Without breaks and spaces at either end. */
function trim(pieces: readonly Piece[]): readonly Piece[] {
  const kept = [...pieces]
  for (let end = kept.at(-1); kept.length > 0; end = kept.at(-1)) {
    const text = end?.text.replace(/ +$/, '') ?? ''
    if (end && text !== '') {
      kept[kept.length - 1] = { ...end, text }
      break
    }
    kept.pop()
  }
  for (let start = kept[0]; kept.length > 0; start = kept[0]) {
    const text = start?.text.replace(/^ +/, '') ?? ''
    if (start && text !== '') {
      kept[0] = { ...start, text }
      break
    }
    kept.shift()
  }
  return kept
}

function drawBlock({ kind, indent, pieces }: PastedBlock, doc: Document): HTMLElement {
  // ProseMirror keeps the tabs of a pre; elsewhere it folds white space.
  const block = doc.createElement('pre')
  block.setAttribute('data-kind', kind)
  if (indent > 0) block.setAttribute('data-indent', String(indent))
  for (const piece of pieces) {
    if (piece === null) {
      block.append(doc.createElement('br'))
      continue
    }
    let inner: Node = doc.createTextNode(piece.text)
    const wrap = (tag: string): HTMLElement => {
      const outer = doc.createElement(tag)
      outer.append(inner)
      inner = outer
      return outer
    }
    if (piece.marks.italic) wrap('em')
    if (piece.marks.bold) wrap('strong')
    if (piece.marks.href !== null) wrap('a').setAttribute('href', piece.marks.href)
    block.append(inner)
  }
  return block
}
