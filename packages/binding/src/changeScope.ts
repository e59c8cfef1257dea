import type { Node } from '@tiptap/pm/model'
import type { EditorState } from '@tiptap/pm/state'
import * as Y from 'yjs'
import type { HeldText } from './heldText.ts'
import { indexOfPosition } from './positions.ts'
import type { TextChange } from './textDelta.ts'
import { startsImplicit } from './units.ts'

/** Above this many stretches a change is drawn anew: each stretch costs a walk over the blocks. */
const MAX_CHANGES = 200

/** The path step by step needs a first marker before and after, and nothing changed before it. */
export function canApply(changes: readonly TextChange[], doc: Node, text: Y.Text, transaction: Y.Transaction): boolean {
  if (startsImplicit(text) || changes.length > MAX_CHANGES) return false
  const first = changes[0]
  if (first === undefined) return true
  if (first.type !== 'retain') return false
  return !wasImplicit(text, transaction) && doc.childCount > 0
}

function wasImplicit(text: Y.Text, transaction: Y.Transaction): boolean {
  for (let item = text._start; item !== null; item = item.right) {
    const added = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
    if (added || !item.countable || (item.deleted && !Y.isDeleted(transaction.deleteSet, item.id))) continue
    return !(item.content instanceof Y.ContentType && item.content.type instanceof Y.Map)
  }
  return true
}

/** Whether a change reaches the block in which the caret stands. */
export function touchesCaret(
  state: EditorState,
  held: HeldText,
  changes: readonly TextChange[],
  markers: readonly Y.Map<unknown>[],
): boolean {
  const { $head } = state.selection
  if ($head.depth === 0) return true
  const start = indexOfPosition(state.doc, $head.before(1), held.implicit)
  const end = indexOfPosition(state.doc, $head.end(1), held.implicit)
  const marker = held.markerAt(start)
  if (marker !== undefined && markers.includes(marker)) return true
  let index = 0
  for (const change of changes) {
    if (change.type === 'insert') {
      if (index > start && index <= end) return true
      if (index === 0 && start === 0) return true
    } else {
      const stop = index + change.length
      const isChanged = change.type === 'delete' || change.attributes !== undefined
      if (isChanged && index <= end && stop > start) return true
      index = stop
    }
  }
  return false
}
