import { agendaOf, bodyOf, type ItemId, itemOf } from '@justera/minutes'
import * as Y from 'yjs'
import type { ProtocolPeer } from './protocolPeer.ts'

/**
 * Types recognisable words into a peer's document, one character at a time, each word between two others in one
 * of the items, as a person would: the next letter goes after the last one, wherever that has moved to.
 */
export class Typist {
  /** every word typed to its end */
  readonly words: string[] = []
  private readonly peer: ProtocolPeer
  private readonly name: string
  private readonly random: () => number
  private readonly items: readonly ItemId[]
  private rest = ''
  private place: { readonly text: Y.Text; readonly after: Y.RelativePosition } | null = null

  /** @param name a letter and a digit, then anything; each word begins with it */
  constructor(peer: ProtocolPeer, name: string, random: () => number, items: readonly ItemId[]) {
    this.peer = peer
    this.name = name
    this.random = random
    this.items = items
  }

  /** Presses one key. */
  press(): void {
    if (this.place === null) this.startWord()
    const { place } = this
    if (place === null) return
    const at = Y.createAbsolutePositionFromRelativePosition(place.after, this.peer.doc)
    const letter = this.rest.charAt(0)
    const index = at?.index ?? place.text.length
    place.text.insert(index, letter)
    this.rest = this.rest.slice(1)
    if (this.rest === '') this.place = null
    else this.place = { text: place.text, after: Y.createRelativePositionFromTypeIndex(place.text, index + 1, -1) }
  }

  /** Types the current word to its end, so that it can be counted. */
  finish(): void {
    while (this.place !== null) this.press()
  }

  /** A short item may have no place left between two words of the real minutes; then another one is taken. */
  private startWord(): void {
    const start = Math.floor(this.random() * this.items.length)
    for (let n = 0; n < this.items.length; n++) {
      const id = this.items[(start + n) % this.items.length]
      const item = id === undefined ? undefined : itemOf(this.peer.doc, id)
      if (item === undefined) throw new Error(`no item ${id}; there are ${[...agendaOf(this.peer.doc).keys()]}`)
      const text = bodyOf(item)
      const ends = wordEnds(text)
      const index = ends[Math.floor(this.random() * ends.length)]
      if (index === undefined) continue
      const word = `${this.name}w${this.words.length}`
      this.words.push(word)
      // A space comes first and last, so that no word ever touches another.
      this.rest = ` ${word} `
      this.place = { text, after: Y.createRelativePositionFromTypeIndex(text, index, -1) }
      return
    }
    throw new Error('no place left between two words')
  }
}

/**
 * Indices between two words of plain letters. Words being typed have a digit as their second character, so that
 * nobody starts inside or right after one: there two people's letters may lawfully come to stand in either order.
 */
function wordEnds(text: Y.Text): readonly number[] {
  const ends: number[] = []
  let index = 0
  for (const { insert } of text.toDelta() as { insert: unknown }[]) {
    if (typeof insert === 'string') {
      for (const match of insert.matchAll(/(?<=\p{L}{3})(?= \p{L}{2})/gu)) ends.push(index + match.index)
      index += insert.length
    } else index++
  }
  return ends
}
