import { bodyOf, itemOf, readItems } from '@justera/minutes'
import * as Y from 'yjs'
import { type PeerAddress, ProtocolPeer } from '../support/protocolPeer.ts'

/** One word that a typist wrote, and what the server has confirmed about it. */
type Word = {
  readonly text: string
  readonly item: string
  readonly start: Y.RelativePosition
  written: 'sent' | 'acked'
  deleted: 'no' | 'sent' | 'acked'
}

/** What the log must hold after a crash, and what it must not. */
export type Promised = { readonly present: readonly string[]; readonly absent: readonly string[] }

/**
 * Somebody who types words into the agenda and deletes some of them again, and remembers for each what the
 * server has confirmed. The document survives a lost socket, as a page's does.
 */
export class Typist {
  readonly peer = new ProtocolPeer()
  /** updates confirmed as durable so far */
  confirmed = 0
  readonly #name: string
  readonly #random: () => number
  readonly #words: Word[] = []
  /** by number of the sync frame on the present socket: what its ack confirms */
  readonly #waiting = new Map<number, () => void>()
  #acked = 0
  #count = 0

  /** @param random 0 ≤ x < 1, seeded */
  constructor(name: string, random: () => number) {
    this.#name = name
    this.#random = random
    this.peer.onAck = (count) => this.#onAck(count)
  }

  /** Opens a socket; its first frame carries everything that was not confirmed on the one before. */
  async connect(address: PeerAddress): Promise<void> {
    const unconfirmed = [...this.#waiting.values()]
    this.#waiting.clear()
    this.#acked = 0
    await this.peer.connect(address)
    // Step 2 goes out when the server's step 1 arrives, before or right after the state; its ack covers them all.
    while (this.peer.sent === 0 && this.peer.closeCode === null) await new Promise((r) => setTimeout(r, 1))
    this.#expect(1, () => {
      for (const confirm of unconfirmed) confirm()
    })
  }

  /** One edit: mostly a new word, sometimes the deletion of an own one. */
  type(): void {
    if (!this.peer.isOpen || this.peer.sent === 0) return
    const own = this.#words.filter((word) => word.deleted === 'no')
    const victim = own[Math.floor(this.#random() * own.length)]
    if (victim !== undefined && this.#random() < 0.2) this.#delete(victim)
    else this.#write()
  }

  /** Judged by acks alone: words confirmed and not touched since, and words whose deletion is confirmed. */
  promised(): Promised {
    return {
      present: this.#words.filter((w) => w.written === 'acked' && w.deleted === 'no').map((w) => w.text),
      absent: this.#words.filter((w) => w.deleted === 'acked').map((w) => w.text),
    }
  }

  /** What must be in the document once everything is confirmed. */
  typed(): Promised {
    return {
      present: this.#words.filter((w) => w.deleted === 'no').map((w) => w.text),
      absent: this.#words.filter((w) => w.deleted !== 'no').map((w) => w.text),
    }
  }

  #write(): void {
    const items = readItems(this.peer.doc)
    const item = items[Math.floor(this.#random() * items.length)]
    const map = item === undefined ? undefined : itemOf(this.peer.doc, item.id)
    if (item === undefined || map === undefined) return
    const body = bodyOf(map)
    const text = `⟨${this.#name}.${this.#count++}⟩`
    const at = body.length
    body.insert(at, text)
    const start = Y.createRelativePositionFromTypeIndex(body, at)
    const word: Word = { text, item: item.id, start, written: 'sent', deleted: 'no' }
    this.#words.push(word)
    this.#expect(this.peer.sent, () => {
      word.written = 'acked'
    })
  }

  #delete(word: Word): void {
    const place = Y.createAbsolutePositionFromRelativePosition(word.start, this.peer.doc)
    if (place === null || !(place.type instanceof Y.Text)) throw new Error(`lost the place of ${word.text}`)
    place.type.delete(place.index, word.text.length)
    word.deleted = 'sent'
    this.#expect(this.peer.sent, () => {
      word.deleted = 'acked'
    })
  }

  #expect(frame: number, confirm: () => void): void {
    if (frame <= this.#acked) confirm()
    else {
      const before = this.#waiting.get(frame)
      this.#waiting.set(frame, () => {
        before?.()
        confirm()
      })
    }
  }

  #onAck(count: number): void {
    this.#acked = count
    for (const [frame, confirm] of this.#waiting) {
      if (frame > count) continue
      this.#waiting.delete(frame)
      this.confirmed++
      confirm()
    }
  }
}
