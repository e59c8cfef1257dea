import { type BlockAttributes, createMarker } from '@justera/minutes'
import * as Y from 'yjs'
import type { UnitAddress } from './unitAddress.ts'
import { itemsOf } from './units.ts'

/** One unit that the editor shows, by the id of its place in the Yjs history. */
export type UnitId = { readonly client: number; readonly clock: number; readonly isMarker: boolean }

/**
 * The units that an editor goes on showing while a composition holds remote changes back. Local steps address units by
 * id: those still alive are deleted, insertions go after the unit to the left, wherever colleagues have moved things.
 */
export class HeldText implements UnitAddress {
  private readonly text: Y.Text
  private readonly shown: UnitId[]
  /** Where units were just removed: what replaces them goes to their place, not to what a colleague put before it. */
  private gap: { readonly index: number; readonly left: UnitId } | null = null

  /**
   * @param transaction the first remote change that is held back; read while its observers run
   */
  constructor(text: Y.Text, transaction: Y.Transaction) {
    this.text = text
    this.shown = []
    for (const item of itemsOf(text)) {
      const added = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0)
      const wasThere = !added && (!item.deleted || Y.isDeleted(transaction.deleteSet, item.id))
      if (item.countable && wasThere) pushUnits(this.shown, item, 0, item.length)
    }
  }

  get implicit(): boolean {
    return this.shown[0]?.isMarker !== true
  }

  /** Text index just after the unit to the left of a shown index, dead or alive: where that place is now. */
  liveIndex(index: number): number {
    const left = this.gap?.index === index ? this.gap.left : this.shown[index - 1]
    if (left === undefined) return 0
    let live = 0
    for (const item of itemsOf(this.text)) {
      const isHere =
        item.id.client === left.client && left.clock >= item.id.clock && left.clock < item.id.clock + item.length
      if (isHere) return item.deleted ? live : live + left.clock - item.id.clock + 1
      if (!item.deleted && item.countable) live += item.length
    }
    return live
  }

  remove(from: number, to: number): void {
    for (const [start, end] of this.liveRanges(from, to).reverse()) this.text.delete(start, end - start)
    const last = this.shown[to - 1]
    this.gap = to > from && last !== undefined ? { index: from, left: last } : null
    this.shown.splice(from, to - from)
  }

  insertText(index: number, text: string, attributes: Record<string, unknown>): void {
    const live = this.liveIndex(index)
    this.text.insert(live, text, attributes)
    this.adopt(index, live, text.length)
  }

  insertEmbed(index: number, embed: Readonly<Record<string, unknown>>, attributes: Record<string, unknown>): void {
    const live = this.liveIndex(index)
    this.text.insertEmbed(live, embed, attributes)
    this.adopt(index, live, 1)
  }

  insertMarker(index: number, attributes: Partial<BlockAttributes>): void {
    const live = this.liveIndex(index)
    this.text.insertEmbed(live, createMarker(attributes), {})
    this.adopt(index, live, 1)
  }

  format(from: number, to: number, attributes: Record<string, unknown>): void {
    for (const [start, end] of this.liveRanges(from, to)) this.text.format(start, end - start, attributes)
  }

  markerAt(index: number): Y.Map<unknown> | undefined {
    const unit = this.shown[index]
    if (unit === undefined) return undefined
    for (const item of itemsOf(this.text)) {
      if (item.id.client !== unit.client || item.id.clock !== unit.clock) continue
      const { content } = item
      return !item.deleted && content instanceof Y.ContentType && content.type instanceof Y.Map
        ? content.type
        : undefined
    }
    return undefined
  }

  /** Text ranges of those shown units that are still alive, in text order. */
  private liveRanges(from: number, to: number): [number, number][] {
    const wanted = new Map<number, Set<number>>()
    for (const { client, clock } of this.shown.slice(from, to)) {
      const clocks = wanted.get(client)
      if (clocks === undefined) wanted.set(client, new Set([clock]))
      else clocks.add(clock)
    }
    const ranges: [number, number][] = []
    let live = 0
    for (const item of itemsOf(this.text)) {
      if (item.deleted || !item.countable) continue
      const clocks = wanted.get(item.id.client)
      if (clocks !== undefined) {
        for (let unit = 0; unit < item.length; unit++) {
          if (!clocks.has(item.id.clock + unit)) continue
          const last = ranges.at(-1)
          if (last?.[1] === live + unit) last[1] += 1
          else ranges.push([live + unit, live + unit + 1])
        }
      }
      live += item.length
    }
    return ranges
  }

  /** Takes the units at a text range, just inserted, into what is shown. */
  private adopt(index: number, live: number, length: number): void {
    const units: UnitId[] = []
    let passed = 0
    for (const item of itemsOf(this.text)) {
      if (item.deleted || !item.countable) continue
      if (passed + item.length > live && passed < live + length) {
        pushUnits(units, item, Math.max(live - passed, 0), Math.min(live + length - passed, item.length))
      }
      passed += item.length
    }
    this.shown.splice(index, 0, ...units)
    this.gap = null
  }
}

function pushUnits(units: UnitId[], item: Y.Item, from: number, to: number): void {
  const isMarker = item.content instanceof Y.ContentType && item.content.type instanceof Y.Map
  for (let unit = from; unit < to; unit++) {
    units.push({ client: item.id.client, clock: item.id.clock + unit, isMarker })
  }
}
