import { BLOCK_KINDS, DEFAULT_BLOCK, isBlockKind, isSafeHref, MAX_INDENT } from '@justera/minutes'
import { type Attribute, type Extensions, Mark, Node } from '@tiptap/core'
import type { DrawBlock, FactKind } from './blockDrawing.ts'
import { BlockView } from './blockView.ts'

export type SchemaOptions = {
  /** Wording around blocks; left out: none (tests, clipboard). */
  readonly drawBlock?: DrawBlock
  /** Called when a person presses a fact. `position` stands before the block; see `setBlockAttribute`. */
  readonly onEditFact?: (kind: FactKind, position: number, anchor: HTMLElement) => void
}

const textAttribute = (name: string): Attribute => ({
  default: '',
  validate: 'string',
  parseHTML: (element) => element.getAttribute(`data-${name}`) ?? '',
  renderHTML: (attributes) => (attributes[name] === '' ? {} : { [`data-${name}`]: attributes[name] }),
})

const Document = Node.create({ name: 'doc', topNode: true, content: 'block+' })

const Text = Node.create({ name: 'text', group: 'inline' })

/**
 * A block carries its marker's keys except `id`: editing commands copy attributes freely, and only the
 * binding may give an id.
 */
function blockNode(options: SchemaOptions): Node {
  return Node.create({
    name: 'block',
    content: 'inline*',
    defining: true,
    addAttributes() {
      return {
        kind: {
          default: DEFAULT_BLOCK.kind,
          validate: (value: unknown) => {
            if (!isBlockKind(value)) throw new RangeError(`kind is one of ${BLOCK_KINDS.join(', ')}`)
          },
          parseHTML: (element) => {
            const kind = element.getAttribute('data-kind')
            if (isBlockKind(kind)) return kind
            return /^H[1-6]$/.test(element.tagName) ? 'heading' : DEFAULT_BLOCK.kind
          },
          renderHTML: (attributes) => ({ 'data-kind': attributes.kind }),
        },
        indent: {
          default: DEFAULT_BLOCK.indent,
          validate: (value: unknown) => {
            if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > MAX_INDENT)
              throw new RangeError(`indent is 0 to ${MAX_INDENT}`)
          },
          parseHTML: (element) => {
            const indent = Number(element.getAttribute('data-indent') ?? 0)
            return Number.isInteger(indent) ? Math.min(Math.max(indent, 0), MAX_INDENT) : 0
          },
          renderHTML: (attributes) => (attributes.indent === 0 ? {} : { 'data-indent': attributes.indent }),
        },
        responsible: textAttribute('responsible'),
        responsibleId: textAttribute('responsible-id'),
        due: textAttribute('due'),
        party: textAttribute('party'),
      }
    },
    parseHTML() {
      return ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'li', 'div', 'pre'].map((tag) => ({ tag }))
    },
    renderHTML({ node, HTMLAttributes }) {
      return [node.attrs.kind === 'heading' ? 'h3' : 'p', HTMLAttributes, 0]
    },
    addNodeView() {
      return ({ node, getPos, view }) => new BlockView(node, view, getPos, options)
    },
  })
}

const HardBreak = Node.create({
  name: 'hardBreak',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML() {
    return [{ tag: 'br' }]
  },
  renderHTML() {
    return ['br']
  },
  renderText() {
    return '\n'
  },
})

const Mention = Node.create({
  name: 'mention',
  group: 'inline',
  inline: true,
  atom: true,
  selectable: true,
  addAttributes() {
    return {
      mention: { default: '', validate: 'string', parseHTML: (element) => element.getAttribute('data-mention') ?? '' },
      label: { default: '', validate: 'string', parseHTML: (element) => element.textContent ?? '' },
    }
  },
  parseHTML() {
    return [{ tag: 'span[data-mention]' }]
  },
  renderHTML({ node }) {
    return ['span', { class: 'mention', 'data-mention': node.attrs.mention }, node.attrs.label]
  },
  renderText({ node }) {
    return node.attrs.label
  },
})

/** An embed of a later version: one visible place that keeps its value. */
const Unknown = Node.create({
  name: 'unknown',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes() {
    return { value: { default: null, rendered: false } }
  },
  renderHTML() {
    return ['span', { class: 'unknown' }, '\uFFFC']
  },
  renderText() {
    return '\uFFFC'
  },
})

const Bold = Mark.create({
  name: 'bold',
  parseHTML() {
    return [
      { tag: 'strong' },
      { tag: 'b', getAttrs: (node) => (node.style.fontWeight === 'normal' ? false : null) },
      {
        style: 'font-weight',
        getAttrs: (value) => (/^(bold(er)?|[6-9]\d{2})$/.test(value) ? null : false),
      },
    ]
  },
  renderHTML() {
    return ['strong', 0]
  },
})

const Italic = Mark.create({
  name: 'italic',
  parseHTML() {
    return [
      { tag: 'em' },
      { tag: 'i', getAttrs: (node) => (node.style.fontStyle === 'normal' ? false : null) },
      { style: 'font-style=italic' },
    ]
  },
  renderHTML() {
    return ['em', 0]
  },
})

/** Our own, without the parser of addresses that the stock one brings; the address is checked here and at the gate. */
const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes() {
    return {
      href: {
        default: null,
        validate: (value: unknown) => {
          if (!isSafeHref(value)) throw new RangeError('a link leads to http, https or mailto')
        },
      },
    }
  },
  parseHTML() {
    return [
      {
        tag: 'a[href]',
        getAttrs: (node) => {
          const href = node.getAttribute('href')
          return isSafeHref(href) ? { href } : false
        },
      },
    ]
  },
  renderHTML({ mark }) {
    const href: unknown = mark.attrs.href
    return isSafeHref(href) ? ['a', { href, rel: 'noopener noreferrer nofollow' }, 0] : ['span', 0]
  },
})

/** Document, Block, Text, HardBreak, Mention, Bold, Italic, Link: everything a body can hold. */
export function minutesSchemaExtensions(options: SchemaOptions = {}): Extensions {
  return [Document, blockNode(options), Text, HardBreak, Mention, Unknown, Bold, Italic, Link]
}
