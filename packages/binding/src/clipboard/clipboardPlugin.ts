import { DEFAULT_BLOCK } from '@justera/minutes'
import { Fragment, type Node, type ResolvedPos, type Schema, Slice } from '@tiptap/pm/model'
import { Plugin, TextSelection } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import type { EditorView } from '@tiptap/pm/view'
import { isListKind } from '../commands.ts'
import { flattenHtml } from './flattenHtml.ts'
import type { LeftOut } from './leftOut.ts'
import { cleanText, takeListSign } from './pastedText.ts'

/** Larger pastes belong to the importer: one update may carry 5,000 structs and 1 MB. */
const MAX_BLOCKS = 600
const MAX_CHARACTERS = 400_000

/**
 * Paste and copy. HTML is flattened to blocks before ProseMirror reads it; what was left out is told once per paste.
 */
export function clipboardPlugin(onLeftOut: (list: readonly LeftOut[]) => void): Plugin {
  const tell = (list: readonly LeftOut[]): void => {
    if (list.length > 0) onLeftOut(list)
  }
  return new Plugin({
    props: {
      transformPastedHTML: (html) => {
        const { html: flat, leftOut, blockCount } = flattenHtml(html, parseHtml)
        if (blockCount <= MAX_BLOCKS) tell(leftOut)
        return flat
      },
      clipboardTextParser: (text, $context, isPlain, view) => sliceOfText(text, $context, view.state.schema, isPlain),
      clipboardTextSerializer: (slice) => textOfSlice(slice),
      handlePaste(view, event, slice) {
        if (isTooLong(slice)) {
          tell([{ kind: 'tooLong', count: slice.content.childCount }])
          return true
        }
        if (slice.size === 0) {
          const images = [...(event.clipboardData?.files ?? [])].filter((file) => file.type.startsWith('image/'))
          tell(images.length > 0 ? [{ kind: 'image', count: images.length }] : [])
          return images.length > 0
        }
        return pasteOverEmptyBlock(view, slice)
      },
      handleDrop(_view, event, slice) {
        if (isTooLong(slice)) {
          tell([{ kind: 'tooLong', count: slice.content.childCount }])
          return true
        }
        const files = [...(event.dataTransfer?.files ?? [])]
        if (slice.size > 0 || files.length === 0) return false
        event.preventDefault()
        tell([
          { kind: files.every((file) => file.type.startsWith('image/')) ? 'image' : 'embedded', count: files.length },
        ])
        return true
      },
    },
  })
}

/** Lines → blocks; a list's lines keep the list's kind. One line stays inline. */
function sliceOfText(text: string, $context: ResolvedPos, schema: Schema, isPlain: boolean): Slice {
  const around = $context.parent.attrs
  const base = isListKind(around.kind) ? { ...DEFAULT_BLOCK, kind: around.kind, indent: around.indent } : DEFAULT_BLOCK
  const marks = isPlain ? [] : $context.marks()
  const blocks: Node[] = []
  for (const line of text.split(/\r\n?|[\n\u2028\u2029]/)) {
    const cleaned = cleanText(line).trimEnd()
    if (cleaned.trim() === '') continue
    const sign = takeListSign(cleaned)
    const kept = sign?.rest ?? cleaned
    blocks.push(schema.node('block', sign === null ? base : { ...base, kind: sign.kind }, schema.text(kept, marks)))
  }
  return blocks.length === 0 ? Slice.empty : new Slice(Fragment.from(blocks), 1, 1)
}

function textOfSlice(slice: Slice): string {
  return slice.content.textBetween(0, slice.content.size, '\n', (leaf) => {
    if (leaf.type.name === 'hardBreak') return '\n'
    return leaf.type.name === 'mention' ? String(leaf.attrs.label) : ''
  })
}

/** Whole blocks over an empty one take the pasted kind; into text, the first one's text joins the line. */
function pasteOverEmptyBlock(view: EditorView, slice: Slice): boolean {
  const { $from, empty } = view.state.selection
  const first = slice.content.firstChild
  if (!empty || $from.depth === 0 || $from.parent.content.size > 0 || first?.type.name !== 'block') return false
  const keepsKind = first.attrs.kind === 'paragraph'
  const blocks: Node[] = []
  slice.content.forEach((block, _offset, n) => {
    blocks.push(n === 0 && keepsKind ? $from.parent.copy(block.content) : block)
  })
  const { tr } = view.state
  const before = $from.before(1)
  const content = Fragment.from(blocks)
  tr.step(new ReplaceStep(before, $from.after(1), new Slice(content, 0, 0)))
  const end = tr.doc.resolve(before + content.size - 1)
  tr.setSelection(TextSelection.near(end, -1))
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'))
  return true
}

function isTooLong(slice: Slice): boolean {
  return slice.content.childCount > MAX_BLOCKS || slice.size > MAX_CHARACTERS
}

type Trusted = { readonly createPolicy: (name: string, rules: { createHTML: (html: string) => string }) => Policy }
type Policy = { readonly createHTML: (html: string) => string }

let policy: Policy | null = null

/** Reads HTML into a document of its own, where nothing runs and nothing is fetched. */
function parseHtml(html: string): Document {
  if (policy === null && 'trustedTypes' in globalThis) {
    const { trustedTypes } = globalThis as { trustedTypes?: Trusted }
    policy = trustedTypes?.createPolicy('minutesPaste', { createHTML: (source) => source }) ?? null
  }
  return new DOMParser().parseFromString(policy === null ? html : policy.createHTML(html), 'text/html')
}
