import { contentFrom, MinutesBinding, minutesSchemaExtensions, setBlockKind, setEditable } from '@justera/binding'
import { bodyOf, type ItemId, itemOf } from '@justera/minutes'
import { Editor } from '@tiptap/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { iconElement } from '../ui/Icon.tsx'
import { kindOfKey } from './blockKinds.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { useWording } from './useWording.ts'

/** Where the caret goes once an editor that a person reached for is there. */
export type StartCaret =
  | { readonly at: 'start' | 'kept' }
  | { readonly at: 'point'; readonly left: number; readonly top: number }

/** One item's text as an editor on the shared document. Draws nothing itself: the editor owns its element. */
export function BodyEditor({
  id,
  label,
  start,
}: {
  readonly id: ItemId
  readonly label: string
  readonly start: StartCaret | null
}) {
  const { t } = useTranslation('minutes')
  const { doc, awareness, undo, history, editors, notices, floats } = useParts()
  const { writable } = useSetting()
  const wording = useWording()
  const box = useRef<HTMLDivElement>(null)
  const current = useRef<Editor | null>(null)
  const latest = useRef({ writable, label, start })
  latest.current = { writable, label, start }

  useEffect(() => {
    const element = box.current
    const item = itemOf(doc, id)
    if (element === null || item === undefined) return
    const text = bodyOf(item)
    const editor = new Editor({
      element,
      enableCoreExtensions: { keymap: false },
      injectCSS: false, // a style element would be against the content security policy; minutes.css has the rules
      editable: latest.current.writable,
      content: contentFrom(text),
      extensions: [
        ...minutesSchemaExtensions({
          drawBlock: (attributes) => {
            const { icon, ...rest } = wording(attributes)
            return { ...rest, icon: icon === null ? null : iconElement(icon) }
          },
          onEditFact: (kind, position, anchor) => floats.openFact({ editor, kind, position, anchor }),
        }),
        MinutesBinding.configure({
          text,
          itemId: id,
          undo,
          awareness,
          mayWrite: () => latest.current.writable,
          onLeftOut: (list) => notices.post({ kind: 'left-out', list }),
          onProblem: (problem) => {
            console.error(problem)
            notices.post({ kind: 'problem' })
          },
        }),
      ],
      editorProps: {
        attributes: () => ({
          class: 'flow',
          lang: 'sv',
          spellcheck: 'true',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': latest.current.label,
          'data-hint': t('item.empty'),
          ...(latest.current.writable ? {} : { 'aria-readonly': 'true', tabindex: '0' }),
        }),
        handleKeyDown: (view, event) => {
          if (floats.handleKey(event)) return true
          if (isUndo(event)) return history.undo()
          if (isRedo(event)) return history.redo()
          const kind = latest.current.writable ? kindOfKey(event) : null
          if (kind === null) return false
          setBlockKind(view, kind)
          return true
        },
        handleDOMEvents: {
          beforeinput: (_view, event) => {
            if (event.inputType === 'historyUndo') history.undo()
            else if (event.inputType === 'historyRedo') history.redo()
            else return false
            event.preventDefault()
            return true
          },
        },
      },
      onFocus: () => editors.focused(id, editor),
      onTransaction: () => floats.follow(editor),
      onBlur: () => floats.blurred(editor),
    })
    current.current = editor
    const leave = editors.add(id, editor)
    if (latest.current.start !== null) placeCaret(editor, latest.current.start)
    return () => {
      leave()
      floats.closed(editor)
      current.current = null
      editor.destroy()
    }
    // The wording is part of the schema: another language draws the editor anew.
  }, [doc, id, awareness, undo, history, editors, notices, floats, wording, t])

  useEffect(() => {
    if (current.current !== null) setEditable(current.current, writable)
  }, [writable])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new label is a new attribute of the editor's element
  useEffect(() => {
    current.current?.setOptions({})
  }, [label, writable])

  useEffect(() => {
    if (start !== null && current.current !== null && !current.current.isFocused) placeCaret(current.current, start)
  }, [start])

  return <div ref={box} className="editor" />
}

/** Focuses an editor as its person asked for it. */
export function placeCaret(editor: Editor, start: StartCaret): void {
  switch (start.at) {
    case 'kept':
      editor.commands.focus(null, { scrollIntoView: true })
      break
    case 'start':
      editor.commands.focus('start', { scrollIntoView: true })
      break
    case 'point':
      editor.commands.focus(editor.view.posAtCoords(start)?.pos ?? 'end', { scrollIntoView: false })
  }
}

function isUndo(event: KeyboardEvent): boolean {
  return (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'z'
}

function isRedo(event: KeyboardEvent): boolean {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return false
  const key = event.key.toLowerCase()
  return (event.shiftKey && key === 'z') || (!event.shiftKey && key === 'y')
}
