import type * as Y from 'yjs'

/** The mounted editor of one item, as undo needs it. */
export type EditorHandle = { focus(): void }

/**
 * One undo history for all bodies of a meeting: a person's own edits only, in the order they were made.
 * The binding registers its editor here; pages use `undo`, `redo`, `subscribe` and `onReveal`.
 */
export type BindingUndo = {
  undo(): boolean
  redo(): boolean
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** The next edit starts a step of its own. */
  stopCapturing(): void
  /** Forgets everything; on phase change. */
  clear(): void
  /** Called when `canUndo` or `canRedo` may have changed. @returns the unsubscriber */
  subscribe(listener: () => void): () => void
  /** Called with the item that an undo or redo touched when its editor is not mounted: mount it and scroll there. */
  onReveal(listener: (itemId: string) => void): () => void
  /** @returns the unregisterer */
  register(itemId: string, handle: EditorHandle): () => void
  readonly manager: Y.UndoManager
  destroy(): void
}

/** The undo of one document: one manager over `agenda` that tracks bindings only. */
export function createUndo(doc: Y.Doc): BindingUndo {
  throw new Error(`not yet: ${doc.clientID}`)
}
