import { type BlockAttributes, createMarker } from '@justera/minutes'
import * as Y from 'yjs'
import { itemsOf, startsImplicit } from './units.ts'

/**
 * Where local steps write. Indexes count the units that the *editor* shows, which is the whole text except while a
 * composition holds remote changes back. All within the caller's Yjs transaction.
 */
export interface UnitAddress {
  /** True when the first block that the editor shows has no marker. */
  readonly implicit: boolean
  remove(from: number, to: number): void
  insertText(index: number, text: string, attributes: Record<string, unknown>): void
  insertEmbed(index: number, embed: Readonly<Record<string, unknown>>, attributes: Record<string, unknown>): void
  insertMarker(index: number, attributes: Partial<BlockAttributes>): void
  format(from: number, to: number, attributes: Record<string, unknown>): void
  /** The live marker at an index; `undefined` when somebody has deleted it. */
  markerAt(index: number): Y.Map<unknown> | undefined
}

/** The usual case: the editor shows exactly the text. */
export class WholeText implements UnitAddress {
  private readonly text: Y.Text

  constructor(text: Y.Text) {
    this.text = text
  }

  get implicit(): boolean {
    return startsImplicit(this.text)
  }

  remove(from: number, to: number): void {
    if (to > from) this.text.delete(from, to - from)
  }

  insertText(index: number, text: string, attributes: Record<string, unknown>): void {
    this.text.insert(index, text, attributes)
  }

  insertEmbed(index: number, embed: Readonly<Record<string, unknown>>, attributes: Record<string, unknown>): void {
    this.text.insertEmbed(index, embed, attributes)
  }

  insertMarker(index: number, attributes: Partial<BlockAttributes>): void {
    this.text.insertEmbed(index, createMarker(attributes), {})
  }

  format(from: number, to: number, attributes: Record<string, unknown>): void {
    if (to > from) this.text.format(from, to - from, attributes)
  }

  markerAt(index: number): Y.Map<unknown> | undefined {
    return markerOfText(this.text, index)
  }
}

/** The marker that stands at an index of the text itself. */
function markerOfText(text: Y.Text, index: number): Y.Map<unknown> | undefined {
  let passed = 0
  for (const item of itemsOf(text)) {
    if (item.deleted || !item.countable) continue
    if (passed === index) {
      const { content } = item
      return content instanceof Y.ContentType && content.type instanceof Y.Map ? content.type : undefined
    }
    passed += item.length
    if (passed > index) return undefined
  }
  return undefined
}
