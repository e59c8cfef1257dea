import { blockAttributes, DEFAULT_BLOCK } from '@justera/minutes'
import { getSchema, type JSONContent } from '@tiptap/core'
import type { Node, Schema } from '@tiptap/pm/model'
import * as Y from 'yjs'
import { fragmentOf, marksOf, nodeOfEmbed, nodesOfText } from './inlineContent.ts'
import { minutesSchemaExtensions } from './schema.ts'
import { type Attributes, applyFormat, contentOf } from './units.ts'

/** ProseMirror JSON of a whole document. */
export type DocumentJson = { type: 'doc'; content: JSONContent[] }

/**
 * A body as a document of a schema made of `minutesSchemaExtensions`. Reads only; linear in the text's items.
 * Text before the first marker, and an empty body, are drawn as a block that is not stored.
 */
export function renderBody(text: Y.Text, schema: Schema): Node {
  const blocks: Node[] = []
  let attrs: Record<string, unknown> | null = null
  let inline: Node[] = []
  const formatting = new Map<string, unknown>()
  let marks = marksOf(schema, formatting)
  let pending = ''
  const flushText = (): void => {
    if (pending !== '') inline.push(...nodesOfText(schema, pending, marks))
    pending = ''
  }
  const closeBlock = (): void => {
    flushText()
    if (attrs !== null || inline.length > 0)
      blocks.push(schema.node('block', attrs ?? DEFAULT_BLOCK, fragmentOf(inline)))
    inline = []
  }
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue
    if (item.content instanceof Y.ContentFormat) {
      flushText()
      applyFormat(formatting, item.content)
      marks = marksOf(schema, formatting as Attributes)
      continue
    }
    const content = contentOf(item)
    if (content === null) continue
    if (typeof content === 'string') pending += content
    else if (content instanceof Y.Map) {
      closeBlock()
      attrs = attributesOfMarker(content)
    } else {
      flushText()
      inline.push(nodeOfEmbed(schema, content, marks))
    }
  }
  closeBlock()
  if (blocks.length === 0) blocks.push(schema.node('block', DEFAULT_BLOCK))
  return schema.node('doc', null, blocks)
}

/** A marker's keys as block attributes; unknown keys stay stored and undrawn. */
export function attributesOfMarker(marker: Y.Map<unknown>): Record<string, unknown> {
  return blockAttributes((key) => marker.get(key))
}

let shared: Schema | null = null

/** The schema of a body, without the page's wording; for work outside an editor. */
export function minutesSchema(): Schema {
  shared ??= getSchema(minutesSchemaExtensions())
  return shared
}

/** What a Tiptap editor on this body takes as `content`. Reads only. */
export function contentFrom(text: Y.Text): DocumentJson {
  return renderBody(text, minutesSchema()).toJSON() as DocumentJson
}
