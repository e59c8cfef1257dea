import { isSafeHref, type MARK_TYPES } from '@justera/minutes'
import { Fragment, Mark, type Node, type Schema } from '@tiptap/pm/model'
import type { Attributes, Embed } from './units.ts'

/** Formatting of every known mark, with null for those that are off: an insertion inherits nothing. */
export type ExplicitAttributes = Record<(typeof MARK_TYPES)[number], unknown>

/** Stored formatting → the marks that this version draws. Unknown ones stay in the text, undrawn. */
export function marksOf(schema: Schema, attributes: Attributes): readonly Mark[] {
  if (attributes.size === 0) return Mark.none
  const marks: Mark[] = []
  for (const name of ['bold', 'italic'] as const) {
    const value = attributes.get(name)
    const type = schema.marks[name]
    if (type !== undefined && value !== undefined && value !== null && value !== false) marks.push(type.create())
  }
  const link = attributes.get('link')
  if (schema.marks.link !== undefined && typeof link === 'object' && link !== null && 'href' in link) {
    const { href } = link
    if (isSafeHref(href)) marks.push(schema.marks.link.create({ href }))
  }
  return Mark.setFrom(marks)
}

/** Marks → stored formatting, explicit for each known mark. */
export function attributesOf(marks: readonly Mark[]): ExplicitAttributes {
  const attributes: ExplicitAttributes = { bold: null, italic: null, link: null }
  for (const mark of marks) Object.assign(attributes, attributeOf(mark))
  return attributes
}

/** One mark as stored formatting. */
export function attributeOf(mark: Mark): Record<string, unknown> {
  return { [mark.type.name]: mark.type.name === 'link' ? { href: mark.attrs.href } : true }
}

/** Text → text nodes, with a hard break for each `\n`. */
export function nodesOfText(schema: Schema, text: string, marks: readonly Mark[]): Node[] {
  const nodes: Node[] = []
  const lines = text.split('\n')
  lines.forEach((line, n) => {
    if (n > 0) nodes.push(schema.node('hardBreak', null, undefined, marks))
    if (line !== '') nodes.push(schema.text(line, marks))
  })
  return nodes
}

/** An embed → the atom that draws it; what is not a mention is drawn plainly and keeps its value. */
export function nodeOfEmbed(schema: Schema, { embed }: Embed, marks: readonly Mark[]): Node {
  if (embed !== null && 'mention' in embed) {
    const label = typeof embed.label === 'string' ? embed.label : ''
    return schema.node('mention', { mention: String(embed.mention), label }, undefined, marks)
  }
  return schema.node('unknown', { value: embed }, undefined, marks)
}

/** An atom → the embed to store. */
export function embedOfNode(node: Node): Record<string, unknown> {
  if (node.type.name === 'mention') return { mention: node.attrs.mention, label: node.attrs.label }
  const value: unknown = node.attrs.value
  return typeof value === 'object' && value !== null ? { ...value } : { unknown: true }
}

export function fragmentOf(nodes: readonly Node[]): Fragment {
  return Fragment.fromArray([...nodes])
}
