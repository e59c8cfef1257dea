import type { Extensions } from '@tiptap/core'
import type { DrawBlock, FactKind } from './blockDrawing.ts'

export type SchemaOptions = {
  /** Wording around blocks; left out: none (tests, clipboard). */
  readonly drawBlock?: DrawBlock
  /** Called when a person presses a fact. `position` stands before the block; see `setBlockAttribute`. */
  readonly onEditFact?: (kind: FactKind, position: number, anchor: HTMLElement) => void
}

/** Document, Block, Text, HardBreak, Mention, Bold, Italic, Link: everything a body can hold. */
export function minutesSchemaExtensions(options: SchemaOptions = {}): Extensions {
  throw new Error(`not yet: ${Object.keys(options)}`)
}
