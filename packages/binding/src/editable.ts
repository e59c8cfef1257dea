import type { Editor } from '@tiptap/core'

/**
 * Makes an editor editable or read-only; going read-only waits for a running composition, at most 1 s,
 * so that no half-composed letters stay in the text.
 */
export function setEditable(editor: Editor, editable: boolean): void {
  editor.setEditable(editable, false)
}
