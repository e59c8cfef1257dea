import type { BlockAttributes } from '@justera/minutes'
import type { Node } from '@tiptap/pm/model'
import { Plugin, type Transaction } from '@tiptap/pm/state'
import { ReplaceStep } from '@tiptap/pm/transform'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { isListKind } from './commands.ts'

/**
 * What a block's looks take from its neighbours: `data-number` on numbered blocks, `lead` on a paragraph that leads
 * into a list. Drawn as attributes of the block's element, never stored.
 */
export function outlinePlugin(): Plugin<DecorationSet> {
  return new Plugin<DecorationSet>({
    state: {
      init: (_config, state) => outlineOf(state.doc),
      apply(transaction, drawn) {
        if (!transaction.docChanged) return drawn
        return staysWithinBlocks(transaction)
          ? drawn.map(transaction.mapping, transaction.doc)
          : outlineOf(transaction.doc)
      },
    },
    props: {
      decorations(state) {
        return this.getState(state)
      },
    },
  })
}

/** Typing and deleting inside blocks that have text before and after: neither numbers nor leads can change. */
function staysWithinBlocks(transaction: Transaction): boolean {
  return transaction.steps.every((step, n) => {
    const doc = transaction.docs[n]
    if (doc === undefined || !(step instanceof ReplaceStep)) return false
    const $from = doc.resolve(step.from)
    if ($from.depth === 0 || !$from.sameParent(doc.resolve(step.to))) return false
    const isInline = step.slice.openStart === 0 && (step.slice.content.firstChild?.isInline ?? true)
    return isInline && $from.parent.content.size > step.to - step.from
  })
}

function outlineOf(doc: Node): DecorationSet {
  const decorations: Decoration[] = []
  const blocks: Node[] = []
  doc.forEach((block) => {
    blocks.push(block)
  })
  const numbers = blockNumbers(blocks.map((block) => ({ kind: block.attrs.kind, indent: block.attrs.indent })))
  doc.forEach((block, from, n) => {
    const number = numbers[n] ?? null
    const leads = block.attrs.kind === 'paragraph' && block.content.size > 0 && isListKind(blocks[n + 1]?.attrs.kind)
    if (number === null && !leads) return
    const attributes = number === null ? { class: 'lead' } : { 'data-number': String(number) }
    decorations.push(Decoration.node(from, from + block.nodeSize, attributes))
  })
  return DecorationSet.create(doc, decorations)
}

/**
 * The number of each numbered block, `null` for the others. A run counts on per level; it ends at a block that is no
 * list item, and on its own level at an item of another kind. For editors and static text alike.
 */
export function blockNumbers(blocks: readonly Pick<BlockAttributes, 'kind' | 'indent'>[]): readonly (number | null)[] {
  const counts: number[] = []
  return blocks.map(({ kind, indent }) => {
    if (!isListKind(kind)) {
      counts.length = 0
      return null
    }
    counts.length = Math.min(counts.length, indent + 1)
    counts[indent] = kind === 'numbered' ? (counts[indent] ?? 0) + 1 : 0
    return kind === 'numbered' ? counts[indent] : null
  })
}
