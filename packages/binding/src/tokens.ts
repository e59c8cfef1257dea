import { type BlockAttributes, blockAttributes } from '@justera/minutes'
import { type Fragment, Mark, type Node, type Slice } from '@tiptap/pm/model'
import { embedOfNode } from './inlineContent.ts'

/** A document seen as the text sees it: block-opens and inline units; block-closes are nothing. */
export type Token =
  | { readonly type: 'open'; readonly attributes: BlockAttributes }
  /** One code point, or one half of a surrogate pair that stands alone. */
  | { readonly type: 'text'; readonly text: string; readonly marks: readonly Mark[] }
  | { readonly type: 'atom'; readonly embed: Readonly<Record<string, unknown>>; readonly marks: readonly Mark[] }

/** Units that a token takes in the text. */
export function lengthOf(token: Token): number {
  return token.type === 'text' ? token.text.length : 1
}

/** The tokens between two positions of a document. */
export function tokensBetween(doc: Node, from: number, to: number): readonly Token[] {
  const tokens: Token[] = []
  doc.forEach((block, offset) => {
    const end = offset + block.nodeSize
    if (end <= from || offset >= to) return
    if (offset >= from) tokens.push(openOf(block))
    const start = Math.max(from - offset - 1, 0)
    const stop = Math.min(to - offset - 1, block.content.size)
    if (stop > start) pushInline(tokens, block.content.cut(start, stop))
  })
  return tokens
}

/** The tokens that a slice inserts: an open for each block except a first one that continues the block it lands in. */
export function tokensOfSlice(slice: Slice): readonly Token[] {
  const tokens: Token[] = []
  slice.content.forEach((node, _offset, n) => {
    if (node.isInline) pushNode(tokens, node)
    else {
      if (n > 0 || slice.openStart === 0) tokens.push(openOf(node))
      pushInline(tokens, node.content)
    }
  })
  return tokens
}

/** Equal tokens; opens are equal when their attributes are. */
export function sameToken(a: Token, b: Token): boolean {
  switch (a.type) {
    case 'open':
      return b.type === 'open' && changedAttributes(a.attributes, b.attributes).length === 0
    case 'text':
      return b.type === 'text' && a.text === b.text && Mark.sameSet(a.marks, b.marks)
    case 'atom':
      return b.type === 'atom' && JSON.stringify(a.embed) === JSON.stringify(b.embed) && Mark.sameSet(a.marks, b.marks)
  }
}

/** The keys in which `after` differs from `before`, with their new values. */
export function changedAttributes(
  before: BlockAttributes,
  after: BlockAttributes,
): readonly (readonly [keyof BlockAttributes, string | number])[] {
  return (Object.keys(after) as (keyof BlockAttributes)[])
    .filter((key) => before[key] !== after[key])
    .map((key) => [key, after[key]] as const)
}

function openOf(block: Node): Token {
  return { type: 'open', attributes: blockAttributes((key) => block.attrs[key]) }
}

function pushInline(tokens: Token[], content: Fragment): void {
  content.forEach((node) => {
    pushNode(tokens, node)
  })
}

function pushNode(tokens: Token[], node: Node): void {
  const { marks } = node
  if (node.type.name === 'hardBreak') tokens.push({ type: 'text', text: '\n', marks })
  else if (node.text !== undefined) for (const text of node.text) tokens.push({ type: 'text', text, marks })
  else tokens.push({ type: 'atom', embed: embedOfNode(node), marks })
}
