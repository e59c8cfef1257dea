import { contentFrom, MinutesBinding, minutesSchemaExtensions, setBlockKind, setEditable } from '@justera/binding'
import { bodyOf, type ItemId, itemOf } from '@justera/minutes'
import { type Editor, EditorContent, useEditor } from '@tiptap/react'
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

type Props = {
  readonly id: ItemId
  readonly label: string
  readonly start: StartCaret | null
}

/** One item's text as an editor on the shared document; nothing for an item that the document lacks. */
export function BodyEditor(props: Props) {
  const { doc } = useParts()
  const item = itemOf(doc, props.id)
  return item === undefined ? null : <TextEditor {...props} text={bodyOf(item)} />
}

function TextEditor({ id, label, start, text }: Props & { readonly text: ReturnType<typeof bodyOf> }) {
  const { t } = useTranslation('minutes')
  const { awareness, undo, history, editors, notices, floats } = useParts()
  const { writable } = useSetting()
  const wording = useWording()
  const latest = useRef<{ writable: boolean; label: string; editor: Editor | null }>({ writable, label, editor: null })
  latest.current = { ...latest.current, writable, label }

  const editor = useEditor(
    {
      shouldRerenderOnTransaction: false,
      enableCoreExtensions: { keymap: false },
      injectCSS: false, // a style element would be against the content security policy; minutes.css has the rules
      editable: writable,
      // Read when an editor is made, not with every drawing of this component.
      get content() {
        return contentFrom(text)
      },
      extensions: [
        ...minutesSchemaExtensions({
          drawBlock: (attributes) => {
            const { label, icon, facts } = wording(attributes)
            return {
              label,
              icon: icon === null ? null : iconElement(icon),
              facts: facts.map((fact) => ({ ...fact, icon: fact.icon === undefined ? null : iconElement(fact.icon) })),
            }
          },
          onEditFact: (kind, position, anchor) => {
            if (latest.current.editor !== null)
              floats.openFact({ editor: latest.current.editor, kind, position, anchor })
          },
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
      onFocus: ({ editor: focused }) => editors.focused(id, focused),
      onTransaction: ({ editor: changed }) => floats.follow(changed),
      onBlur: ({ editor: left }) => floats.blurred(left),
    },
    // The wording is part of the schema: another language draws the editor anew.
    [text, id, awareness, undo, history, notices, floats, wording, t],
  )

  useEffect(() => {
    latest.current.editor = editor
    const leave = editors.add(id, editor)
    return () => {
      leave()
      floats.closed(editor)
      latest.current.editor = null
    }
  }, [editor, id, editors, floats])

  useEffect(() => setEditable(editor, writable), [editor, writable])

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new label is a new attribute of the editor's element
  useEffect(() => {
    if (!editor.isDestroyed) editor.setOptions({})
  }, [editor, label, writable])

  useEffect(() => {
    if (start !== null && !editor.isDestroyed && !editor.isFocused) placeCaret(editor, start)
  }, [editor, start])

  return <EditorContent editor={editor} className="editor" />
}

/** Focuses an editor as its person asked for it. */
export function placeCaret(editor: Editor, start: StartCaret): void {
  // At once: Tiptap's command waits for the next frame, and keys pressed until then would go nowhere.
  editor.view.focus()
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
