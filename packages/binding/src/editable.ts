import type { Editor } from '@tiptap/core'

/** How long a composition may hold up the lock. */
const MAX_WAIT_MS = 1000

const waiting = new WeakMap<Editor, () => void>()

/**
 * Makes an editor editable or read-only; going read-only waits for a running composition, at most 1 s,
 * so that no half-composed letters stay in the text. The last call wins.
 */
export function setEditable(editor: Editor, editable: boolean): void {
  waiting.get(editor)?.()
  const apply = (): void => {
    if (!editor.isDestroyed && editor.isEditable !== editable) editor.setEditable(editable, false)
  }
  if (editable || editor.isDestroyed || !editor.view.composing) {
    apply()
    return
  }
  const { dom } = editor.view
  let isCancelled = false
  const finish = (): void => {
    if (isCancelled) return
    cancel()
    apply()
  }
  // ProseMirror reads the composed text from the DOM after the event.
  const onEnd = (): void => {
    setTimeout(finish, 50)
  }
  const timer = setTimeout(finish, MAX_WAIT_MS)
  const cancel = (): void => {
    isCancelled = true
    clearTimeout(timer)
    dom.removeEventListener('compositionend', onEnd)
    waiting.delete(editor)
  }
  dom.addEventListener('compositionend', onEnd, { once: true })
  waiting.set(editor, cancel)
}
