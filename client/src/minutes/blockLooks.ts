import type { Block } from '@justera/minutes'

/** What a block's looks take from its neighbours: its figure in a numbered list, whether it leads into a list. */
export type BlockLooks = { readonly number: number | null; readonly lead: boolean }

/** As the editor's own drawing has it (outlinePlugin in packages/binding), for text that is drawn without one. */
export function blockLooks(blocks: readonly Block[]): readonly BlockLooks[] {
  let counts: number[] = []
  return blocks.map(({ kind, indent, content }, n) => {
    const next = blocks[n + 1]
    const lead = kind === 'paragraph' && content.length > 0 && next !== undefined && isList(next)
    if (!isList({ kind })) {
      counts = []
      return { number: null, lead }
    }
    counts = counts.slice(0, indent + 1)
    counts[indent] = kind === 'numbered' ? (counts[indent] ?? 0) + 1 : 0
    return { number: kind === 'numbered' ? counts[indent] : null, lead }
  })
}

function isList({ kind }: Pick<Block, 'kind'>): boolean {
  return kind === 'point' || kind === 'bullet' || kind === 'numbered'
}
