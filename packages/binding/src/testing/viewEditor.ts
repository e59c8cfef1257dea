import { Editor } from '@tiptap/core'
import { MinutesBinding, type MinutesBindingOptions } from '../minutesBinding.ts'
import { contentFrom } from '../render.ts'
import { minutesSchemaExtensions, type SchemaOptions } from '../schema.ts'
import { bindingOf, TextBinding } from '../textBinding.ts'
import type { OpenEditor, TestEditor } from './replica.ts'

/** jsdom lays nothing out; ProseMirror asks for rectangles when it scrolls. */
const nowhere = (): DOMRect => new DOMRect(0, 0, 0, 0)
Range.prototype.getBoundingClientRect ??= nowhere
Range.prototype.getClientRects ??= () => Object.assign([nowhere()], { item: nowhere })
globalThis.ClipboardEvent ??= class extends Event {
  readonly clipboardData = null
}
document.elementFromPoint ??= () => null

export type ViewEditor = TestEditor & { readonly editor: Editor }

/** A Tiptap editor on a body as a page mounts it; needs a DOM. */
export function openViewEditor(options: Partial<MinutesBindingOptions>, schema: SchemaOptions = {}): ViewEditor {
  const text = options.text ?? null
  if (text === null) throw new RangeError('a body is needed')
  const element = document.createElement('div')
  document.body.append(element)
  const editor = new Editor({
    element,
    content: contentFrom(text),
    enableCoreExtensions: { keymap: false },
    injectCSS: false,
    extensions: [...minutesSchemaExtensions(schema), MinutesBinding.configure(options)],
  })
  const binding = bindingOf(editor.state)
  if (!(binding instanceof TextBinding)) throw new Error('the binding is not mounted')
  return {
    editor,
    text,
    binding,
    host: editor.view,
    domText: () => domText(editor.view.dom),
    setComposing: null,
    destroy() {
      editor.destroy()
      element.remove()
    },
  }
}

export const openInView: OpenEditor = (text, itemId, undo) =>
  openViewEditor({
    text,
    itemId,
    undo,
    onProblem: (problem) => {
      throw new Error(problem)
    },
  })

/** The text of the editable lines as the DOM has it. */
function domText(dom: HTMLElement): string {
  return [...dom.querySelectorAll('.b > p')].map((line) => lineText(line)).join('\n')
}

function lineText(node: Node): string {
  let text = ''
  for (const child of node.childNodes) {
    if (child instanceof Text) text += child.data
    else if (child instanceof HTMLElement) {
      if (child.classList.contains('ProseMirror-trailingBreak') || child.classList.contains('ProseMirror-separator'))
        continue
      text += child.tagName === 'BR' ? '\n' : lineText(child)
    }
  }
  return text
}
