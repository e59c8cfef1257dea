import { EditorView } from '@tiptap/pm/view'
import type { BindingHost } from './textBinding.ts'

/** True where the browser itself keeps the reader's line when text above it grows. Safari does not. */
export function anchorsScroll(): boolean {
  return typeof CSS !== 'undefined' && CSS.supports?.('overflow-anchor', 'auto') === true
}

/** Scrolls by as much as the caret's line (or the first visible block) moved while the editor was redrawn. */
export function keepReadersLine(host: BindingHost, run: () => void): void {
  if (!(host instanceof EditorView)) {
    run()
    return
  }
  const before = lineTop(host)
  run()
  const after = before === null ? null : before.measure()
  if (before !== null && after !== null && after !== before.top) window.scrollBy(0, after - before.top)
}

function lineTop(view: EditorView): { readonly top: number; readonly measure: () => number | null } | null {
  if (view.hasFocus()) {
    const measure = (): number => view.coordsAtPos(view.state.selection.head).top
    return { top: measure(), measure }
  }
  const block = [...view.dom.children].find((child) => child.getBoundingClientRect().bottom > 0)
  if (block === undefined) return null
  const measure = (): number | null => (block.isConnected ? block.getBoundingClientRect().top : null)
  return { top: block.getBoundingClientRect().top, measure }
}
