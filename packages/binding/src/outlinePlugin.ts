import type { Node } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
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
      apply: (transaction, drawn) => (transaction.docChanged ? outlineOf(transaction.doc) : drawn),
    },
    props: {
      decorations(state) {
        return this.getState(state)
      },
    },
  })
}

function outlineOf(doc: Node): DecorationSet {
  const decorations: Decoration[] = []
  const numbers = numbersOf(doc)
  doc.forEach((block, from, n) => {
    const number = numbers[n] ?? null
    const next = doc.maybeChild(n + 1)
    const leads = block.attrs.kind === 'paragraph' && block.content.size > 0 && isListKind(next?.attrs.kind)
    if (number === null && !leads) return
    const attributes = number === null ? { class: 'lead' } : { 'data-number': String(number) }
    decorations.push(Decoration.node(from, from + block.nodeSize, attributes))
  })
  return DecorationSet.create(doc, decorations)
}

/** The number of each numbered block, `null` for the others: a run counts on per level until another kind ends it. */
export function numbersOf(doc: Node): readonly (number | null)[] {
  const counts: number[] = []
  const numbers: (number | null)[] = []
  doc.forEach((block) => {
    const { kind, indent } = block.attrs
    if (!isListKind(kind)) counts.length = 0
    else counts.length = Math.min(counts.length, indent + 1)
    if (kind !== 'numbered') {
      if (isListKind(kind)) counts[indent] = 0
      numbers.push(null)
      return
    }
    const number = (counts[indent] ?? 0) + 1
    counts[indent] = number
    numbers.push(number)
  })
  return numbers
}
