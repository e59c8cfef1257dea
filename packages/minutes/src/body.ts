import * as Y from 'yjs'
import {
  BLOCK_ATTRIBUTES,
  type Block,
  type BlockAttribute,
  type BlockAttributes,
  blockAttributes,
  DEFAULT_BLOCK,
} from './block.ts'
import { type BlockId, newId } from './ids.ts'
import { attributesFromMarks, type Inline, MARK_TYPES, marksFromAttributes } from './inline.ts'

/**
 * Id under which readers show text that stands before the first marker. It is drawn, never stored:
 * storing it on receipt would make every reader a writer.
 */
export const IMPLICIT_BLOCK_ID = 'first' as BlockId

/** A block to be written; what is left out takes its default. A string is unmarked text. */
export type BlockInput = Partial<BlockAttributes> & { readonly content: string | readonly Inline[] }

/**
 * A body as plain blocks, in text order. Reads only.
 * An empty body has no blocks; text before the first marker forms the implicit block.
 * Two markers of one id (both deleters undid) read as `id` and `id~2`.
 */
export function readBlocks(body: Y.Text): readonly Block[] {
  const blocks: { id: string; attributes: BlockAttributes; content: Inline[] }[] = []
  const seen = new Map<string, number>()
  for (const { insert, attributes } of body.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    if (insert instanceof Y.Map) {
      const marker = insert
      const stored = marker.get('id')
      const id = typeof stored === 'string' && stored !== '' ? stored : 'unnamed'
      const count = (seen.get(id) ?? 0) + 1
      seen.set(id, count)
      blocks.push({
        id: count === 1 ? id : `${id}~${count}`,
        attributes: blockAttributes((key) => marker.get(key)),
        content: [],
      })
      continue
    }
    let block = blocks.at(-1)
    if (block === undefined) {
      block = { id: IMPLICIT_BLOCK_ID, attributes: DEFAULT_BLOCK, content: [] }
      blocks.push(block)
    }
    block.content.push(inlineFrom(insert, attributes))
  }
  return blocks.map(({ id, attributes, content }) => ({ id: id as BlockId, ...attributes, content }))
}

function inlineFrom(insert: unknown, attributes: Record<string, unknown> | undefined): Inline {
  if (typeof insert === 'string') {
    const marks = marksFromAttributes(attributes)
    return marks.length === 0 ? { text: insert } : { text: insert, marks }
  }
  if (typeof insert === 'object' && insert !== null && 'mention' in insert) {
    const { mention, label } = insert as { mention: unknown; label?: unknown }
    return { mention: String(mention), label: typeof label === 'string' ? label : '' }
  }
  return { text: '\uFFFC' } // an embed of a later version: one visible place, never dropped
}

/** A new marker for one block; keys at their default are left out. */
export function createMarker(attributes: Partial<BlockAttributes>, id: BlockId = newId<BlockId>()): Y.Map<unknown> {
  const marker = new Y.Map<unknown>()
  marker.set('id', id)
  for (const key of BLOCK_ATTRIBUTES) {
    const value = attributes[key]
    if (value !== undefined && value !== DEFAULT_BLOCK[key]) marker.set(key, value)
  }
  return marker
}

/** Sets one key of a block's marker. A value equal to the stored one writes nothing. */
export function setMarkerAttribute(marker: Y.Map<unknown>, key: BlockAttribute, value: string | number): void {
  const stored = marker.get(key) ?? DEFAULT_BLOCK[key]
  if (stored !== value) marker.set(key, value)
}

/**
 * Appends blocks to a body, inside the caller's transaction. For templates, imports and tests;
 * people write through the binding.
 */
export function appendBlocks(body: Y.Text, blocks: readonly BlockInput[]): void {
  for (const { content, ...attributes } of blocks) {
    body.insertEmbed(body.length, createMarker(attributes))
    const inlines: readonly Inline[] = typeof content === 'string' ? [{ text: content }] : content
    for (const inline of inlines) {
      if (!('text' in inline)) {
        body.insertEmbed(body.length, { mention: inline.mention, label: inline.label }, marksOff())
      } else if (inline.text !== '') {
        body.insert(body.length, inline.text, { ...marksOff(), ...attributesFromMarks(inline.marks) })
      }
    }
  }
}

/** Explicit formatting for an insertion, so that nothing is inherited from the text before it. */
function marksOff(): Record<string, unknown> {
  return Object.fromEntries(MARK_TYPES.map((type) => [type, null]))
}

/** The live markers of a body, in text order. */
export function markersOf(body: Y.Text): readonly Y.Map<unknown>[] {
  const markers: Y.Map<unknown>[] = []
  for (const { insert } of body.toDelta() as { insert: unknown }[]) if (insert instanceof Y.Map) markers.push(insert)
  return markers
}
