import {
  BLOCK_ATTRIBUTES,
  type BlockAttribute,
  blockAttributes,
  isSafeHref,
  setMarkerAttribute,
} from '@justera/minutes'
import type { Mark, Node } from '@tiptap/pm/model'
import { AddMarkStep, AttrStep, RemoveMarkStep, ReplaceAroundStep, ReplaceStep, type Step } from '@tiptap/pm/transform'
import { attributeOf, attributesOf } from './inlineContent.ts'
import { cutsSurrogatePair, indexOfPosition } from './positions.ts'
import { changedAttributes, lengthOf, sameToken, type Token, tokensBetween, tokensOfSlice } from './tokens.ts'
import type { UnitAddress } from './unitAddress.ts'

/** Whether the text now says what the editor shows; if not, the editor must be drawn anew from the text. */
export type Written = 'exact' | 'redraw'

/**
 * Why a step cannot be written, or `null` when it can. A flat schema produces nothing else; asked before the step
 * is applied, so that editor and text never part.
 */
export function whyUnwritable(step: Step, doc: Node): string | null {
  if (step instanceof ReplaceStep) return unsafeMarkIn(step.slice.content)
  if (step instanceof ReplaceAroundStep) return isBlockRewrite(step) ? null : 'wraps or lifts blocks'
  if (step instanceof AttrStep) {
    if (doc.nodeAt(step.pos)?.type.name !== 'block') return 'sets an attribute of something other than a block'
    return isBlockAttribute(step.attr) ? null : `sets the unknown attribute ${step.attr}`
  }
  if (step instanceof AddMarkStep) return isUnsafe(step.mark) ? 'adds an unsafe link' : null
  if (step instanceof RemoveMarkStep) return null
  return `is of a kind without a place in a text (${String(step.toJSON().stepType)})`
}

/**
 * Writes one step into the text.
 * @param doc the document before the step, which is what `address` shows
 * @throws RangeError for a step that {@link whyUnwritable} names
 */
export function writeStep(address: UnitAddress, step: Step, doc: Node): Written {
  if (step instanceof ReplaceStep) return writeReplace(address, step, doc)
  if (step instanceof ReplaceAroundStep && isBlockRewrite(step)) return writeBlockRewrite(address, step, doc)
  if (step instanceof AttrStep && isBlockAttribute(step.attr)) return writeAttribute(address, step, step.attr, doc)
  if (step instanceof AddMarkStep) {
    return writeMark(address, step.from, step.to, attributeOf(step.mark), doc, (node) => !step.mark.isInSet(node.marks))
  }
  if (step instanceof RemoveMarkStep) {
    const off = { [step.mark.type.name]: null }
    return writeMark(address, step.from, step.to, off, doc, (node) => step.mark.isInSet(node.marks))
  }
  throw new RangeError(`a step that cannot be written: ${whyUnwritable(step, doc)}`)
}

/**
 * Whether positions after this step mean the same place in document and text. A replace that cuts a surrogate pair is
 * widened (Yjs would replace both halves, differently on each replica), so that later steps would miss their place.
 */
export function keepsPlaces(step: Step, doc: Node): boolean {
  return !(step instanceof ReplaceStep && (cutsSurrogatePair(doc, step.from) || cutsSurrogatePair(doc, step.to)))
}

/** Writes all that lies between two documents as one replace of whole characters. */
export function writeDifference(address: UnitAddress, before: Node, after: Node): Written {
  let start = before.content.findDiffStart(after.content)
  const end = before.content.findDiffEnd(after.content)
  if (start === null || end === null) return 'redraw'
  const overlap = Math.max(0, start - Math.min(end.a, end.b))
  let stop = end.a + overlap
  let afterStop = end.b + overlap
  if (cutsSurrogatePair(before, start) || cutsSurrogatePair(after, start)) start -= 1
  if (cutsSurrogatePair(before, stop) || cutsSurrogatePair(after, afterStop)) {
    stop += 1
    afterStop += 1
  }
  // Halves that a cut left over go with the half that was deleted.
  const isWhole = (token: Token): boolean => token.type !== 'text' || token.text.isWellFormed()
  const step = new ReplaceStep(start, stop, after.slice(start, afterStop))
  writeReplace(address, step, before, tokensOfSlice(step.slice).filter(isWhole))
  return 'redraw'
}

function writeReplace(
  address: UnitAddress,
  step: ReplaceStep,
  doc: Node,
  inserted: readonly Token[] = tokensOfSlice(step.slice),
): Written {
  let written: Written = 'exact'
  const isInsertion = step.from === step.to
  const cutsFrom = cutsSurrogatePair(doc, step.from)
  const cutsTo = cutsSurrogatePair(doc, step.to)
  const fromPosition = cutsFrom ? step.from - 1 : step.from
  const toPosition = cutsTo ? (isInsertion ? fromPosition : step.to + 1) : step.to
  if (cutsFrom || cutsTo) written = 'redraw'

  const removed = fromPosition === toPosition ? [] : tokensBetween(doc, fromPosition, toPosition)
  if (address.implicit && touchesFirst(step, doc) && !keepsImplicit(doc, fromPosition, toPosition, removed, inserted)) {
    address.insertMarker(0, {})
  }
  const { implicit } = address
  const start = indexOfPosition(doc, fromPosition, implicit)
  const end = indexOfPosition(doc, toPosition, implicit)

  let prefix = 0
  let index = start
  for (; prefix < removed.length && prefix < inserted.length; prefix++) {
    const [before, after] = [removed[prefix], inserted[prefix]] as [Token, Token]
    if (prefix === 0 && before.type === 'open' && after.type === 'open') {
      const marker = address.markerAt(index)
      for (const [key, value] of changedAttributes(before.attributes, after.attributes)) {
        if (marker !== undefined) setMarkerAttribute(marker, key, value)
      }
    } else if (!sameToken(before, after)) break
    index += lengthOf(before)
  }
  let suffix = 0
  let stop = end
  for (; suffix < removed.length - prefix && suffix < inserted.length - prefix; suffix++) {
    const [before, after] = [removed[removed.length - 1 - suffix], inserted[inserted.length - 1 - suffix]]
    if (before === undefined || after === undefined || !sameToken(before, after)) break
    stop -= lengthOf(before)
  }

  address.remove(index, stop)
  if (!insertTokens(address, index, inserted.slice(prefix, inserted.length - suffix))) written = 'redraw'
  return written
}

/** @returns false when the text had to differ from the tokens: a lone surrogate, or a control that draws otherwise */
function insertTokens(address: UnitAddress, start: number, tokens: readonly Token[]): boolean {
  let faithful = true
  let index = start
  for (let n = 0; n < tokens.length; ) {
    const token = tokens[n] as Token
    if (token.type === 'open') {
      address.insertMarker(index, token.attributes)
      index += 1
      n += 1
    } else if (token.type === 'atom') {
      address.insertEmbed(index, token.embed, attributesOf(token.marks))
      index += 1
      n += 1
    } else {
      let run = ''
      for (let next = tokens[n]; next?.type === 'text' && sameMarks(next.marks, token.marks); next = tokens[++n]) {
        run += next.text
      }
      const wellFormed = run.toWellFormed()
      if (wellFormed !== run || /[\n\r]/.test(run)) faithful = false
      address.insertText(index, wellFormed, attributesOf(token.marks))
      index += wellFormed.length
    }
  }
  return faithful
}

function writeBlockRewrite(address: UnitAddress, step: ReplaceAroundStep, doc: Node): Written {
  const before = doc.nodeAt(step.from)
  const after = step.slice.content.firstChild
  if (before === null || after === null) return 'redraw'
  const changed = changedAttributes(readAttributes(before), readAttributes(after))
  if (changed.length === 0) return 'exact'
  const marker = markerAtPosition(address, step.from, doc)
  for (const [key, value] of changed) if (marker !== undefined) setMarkerAttribute(marker, key, value)
  return 'exact'
}

function writeAttribute(address: UnitAddress, step: AttrStep, key: BlockAttribute, doc: Node): Written {
  const before = doc.nodeAt(step.pos)
  if (before === null || before.attrs[key] === step.value) return 'exact'
  const marker = markerAtPosition(address, step.pos, doc)
  if (marker !== undefined) setMarkerAttribute(marker, key, step.value)
  return 'exact'
}

function markerAtPosition(address: UnitAddress, position: number, doc: Node): ReturnType<UnitAddress['markerAt']> {
  if (position === 0 && address.implicit) address.insertMarker(0, {})
  return address.markerAt(indexOfPosition(doc, position, address.implicit))
}

function writeMark(
  address: UnitAddress,
  from: number,
  to: number,
  attributes: Record<string, unknown>,
  doc: Node,
  changes: (node: Node) => boolean,
): Written {
  const { implicit } = address
  let written: Written = 'exact'
  let run: [number, number] | null = null
  const flush = (): void => {
    if (run !== null) address.format(run[0], run[1], attributes)
    run = null
  }
  doc.nodesBetween(from, to, (node, position) => {
    if (!node.isInline || !changes(node)) return
    let start = Math.max(position, from)
    let end = Math.min(position + node.nodeSize, to)
    if (cutsSurrogatePair(doc, start)) {
      start -= 1
      written = 'redraw'
    }
    if (cutsSurrogatePair(doc, end)) {
      end += 1
      written = 'redraw'
    }
    const next: [number, number] = [indexOfPosition(doc, start, implicit), indexOfPosition(doc, end, implicit)]
    if (run !== null && run[1] === next[0]) run[1] = next[1]
    else {
      flush()
      run = next
    }
  })
  flush()
  return written
}

/** The implicit block must have a marker before an edit that reaches it, its outer end included. */
function touchesFirst(step: ReplaceStep, doc: Node): boolean {
  return step.from <= (doc.firstChild?.nodeSize ?? 0)
}

/**
 * Plain typing inside the implicit block may leave it without a marker, as long as some text remains: two people who
 * start an empty item at once would otherwise leave an empty block.
 */
function keepsImplicit(
  doc: Node,
  from: number,
  to: number,
  removed: readonly Token[],
  inserted: readonly Token[],
): boolean {
  const first = doc.firstChild
  if (first === null || from < 1 || to > first.nodeSize - 1) return false
  if (removed.some((token) => token.type === 'open') || inserted.some((token) => token.type === 'open')) return false
  const units = (tokens: readonly Token[]): number => tokens.reduce((sum, token) => sum + lengthOf(token), 0)
  return first.content.size - units(removed) + units(inserted) > 0
}

/** One block's open replaced by another, its content kept: what setNode and updateAttributes make. */
function isBlockRewrite(step: ReplaceAroundStep): boolean {
  return (
    step.gapFrom === step.from + 1 &&
    step.gapTo === step.to - 1 &&
    step.insert === 1 &&
    step.slice.openStart === 0 &&
    step.slice.openEnd === 0 &&
    step.slice.content.childCount === 1 &&
    step.slice.content.firstChild?.type.name === 'block'
  )
}

function unsafeMarkIn(content: { descendants: Node['descendants'] }): string | null {
  let found: string | null = null
  content.descendants((node) => {
    if (node.marks.some(isUnsafe)) found = 'inserts an unsafe link'
    return found === null
  })
  return found
}

function isUnsafe(mark: Mark): boolean {
  return mark.type.name === 'link' && !isSafeHref(mark.attrs.href)
}

function isBlockAttribute(name: string): name is BlockAttribute {
  return (BLOCK_ATTRIBUTES as readonly string[]).includes(name)
}

function readAttributes(node: Node): ReturnType<typeof blockAttributes> {
  return blockAttributes((key) => node.attrs[key])
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a === b || (a.length === b.length && a.every((mark, n) => b[n] !== undefined && mark.eq(b[n])))
}
