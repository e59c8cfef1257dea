import type * as Y from 'yjs'

/** ProseMirror JSON of a whole document. */
export type DocumentJson = { readonly type: 'doc'; readonly content: readonly Record<string, unknown>[] }

/** What a Tiptap editor on this body takes as `content`. Reads only. */
export function contentFrom(text: Y.Text): DocumentJson {
  throw new Error(`not yet: ${text.length}`)
}
