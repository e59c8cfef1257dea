import { Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { textSelection } from './selection.ts'

type DomRange = {
  readonly anchorNode: globalThis.Node
  readonly anchorOffset: number
  readonly focusNode: globalThis.Node
  readonly focusOffset: number
}

/**
 * Caret moves that the browser has made and ProseMirror has not read yet.
 *
 * Arrows, Home and End, a tap and a screen reader move the browser's own selection; `selectionchange` follows in a
 * task of its own. A colleague's keystroke that is shown in between would put the old caret back, and the next word
 * would be typed in the wrong place. So whoever is about to dispatch for somebody else asks `adopt` first.
 */
export class NativeCaret {
  /** The browser's selection as ProseMirror last had the chance to read or set it. */
  private seen: DomRange | null = null

  readonly plugin: Plugin = new Plugin({
    view: (view) => {
      const { ownerDocument } = view.dom
      const note = (): void => {
        this.seen = rangeIn(view)
      }
      note()
      ownerDocument.addEventListener('selectionchange', note)
      return {
        update: note,
        destroy: () => ownerDocument.removeEventListener('selectionchange', note),
      }
    },
  })

  /** Makes the editor's selection the one on screen, where the browser has moved it unread. */
  adopt(view: EditorView): void {
    if (view.composing || !view.hasFocus()) return
    const range = rangeIn(view)
    if (range === null || isSame(range, this.seen)) return
    this.seen = range
    const { doc, selection, tr } = view.state
    const anchor = view.posAtDOM(range.anchorNode, range.anchorOffset)
    const head = view.posAtDOM(range.focusNode, range.focusOffset)
    const shown = textSelection(doc, anchor, head)
    if (!shown.eq(selection)) view.dispatch(tr.setSelection(shown))
  }
}

/** The browser's selection, where both ends lie in editable text of this editor. */
function rangeIn(view: EditorView): DomRange | null {
  const selection = view.dom.ownerDocument.getSelection()
  if (selection === null) return null
  const { anchorNode, anchorOffset, focusNode, focusOffset } = selection
  if (anchorNode === null || focusNode === null) return null
  if (!view.dom.contains(anchorNode) || !view.dom.contains(focusNode)) return null
  return { anchorNode, anchorOffset, focusNode, focusOffset }
}

function isSame(range: DomRange, other: DomRange | null): boolean {
  return (
    other !== null &&
    range.anchorNode === other.anchorNode &&
    range.anchorOffset === other.anchorOffset &&
    range.focusNode === other.focusNode &&
    range.focusOffset === other.focusOffset
  )
}
