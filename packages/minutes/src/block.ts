import type { BlockId } from './ids.ts'
import type { Inline } from './inline.ts'

/** What a block is. `point` is a discussion point; the last four are what an item can end in. */
export const BLOCK_KINDS = [
  'paragraph',
  'heading',
  'point',
  'bullet',
  'numbered',
  'decision',
  'action',
  'tabled',
  'dissent',
] as const
export type BlockKind = (typeof BLOCK_KINDS)[number]

/** Deepest list level; 0 is the outermost. */
export const MAX_INDENT = 4

/**
 * Everything a marker says about its block except its id. A missing key always means the default here.
 * `due` serves action and tabled ('YYYY-MM-DD'), `party` dissent, `responsible` action;
 * `responsibleId` is the agency's id where the name came from a list, and is never hashed.
 */
export type BlockAttributes = {
  readonly kind: BlockKind
  readonly indent: number
  readonly responsible: string
  readonly responsibleId: string
  readonly due: string
  readonly party: string
}

export const DEFAULT_BLOCK: BlockAttributes = {
  kind: 'paragraph',
  indent: 0,
  responsible: '',
  responsibleId: '',
  due: '',
  party: '',
}

export type BlockAttribute = keyof BlockAttributes
export const BLOCK_ATTRIBUTES = Object.keys(DEFAULT_BLOCK) as readonly BlockAttribute[]

/** One block of an item's body as plain values. */
export type Block = BlockAttributes & { readonly id: BlockId; readonly content: readonly Inline[] }

export function isBlockKind(value: unknown): value is BlockKind {
  return (BLOCK_KINDS as readonly unknown[]).includes(value)
}

/** True for the four kinds that record what an item ended in. */
export function isOutcome(kind: BlockKind): boolean {
  return kind === 'decision' || kind === 'action' || kind === 'tabled' || kind === 'dissent'
}

/** Reads a marker's keys; unknown kinds and ill-typed values read as the default and stay stored. */
export function blockAttributes(read: (key: BlockAttribute) => unknown): BlockAttributes {
  const kind = read('kind')
  const indent = read('indent')
  const text = (key: BlockAttribute): string => {
    const value = read(key)
    return typeof value === 'string' ? value : ''
  }
  return {
    kind: isBlockKind(kind) ? kind : DEFAULT_BLOCK.kind,
    indent: typeof indent === 'number' && Number.isInteger(indent) ? Math.min(Math.max(indent, 0), MAX_INDENT) : 0,
    responsible: text('responsible'),
    responsibleId: text('responsibleId'),
    due: text('due'),
    party: text('party'),
  }
}
