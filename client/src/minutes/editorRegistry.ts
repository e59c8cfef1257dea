import type { ItemId } from '@justera/minutes'
import type { Editor } from '@tiptap/core'
import { createStore, type Store } from '../sync/store.ts'

type ActiveEditor = { readonly editor: Editor; readonly itemId: ItemId }

/** The mounted editors, the one that was focused last, and requests to mount one that is drawn static. */
export type EditorRegistry = {
  readonly active: Store<ActiveEditor | null>
  readonly add: (itemId: ItemId, editor: Editor) => () => void
  readonly focused: (itemId: ItemId, editor: Editor) => void
  readonly get: (itemId: ItemId) => Editor | undefined
  /** Mounts the item's editor where needed and gives it the focus: at the text's start, or with the selection it has. */
  readonly reveal: (itemId: ItemId, at: 'start' | 'kept') => void
  /** How an item that is on the page learns that it is to be revealed; returns its own undo. */
  readonly onReveal: (itemId: ItemId, listener: (at: 'start' | 'kept') => void) => () => void
}

export function createEditorRegistry(): EditorRegistry {
  const active = createStore<ActiveEditor | null>(null)
  const editors = new Map<ItemId, Editor>()
  const listeners = new Map<ItemId, (at: 'start' | 'kept') => void>()
  return {
    active,
    add(itemId, editor) {
      editors.set(itemId, editor)
      return () => {
        if (editors.get(itemId) === editor) editors.delete(itemId)
        if (active.getSnapshot()?.editor === editor) active.set(null)
      }
    },
    focused(itemId, editor) {
      if (active.getSnapshot()?.editor !== editor) active.set({ editor, itemId })
    },
    get: (itemId) => editors.get(itemId),
    reveal: (itemId, at) => listeners.get(itemId)?.(at),
    onReveal(itemId, listener) {
      listeners.set(itemId, listener)
      return () => {
        if (listeners.get(itemId) === listener) listeners.delete(itemId)
      }
    },
  }
}
