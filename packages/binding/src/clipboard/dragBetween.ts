import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import type { BindingUndo } from '../undo.ts'

/** The editor in which the running drag began; a page has one drag at a time. */
let source: EditorView | null = null

/**
 * Dragging from one item's editor to another's moves the text: ProseMirror inserts it there, and what was dragged is
 * deleted here right after, within the same undo step. With the copy key held (Alt on a Mac, else Ctrl) it stays.
 */
export function dragBetween(undo: BindingUndo | null): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        dragstart(view) {
          source = view
          return false
        },
        dragend() {
          source = null
          return false
        },
      },
      handleDrop(view, event) {
        const from = source
        source = null
        undo?.stopCapturing()
        const copies = /Mac|iP(hone|ad)/.test(navigator.platform) ? event.altKey : event.ctrlKey
        if (from === null || from === view || copies || !view.editable) return false
        const before = view.state.doc
        setTimeout(() => {
          const wasInserted = !view.isDestroyed && view.state.doc !== before
          if (!wasInserted || from.isDestroyed || !from.editable) return
          from.dispatch(from.state.tr.deleteSelection())
        })
        return false
      },
    },
  })
}
