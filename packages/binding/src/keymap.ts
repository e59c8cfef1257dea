import type { BlockKind } from '@justera/minutes'
import { baseKeymap } from '@tiptap/pm/commands'
import { keydownHandler } from '@tiptap/pm/keymap'
import { type Command, Plugin } from '@tiptap/pm/state'
import type { EditorView } from '@tiptap/pm/view'
import { indentBlocks, isListKind, outdentBlocks, setBlockKind, toggleMark } from './commands.ts'
import { backspace, breakLine, deleteForward, enter } from './editing.ts'
import type { BindingUndo } from './undo.ts'

/** Ctrl+Shift+1…9, by key position. */
const KIND_KEYS: readonly BlockKind[] = [
  'point',
  'decision',
  'action',
  'tabled',
  'dissent',
  'heading',
  'numbered',
  'bullet',
  'paragraph',
]

/** The keys of a body's editor. Undo and redo go to the shared history, never to the browser's own. */
export function keymapPlugin(undo: BindingUndo | null): Plugin {
  const undoing: Command = () => {
    undo?.undo()
    return true
  }
  const redoing: Command = () => {
    undo?.redo()
    return true
  }
  const onView =
    (run: (view: EditorView) => boolean): Command =>
    (_state, dispatch, view) =>
      view !== undefined && dispatch !== undefined && run(view)
  const indenting = onView((view) => {
    if (!isListKind(view.state.selection.$from.parent.attrs.kind)) return false
    indentBlocks(view)
    return true
  })
  const outdenting = onView((view) => {
    if (!isListKind(view.state.selection.$from.parent.attrs.kind)) return false
    outdentBlocks(view)
    return true
  })
  const handleKey = keydownHandler({
    ...(baseKeymap['Mod-a'] === undefined ? {} : { 'Mod-a': baseKeymap['Mod-a'] }),
    Enter: enter,
    'Shift-Enter': breakLine,
    'Mod-Enter': () => false,
    Backspace: backspace,
    'Mod-Backspace': backspace,
    'Shift-Backspace': backspace,
    'Alt-Backspace': backspace,
    Delete: deleteForward,
    'Mod-Delete': deleteForward,
    Tab: indenting,
    'Shift-Tab': outdenting,
    'Mod-b': onView((view) => toggleMark(view, 'bold')),
    'Mod-i': onView((view) => toggleMark(view, 'italic')),
    'Mod-z': undoing,
    'Mod-y': redoing,
    'Mod-Shift-z': redoing,
  })
  return new Plugin({
    props: {
      handleKeyDown(view, event) {
        if (!view.editable) return false
        return handleKindKey(view, event) || handleKey(view, event)
      },
    },
  })
}

/** Never with Alt or AltGr: on Swedish keyboards they write characters. */
function handleKindKey(view: EditorView, event: KeyboardEvent): boolean {
  if (!event.shiftKey || event.altKey || event.getModifierState('AltGraph')) return false
  if (!(event.ctrlKey || event.metaKey)) return false
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
  const kind = digit === undefined ? undefined : KIND_KEYS[Number(digit) - 1]
  if (kind === undefined) return false
  setBlockKind(view, kind)
  return true
}
