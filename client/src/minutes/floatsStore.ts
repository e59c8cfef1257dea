import type { FactKind } from '@justera/binding'
import type { Editor } from '@tiptap/core'
import { createStore, type Store } from '../sync/store.ts'

/** A selection rests this long before its toolbar comes. */
const TOOLBAR_AFTER_MS = 250

export type SlashQuery = { readonly editor: Editor; readonly from: number; readonly to: number; readonly query: string }

export type FactEdit = {
  readonly editor: Editor
  readonly kind: FactKind
  /** before the block; follows it while others type above */
  readonly position: number
  readonly anchor: HTMLElement
}

/** What floats over the text: the toolbar of a selection, the slash menu, a fact's small form. One of each at most. */
export type Floats = {
  /** the editor whose selection has rested, and a number that rises when its place may have changed */
  readonly toolbar: Store<{ readonly editor: Editor; readonly version: number } | null>
  readonly slash: Store<SlashQuery | null>
  readonly fact: Store<FactEdit | null>
  /** To be called after each transaction of an editor. */
  readonly follow: (editor: Editor) => void
  readonly blurred: (editor: Editor) => void
  readonly closed: (editor: Editor) => void
  /** @returns true when a float took the key */
  readonly handleKey: (event: KeyboardEvent) => boolean
  /** The slash menu answers keys while it is open; returns its own undo. */
  readonly onSlashKey: (listener: (event: KeyboardEvent) => boolean) => () => void
  readonly openFact: (edit: FactEdit) => void
  readonly closeFact: () => void
  readonly dismissSlash: () => void
  readonly dismissToolbar: () => void
  /** The toolbar itself has the focus: it stays although the text has lost it. */
  readonly holdToolbar: (held: boolean) => void
}

export function createFloats(): Floats {
  const toolbar = createStore<{ editor: Editor; version: number } | null>(null)
  const slash = createStore<SlashQuery | null>(null)
  const fact = createStore<FactEdit | null>(null)
  let version = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let dismissed: { editor: Editor; at: number } | null = null
  let toolbarDismissed: string | null = null
  let held = false
  let slashKey: ((event: KeyboardEvent) => boolean) | null = null

  const selectionKey = (editor: Editor): string => `${editor.state.selection.from}-${editor.state.selection.to}`

  function followToolbar(editor: Editor): void {
    clearTimeout(timer)
    const { selection } = editor.state
    if (selection.empty || !editor.isEditable) {
      toolbarDismissed = null
      if (toolbar.getSnapshot()?.editor === editor) toolbar.set(null)
      return
    }
    if (toolbarDismissed === selectionKey(editor)) return
    if (toolbar.getSnapshot()?.editor === editor) toolbar.set({ editor, version: ++version })
    else {
      timer = setTimeout(() => {
        if (!editor.isDestroyed && !editor.state.selection.empty && (editor.isFocused || held)) {
          toolbar.set({ editor, version: ++version })
        }
      }, TOOLBAR_AFTER_MS)
    }
  }

  function followSlash(editor: Editor): void {
    const found = editor.isEditable && editor.isFocused ? slashQuery(editor) : null
    if (found === null) {
      if (dismissed?.editor === editor) dismissed = null
      if (slash.getSnapshot()?.editor === editor) slash.set(null)
    } else if (dismissed === null || dismissed.editor !== editor || dismissed.at !== found.from) {
      const before = slash.getSnapshot()
      if (before === null || before.from !== found.from || before.query !== found.query) slash.set(found)
    }
  }

  return {
    toolbar,
    slash,
    fact,
    follow(editor) {
      followToolbar(editor)
      followSlash(editor)
    },
    blurred(editor) {
      if (slash.getSnapshot()?.editor === editor) slash.set(null)
      if (!held && toolbar.getSnapshot()?.editor === editor) {
        // The focus may be on its way into the toolbar.
        setTimeout(() => {
          if (!held && !editor.isFocused && toolbar.getSnapshot()?.editor === editor) toolbar.set(null)
        }, 0)
      }
    },
    closed(editor) {
      clearTimeout(timer)
      if (toolbar.getSnapshot()?.editor === editor) toolbar.set(null)
      if (slash.getSnapshot()?.editor === editor) slash.set(null)
      if (fact.getSnapshot()?.editor === editor) fact.set(null)
    },
    handleKey(event) {
      if (slash.getSnapshot() !== null && slashKey !== null) return slashKey(event)
      if (event.key === 'Escape' && toolbar.getSnapshot() !== null) {
        this.dismissToolbar()
        return true
      }
      return false
    },
    onSlashKey(listener) {
      slashKey = listener
      return () => {
        if (slashKey === listener) slashKey = null
      }
    },
    openFact: fact.set,
    closeFact: () => fact.set(null),
    dismissSlash() {
      const open = slash.getSnapshot()
      if (open !== null) dismissed = { editor: open.editor, at: open.from }
      slash.set(null)
    },
    dismissToolbar() {
      const open = toolbar.getSnapshot()
      if (open !== null) toolbarDismissed = selectionKey(open.editor)
      held = false
      toolbar.set(null)
    },
    holdToolbar(now) {
      held = now
    },
  }
}

/** "/" and letters from a block's start to the caret. */
function slashQuery(editor: Editor): SlashQuery | null {
  const { selection } = editor.state
  if (!selection.empty) return null
  const { $from } = selection
  const typed = $from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC')
  const match = /^\/([\p{L} ]{0,20})$/u.exec(typed)
  if (match === null) return null
  return { editor, from: $from.start(), to: $from.pos, query: match[1] ?? '' }
}
