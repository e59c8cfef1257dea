import { DEFAULT_BLOCK } from '@justera/minutes'
import { type Node, type Schema, Slice } from '@tiptap/pm/model'
import { ReplaceStep, type Transform } from '@tiptap/pm/transform'
import * as Y from 'yjs'
import { fragmentOf, marksOf, nodeOfEmbed, nodesOfText } from './inlineContent.ts'
import { positionOfBlock, positionOfIndex } from './positions.ts'
import { attributesOfMarker } from './render.ts'
import type { TextChange } from './textDelta.ts'
import type { Attributes } from './units.ts'

/**
 * Turns a change of the text into steps.
 * @param transform a document that shows the text before the change, its first block with a marker before and after,
 *   and no change at index 0; anything else is drawn anew by the caller
 */
export function applyChanges(transform: Transform, changes: readonly TextChange[], schema: Schema): void {
  let index = 0
  for (const change of changes) {
    switch (change.type) {
      case 'retain':
        if (change.attributes !== undefined) {
          setMarks(transform, index, index + change.length, change.attributes, schema)
        }
        index += change.length
        break
      case 'delete': {
        const from = positionOfIndex(transform.doc, index, false)
        const to = positionOfIndex(transform.doc, index + change.length, false)
        transform.step(new ReplaceStep(from, to, Slice.empty))
        break
      }
      case 'insert':
        index += insert(transform, index, change, schema)
    }
  }
}

function insert(
  transform: Transform,
  index: number,
  { content, attributes }: Extract<TextChange, { type: 'insert' }>,
  schema: Schema,
): number {
  const position = positionOfIndex(transform.doc, index, false)
  if (content instanceof Y.Map) {
    const left = transform.doc.resolve(position).parent
    const slice = new Slice(
      fragmentOf([
        schema.node('block', left.attrs),
        schema.node('block', { ...DEFAULT_BLOCK, ...attributesOfMarker(content) }),
      ]),
      1,
      1,
    )
    transform.step(new ReplaceStep(position, position, slice))
    return 1
  }
  const marks = marksOf(schema, attributes)
  const isText = typeof content === 'string'
  const nodes = isText ? nodesOfText(schema, content, marks) : [nodeOfEmbed(schema, content, marks)]
  transform.step(new ReplaceStep(position, position, new Slice(fragmentOf(nodes), 0, 0)))
  return isText ? content.length : 1
}

function setMarks(transform: Transform, start: number, end: number, attributes: Attributes, schema: Schema): void {
  const from = positionOfIndex(transform.doc, start, false)
  const to = positionOfIndex(transform.doc, end, false)
  const wanted = marksOf(schema, attributes)
  for (const type of Object.values(schema.marks)) {
    const mark = wanted.find((candidate) => candidate.type === type)
    if (mark === undefined) transform.removeMark(from, to, type)
    else transform.addMark(from, to, mark)
  }
}

/** Gives the n-th block the keys of its marker, changed keys only. */
export function applyMarker(transform: Transform, n: number, marker: Y.Map<unknown>): void {
  const block = transform.doc.maybeChild(n)
  if (block === null) return
  const position = positionOfBlock(transform.doc, n)
  for (const [key, value] of Object.entries(attributesOfMarker(marker))) {
    if (block.attrs[key] !== value) transform.setNodeAttribute(position, key, value)
  }
}

/**
 * Makes the document equal to another by the smallest single replace, so that caret and decorations survive
 * outside it. Does nothing when they are equal.
 */
export function applyDifference(transform: Transform, wanted: Node): void {
  const { doc } = transform
  const start = doc.content.findDiffStart(wanted.content)
  const end = doc.content.findDiffEnd(wanted.content)
  if (start === null || end === null) return
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  const to = end.a + overlap
  const wantedTo = end.b + overlap
  const result = transform.maybeStep(new ReplaceStep(start, to, wanted.slice(start, wantedTo)))
  if (result.failed !== null || !transform.doc.eq(wanted)) {
    transform.step(new ReplaceStep(0, transform.doc.content.size, new Slice(wanted.content, 0, 0)))
  }
}
