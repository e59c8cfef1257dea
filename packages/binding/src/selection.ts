import type { Node } from '@tiptap/pm/model'
import { NodeSelection, type Selection, TextSelection, type Transaction } from '@tiptap/pm/state'
import * as Y from 'yjs'
import { indexOfPosition, positionOfIndex } from './positions.ts'
import { startsImplicit } from './units.ts'

/** A selection that outlives edits: relative positions, associated to the left, in one body. */
export type StoredSelection = {
  readonly text: Y.Text
  readonly anchor: Y.RelativePosition
  readonly head: Y.RelativePosition
}

/**
 * Carries a selection through the steps of a remote change: a caret stays left of what is inserted at it, a range
 * keeps foreign text at its edges outside.
 */
export function mapSelection(selection: Selection, transaction: Transaction): Selection {
  const { doc, mapping } = transaction
  if (selection instanceof NodeSelection) {
    const { pos, deleted } = mapping.mapResult(selection.from, 1)
    if (!deleted && doc.nodeAt(pos)?.isInline) return NodeSelection.create(doc, pos)
  }
  const { from, to, empty } = selection
  if (empty) return textSelection(doc, mapping.map(from, -1), mapping.map(from, -1))
  const low = mapping.map(from, 1)
  const high = Math.max(mapping.map(to, -1), low)
  return selection.anchor <= selection.head ? textSelection(doc, low, high) : textSelection(doc, high, low)
}

/** The nearest text selection to two positions; never throws. */
export function textSelection(doc: Node, anchor: number, head: number): TextSelection {
  const clamp = (position: number): number => Math.min(Math.max(position, 0), doc.content.size)
  const $anchor = doc.resolve(clamp(anchor))
  const $head = doc.resolve(clamp(head))
  const found = TextSelection.between($anchor, $head)
  return found instanceof TextSelection ? found : TextSelection.create(doc, 1)
}

/** @param doc what the text says now */
export function storeSelection(selection: Selection, doc: Node, text: Y.Text): StoredSelection {
  const implicit = startsImplicit(text)
  const at = (position: number): Y.RelativePosition =>
    Y.createRelativePositionFromTypeIndex(text, indexOfPosition(doc, position, implicit), -1)
  return { text, anchor: at(selection.anchor), head: at(selection.head) }
}

/** Document position of a relative position, or `null` when it lies in another body or is not known here yet. */
export function positionOfRelative(position: Y.RelativePosition, doc: Node, text: Y.Text): number | null {
  // A position that only names a root would make Yjs create that root.
  if (text.doc === null || (position.item === null && position.type === null)) return null
  const absolute = Y.createAbsolutePositionFromRelativePosition(position, text.doc)
  if (absolute === null || absolute.type !== text) return null
  const at = positionOfIndex(doc, absolute.index, startsImplicit(text))
  return Math.max(at, 1)
}

/** @param doc what the text says now */
export function restoreSelection(stored: StoredSelection, doc: Node): TextSelection | null {
  const anchor = positionOfRelative(stored.anchor, doc, stored.text)
  const head = positionOfRelative(stored.head, doc, stored.text)
  return anchor === null || head === null ? null : textSelection(doc, anchor, head)
}
