import { Extension } from '@tiptap/core'
import { Plugin } from '@tiptap/pm/state'
import { EditorView } from '@tiptap/pm/view'
import type { Awareness } from 'y-protocols/awareness'
import type * as Y from 'yjs'
import { redrawBlocks } from './blockView.ts'
import { caretsPlugin } from './caretsPlugin.ts'
import { clipboardPlugin } from './clipboard/clipboardPlugin.ts'
import { dragBetween } from './clipboard/dragBetween.ts'
import type { LeftOut } from './clipboard/leftOut.ts'
import { keymapPlugin } from './keymap.ts'
import { NativeCaret } from './nativeCaret.ts'
import { outlinePlugin } from './outlinePlugin.ts'
import { anchorsScroll, keepReadersLine } from './scrollAnchor.ts'
import { restoreSelection, storeSelection } from './selection.ts'
import { TextBinding } from './textBinding.ts'
import type { BindingUndo, EditorHandle } from './undo.ts'

export type MinutesBindingOptions = {
  /** The item's body. Required. */
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

/** ProseMirror forgets about a composition 20 ms after its end; what was held back is shown after that. */
const COMPOSITION_SETTLE_MS = 30

/**
 * Binds a Tiptap editor to one body. Use with `minutesSchemaExtensions`, `contentFrom(text)` as content and
 * `enableCoreExtensions: { keymap: false }`. Ends all observation when the editor is destroyed.
 */
export const MinutesBinding = Extension.create<MinutesBindingOptions>({
  name: 'minutesBinding',
  priority: 1000,
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
  addProseMirrorPlugins() {
    const { text, itemId, undo, awareness, mayWrite, onLeftOut, onProblem } = this.options
    if (text === null) throw new RangeError('MinutesBinding needs the text of a body')
    const caret = new NativeCaret()
    const binding = new TextBinding(text, {
      undo,
      mayWrite,
      onProblem,
      beforeShow: (host) => {
        if (host instanceof EditorView) caret.adopt(host)
      },
      ...(anchorsScroll() ? {} : { aroundShow: keepReadersLine }),
    })
    return [
      binding.plugin,
      sessionPlugin(binding, itemId, undo),
      keymapPlugin(undo),
      clipboardPlugin(onLeftOut),
      dragBetween(undo),
      outlinePlugin(),
      ...(awareness === null ? [] : [caretsPlugin(binding, caret, itemId, awareness)]),
      caret.plugin,
    ]
  },
})

/** What ties a mounted editor to the person in front of it: undo, focus, compositions. */
function sessionPlugin(binding: TextBinding, itemId: string, undo: BindingUndo | null): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        focus: () => stop(undo),
        compositionstart: () => stop(undo),
        compositionend: () => {
          releaseSoon(binding)
          return false
        },
        beforeinput: (view, event) => {
          if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false
          event.preventDefault()
          if (undo !== null && view.editable) event.inputType === 'historyUndo' ? undo.undo() : undo.redo()
          return true
        },
      },
    },
    view: (view) => {
      let wasEditable = view.editable
      const unregister = undo?.register(itemId, handleOf(view, binding))
      return {
        update: () => {
          if (view.editable !== wasEditable) {
            wasEditable = view.editable
            redrawBlocks(view)
          }
          if (binding.isHolding && !view.composing) releaseSoon(binding)
        },
        destroy: () => unregister?.(),
      }
    },
  })
}

function releaseSoon(binding: TextBinding): void {
  setTimeout(() => binding.release(), COMPOSITION_SETTLE_MS)
}

function stop(undo: BindingUndo | null): false {
  undo?.stopCapturing()
  return false
}

function handleOf(view: EditorView, { text }: TextBinding): EditorHandle {
  return {
    focus() {
      if (!view.hasFocus()) view.focus()
      view.dispatch(view.state.tr.scrollIntoView())
    },
    select(stored) {
      const selection = restoreSelection(stored, view.state.doc)
      if (selection !== null) view.dispatch(view.state.tr.setSelection(selection).scrollIntoView())
      view.focus()
    },
    selection: () => (view.hasFocus() ? storeSelection(view.state.selection, view.state.doc, text) : null),
  }
}
