import type { BlockAttributes, BlockKind } from '@justera/minutes'
import type { EditorState, Transaction } from '@tiptap/pm/state'

export type KnownMark = 'bold' | 'italic'

/** An `EditorView`, or anything with its state and dispatch (a Tiptap editor has one as `editor.view`). */
export type Target = { readonly state: EditorState; dispatch(transaction: Transaction): void }

/** Gives every block of the selection this kind. @returns false when nothing changed */
export function setBlockKind(target: Target, kind: BlockKind): boolean {
  throw new Error(`not yet: ${kind} ${target.state.doc.childCount}`)
}

/**
 * Sets attributes of one block.
 * @param position before the block, as `onEditFact` gives it; left out: the block with the caret
 */
export function setBlockAttribute(target: Target, attributes: Partial<BlockAttributes>, position?: number): boolean {
  throw new Error(`not yet: ${Object.keys(attributes)} ${position} ${target.state.doc.childCount}`)
}

/** One list level deeper, for list kinds. */
export function indentBlocks(target: Target): boolean {
  throw new Error(`not yet: ${target.state.doc.childCount}`)
}

export function outdentBlocks(target: Target): boolean {
  throw new Error(`not yet: ${target.state.doc.childCount}`)
}

export function toggleMark(target: Target, mark: KnownMark): boolean {
  throw new Error(`not yet: ${mark} ${target.state.doc.childCount}`)
}

/** Links the selection (or the link around the caret); `null` removes. @returns false for an unsafe address */
export function setLink(target: Target, href: string | null): boolean {
  throw new Error(`not yet: ${href} ${target.state.doc.childCount}`)
}

/** The kind that all blocks of the selection have, or `null` when they differ. */
export function activeKind(state: EditorState): BlockKind | null {
  throw new Error(`not yet: ${state.doc.childCount}`)
}

/** Which marks the selection (or what is typed next) has; `link` is the address, if one. */
export function activeMarks(state: EditorState): {
  readonly bold: boolean
  readonly italic: boolean
  readonly link: string | null
} {
  throw new Error(`not yet: ${state.doc.childCount}`)
}
