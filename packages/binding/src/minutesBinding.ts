import { Extension } from '@tiptap/core'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import type { LeftOut } from './clipboard/leftOut.ts'
import type { BindingUndo } from './undo.ts'

export type MinutesBindingOptions = {
  /** The item's body. */
  text: Y.Text | null
  itemId: string
  undo: BindingUndo | null
  /** Carets of the others; left out: none are shown and none is sent. */
  awareness: Awareness | null
  /** Phase and role; asked before each change of the document. */
  mayWrite: () => boolean
  /** Called after a paste or drop that could not bring everything along. Never with an empty list. */
  onLeftOut: (list: readonly LeftOut[]) => void
  /** Called for an edit that the body cannot express and that was therefore refused: a fault of ours. */
  onProblem: (problem: string) => void
}

/** Binds a Tiptap editor to one body. Use with `minutesSchemaExtensions` and `enableCoreExtensions: { keymap: false }`. */
export const MinutesBinding = Extension.create<MinutesBindingOptions>({
  name: 'minutesBinding',
  addOptions() {
    return {
      text: null,
      itemId: '',
      undo: null,
      awareness: null,
      mayWrite: () => true,
      onLeftOut: () => {},
      onProblem: () => {},
    }
  },
})
