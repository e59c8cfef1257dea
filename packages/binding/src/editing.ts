import { DEFAULT_BLOCK } from '@justera/minutes'
import { Fragment, type Node, Slice } from '@tiptap/pm/model'
import { type Command, TextSelection, type Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import { isListKind } from './commands.ts'

/**
 * Enter. In an empty block that is not a plain paragraph: one level up, then a paragraph. At the start of a block with
 * text: an empty block before it, so that the block keeps its marker and a colleague's kind change or typing stays with
 * the text. Else the block is split; who is responsible and when it is due stay with the first half.
 */
export const enter: Command = (state, dispatch) => {
  const { tr } = state
  if (!tr.selection.empty) tr.deleteSelection()
  const { $from } = tr.selection
  if ($from.depth === 0) return false
  const block = $from.parent
  const before = $from.before(1)
  const isRange = !state.selection.empty
  if (block.content.size === 0 && !isRange && isSpecial(block)) {
    if (block.attrs.indent > 0) tr.setNodeAttribute(before, 'indent', block.attrs.indent - 1)
    else resetKind(tr, before, block)
  } else if ($from.parentOffset === 0 && block.content.size > 0) {
    const empty = block.type.create(isListKind(block.attrs.kind) ? nextAttributes(block) : DEFAULT_BLOCK)
    tr.step(new ReplaceStep(before, before, new Slice(Fragment.from(empty), 0, 0)))
  } else {
    const atEnd = $from.parentOffset === block.content.size
    const tail = atEnd && !isListKind(block.attrs.kind) ? { ...DEFAULT_BLOCK } : nextAttributes(block)
    tr.split($from.pos, 1, [{ type: block.type, attrs: tail }])
  }
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Backspace at a block's start: one level up, then a paragraph, then joined to the block before. */
export const backspace: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty) {
    dispatch?.(state.tr.deleteSelection().scrollIntoView())
    return true
  }
  if ($from.depth === 0 || $from.parentOffset > 0) return false
  const block = $from.parent
  const before = $from.before(1)
  const { tr } = state
  const previous = state.doc.resolve(before).nodeBefore
  if (block.attrs.indent > 0) tr.setNodeAttribute(before, 'indent', block.attrs.indent - 1)
  else if (block.attrs.kind !== 'paragraph') resetKind(tr, before, block)
  else if (previous === null) return true
  else if (previous.content.size === 0) deleteRange(tr, before - previous.nodeSize, before)
  else deleteRange(tr, before - 1, before + 1)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Delete at a block's end: an empty block goes, else the next block is joined on. */
export const deleteForward: Command = (state, dispatch) => {
  const { $from, empty } = state.selection
  if (!empty) {
    dispatch?.(state.tr.deleteSelection().scrollIntoView())
    return true
  }
  if ($from.depth === 0 || $from.parentOffset < $from.parent.content.size) return false
  const after = $from.after(1)
  if (state.doc.nodeAt(after) === null) return true
  const { tr } = state
  if ($from.parent.content.size === 0) {
    deleteRange(tr, $from.before(1), after)
    tr.setSelection(TextSelection.create(tr.doc, $from.before(1) + 1))
  } else deleteRange(tr, after - 1, after + 1)
  dispatch?.(tr.scrollIntoView())
  return true
}

/** Shift-Enter: a line break within the block. */
export const breakLine: Command = (state, dispatch) => {
  const { hardBreak } = state.schema.nodes
  if (hardBreak === undefined || state.selection.$from.depth === 0) return false
  dispatch?.(state.tr.replaceSelectionWith(hardBreak.create()).scrollIntoView())
  return true
}

function isSpecial(block: Node): boolean {
  return block.attrs.kind !== 'paragraph' || block.attrs.indent > 0
}

/** Attributes of a block that continues this one. */
function nextAttributes(block: Node): Record<string, unknown> {
  return { ...DEFAULT_BLOCK, kind: block.attrs.kind, indent: block.attrs.indent, party: block.attrs.party }
}

/** Back to a paragraph; what only the old kind shows (responsible, due, party) goes too. */
function resetKind(tr: Transaction, position: number, block: Node): void {
  for (const [key, value] of Object.entries(DEFAULT_BLOCK)) {
    if (block.attrs[key] !== value) tr.setNodeAttribute(position, key, value)
  }
}

function deleteRange(tr: Transaction, from: number, to: number): void {
  tr.step(new ReplaceStep(from, to, Slice.empty))
}
