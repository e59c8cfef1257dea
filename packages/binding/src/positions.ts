import type { Node } from '@tiptap/pm/model'

/**
 * A ProseMirror position counts block-open, block-close and inline units; the text counts markers and inline
 * units. `implicit` says that the first block has no marker, so that its open counts nothing.
 */

/** Text index of a document position: the units before it. */
export function indexOfPosition(doc: Node, position: number, implicit: boolean): number {
  let offset = 0
  let index = 0
  for (let n = 0; n < doc.childCount; n++) {
    if (position <= offset) return index
    const block = doc.child(n)
    const open = implicit && n === 0 ? 0 : 1
    const inside = position - offset - 1
    if (inside <= block.content.size) return index + open + inside
    index += open + block.content.size
    offset += block.nodeSize
  }
  return index
}

/**
 * Document position of a text index, inside a block: from just after its marker to the end of its text.
 * The index of a marker is the end of the block before it; index 0 with a marker lies before the first block.
 */
export function positionOfIndex(doc: Node, index: number, implicit: boolean): number {
  let rest = index
  let offset = 0
  for (let n = 0; n < doc.childCount; n++) {
    const block = doc.child(n)
    if (!(implicit && n === 0)) rest -= 1
    if (rest < 0) return offset
    if (rest <= block.content.size) return offset + 1 + rest
    rest -= block.content.size
    offset += block.nodeSize
  }
  return Math.max(offset - 1, 0)
}

/** Position before the n-th block. */
export function positionOfBlock(doc: Node, n: number): number {
  let offset = 0
  for (let before = 0; before < n; before++) offset += doc.child(before).nodeSize
  return offset
}

/** How many units a document holds. */
export function unitCount(doc: Node, implicit: boolean): number {
  return doc.content.size - 2 * doc.childCount + doc.childCount - (implicit ? 1 : 0)
}

/** True when a position lies between the halves of a surrogate pair. */
export function cutsSurrogatePair(doc: Node, position: number): boolean {
  const resolved = doc.resolve(position)
  const before = resolved.nodeBefore?.text
  const after = resolved.nodeAfter?.text
  if (before === undefined || after === undefined) return false
  const high = before.charCodeAt(before.length - 1)
  const low = after.charCodeAt(0)
  return high >= 0xd800 && high <= 0xdbff && low >= 0xdc00 && low <= 0xdfff
}
