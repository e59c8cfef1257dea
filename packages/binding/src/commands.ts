import {
  type BlockAttributes,
  type BlockKind,
  DEFAULT_BLOCK,
  isBlockKind,
  isSafeHref,
  MAX_INDENT,
} from '@justera/minutes'
import type { Node } from '@tiptap/pm/model'
import type { EditorState, Transaction } from '@tiptap/pm/state'

export type KnownMark = 'bold' | 'italic'

/** An `EditorView`, or anything with its state and dispatch (a Tiptap editor has one as `editor.view`). */
export type Target = { readonly state: EditorState; dispatch(transaction: Transaction): void }

/** True for the kinds that form lists: they have levels, and Enter goes on with the same kind. */
export function isListKind(kind: unknown): boolean {
  return kind === 'point' || kind === 'bullet' || kind === 'numbered'
}

/** Gives every block of the selection this kind. Levels stay in lists only. @returns false when nothing changed */
export function setBlockKind(target: Target, kind: BlockKind): boolean {
  return changeBlocks(target, (block) => ({ kind, indent: isListKind(kind) ? block.attrs.indent : 0 }))
}

/**
 * Sets attributes of one block.
 * @param position before the block, as `onEditFact` gives it; left out: the block with the caret
 * @returns false when nothing changed, or there is no block at the position
 */
export function setBlockAttribute(target: Target, attributes: Partial<BlockAttributes>, position?: number): boolean {
  const { state } = target
  const at = position ?? (state.selection.$head.depth === 0 ? null : state.selection.$head.before(1))
  const block = at === null ? null : state.doc.nodeAt(at)
  if (at === null || block?.type.name !== 'block') return false
  const { tr } = state
  setChanged(tr, at, block, attributes)
  return send(target, tr)
}

/** One list level deeper, for list kinds. @returns false when nothing changed */
export function indentBlocks(target: Target): boolean {
  return changeBlocks(target, (block) =>
    isListKind(block.attrs.kind) ? { indent: Math.min(block.attrs.indent + 1, MAX_INDENT) } : {},
  )
}

/** One list level up. @returns false when nothing changed */
export function outdentBlocks(target: Target): boolean {
  return changeBlocks(target, (block) => ({ indent: Math.max(block.attrs.indent - 1, 0) }))
}

/** Switches a mark for the selection: off when all of it has the mark. With a caret: for what is typed next. */
export function toggleMark(target: Target, mark: KnownMark): boolean {
  const { state } = target
  const type = state.schema.marks[mark]
  if (type === undefined) return false
  const { from, to, empty } = state.selection
  const isOn = activeMarks(state)[mark]
  const { tr } = state
  if (empty) target.dispatch(isOn ? tr.removeStoredMark(type) : tr.addStoredMark(type.create()))
  else target.dispatch(isOn ? tr.removeMark(from, to, type) : tr.addMark(from, to, type.create()))
  return true
}

/** Links the selection (or the link around the caret); `null` removes. @returns false for an unsafe address */
export function setLink(target: Target, href: string | null): boolean {
  const { state } = target
  const type = state.schema.marks.link
  if (type === undefined || (href !== null && !isSafeHref(href))) return false
  const { from, to } = state.selection.empty ? linkAround(state) : state.selection
  if (from === to) return false
  const { tr } = state
  target.dispatch(href === null ? tr.removeMark(from, to, type) : tr.addMark(from, to, type.create({ href })))
  return true
}

/** The kind that all blocks of the selection have, or `null` when they differ. */
export function activeKind(state: EditorState): BlockKind | null {
  const kinds = new Set<unknown>()
  eachSelectedBlock(state, (block) => kinds.add(block.attrs.kind))
  const [kind] = kinds
  return kinds.size === 1 && isBlockKind(kind) ? kind : null
}

/** Which marks the selection (or what is typed next) has; `link` is the address, if one. */
export function activeMarks(state: EditorState): {
  readonly bold: boolean
  readonly italic: boolean
  readonly link: string | null
} {
  const { $from, from, to, empty } = state.selection
  const nodes: Node[] = []
  state.doc.nodesBetween(from, to, (node) => {
    if (node.isInline) nodes.push(node)
  })
  const typed = state.storedMarks ?? $from.marks()
  const has = (name: string): boolean =>
    empty
      ? typed.some((mark) => mark.type.name === name)
      : nodes.length > 0 && nodes.every((node) => node.marks.some((mark) => mark.type.name === name))
  const around = empty ? linkAround(state) : state.selection
  const link =
    around.from === around.to
      ? undefined
      : state.doc.nodeAt(around.from)?.marks.find((mark) => mark.type.name === 'link')
  return {
    bold: has('bold'),
    italic: has('italic'),
    link: typeof link?.attrs.href === 'string' ? link.attrs.href : null,
  }
}

/** Visits each block that the selection reaches; a range that ends at a block's start does not reach it. */
function eachSelectedBlock(state: EditorState, visit: (block: Node, position: number) => void): void {
  const { from, to } = state.selection
  state.doc.forEach((block, offset) => {
    if (offset + block.nodeSize <= from || offset >= to) return
    const reachesOnlyItsStart = to === offset + 1 && from < offset
    if (!reachesOnlyItsStart) visit(block, offset)
  })
}

function changeBlocks(target: Target, attributesFor: (block: Node) => Partial<BlockAttributes>): boolean {
  const { state } = target
  const { tr } = state
  eachSelectedBlock(state, (block, position) => setChanged(tr, position, block, attributesFor(block)))
  return send(target, tr)
}

function setChanged(tr: Transaction, position: number, block: Node, attributes: Partial<BlockAttributes>): void {
  for (const [key, value] of Object.entries(attributes)) {
    if (key in DEFAULT_BLOCK && block.attrs[key] !== value) tr.setNodeAttribute(position, key, value)
  }
}

function send(target: Target, tr: Transaction): boolean {
  if (!tr.docChanged) return false
  target.dispatch(tr.setStoredMarks(target.state.storedMarks).scrollIntoView())
  return true
}

/** The stretch of one link around the caret; empty when there is none. */
function linkAround(state: EditorState): { readonly from: number; readonly to: number } {
  const { $from, from } = state.selection
  const nothing = { from, to: from }
  const start = $from.start()
  let found = nothing
  let run: { from: number; to: number; href: unknown } | null = null
  $from.parent.forEach((node, offset) => {
    const link = node.marks.find((mark) => mark.type.name === 'link')
    const at = start + offset
    if (link === undefined) run = null
    else if (run !== null && run.href === link.attrs.href) run.to = at + node.nodeSize
    else run = { from: at, to: at + node.nodeSize, href: link.attrs.href }
    if (run !== null && run.from <= from && from <= run.to) found = { from: run.from, to: run.to }
  })
  return found
}
