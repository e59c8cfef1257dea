import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import canonicalize from 'canonicalize'
import { type Block, DEFAULT_BLOCK } from './block.ts'
import type { AttendeeId, BlockId, ItemId } from './ids.ts'
import type { Inline, Mark } from './inline.ts'
import type { AgendaItem, Attendee, Minutes } from './minutes.ts'
import { HEADER_FIELDS, type HeaderField } from './names.ts'

/** SHA-256, 64 lower-case hex digits. */
export type ContentHash = string & { readonly __brand: 'ContentHash' }

export type CanonicalBlock = {
  readonly id: BlockId
  readonly kind: Block['kind']
  readonly indent?: number
  readonly responsible?: string
  readonly due?: string
  readonly party?: string
  readonly content: readonly Inline[]
}

export type CanonicalItem = {
  readonly id: ItemId
  readonly title: string
  readonly presenters: readonly string[]
  readonly blocks: readonly CanonicalBlock[]
  readonly hash: ContentHash
}

export type CanonicalAttendee = {
  readonly id: AttendeeId
  readonly name: string
  readonly agency: string
  readonly status: Attendee['status']
  readonly presentFrom?: string
  readonly presentUntil?: string
  readonly note?: string
}

/** What `minutes.json` holds. Ids are for readers; only item ids enter a hash, in the head. */
export type CanonicalMinutes = {
  readonly header: Partial<Readonly<Record<HeaderField, string>>>
  readonly attendance: readonly CanonicalAttendee[]
  readonly headHash: ContentHash
  readonly items: readonly CanonicalItem[]
  readonly hash: ContentHash
}

/**
 * The canonical form of a document with the hash of its head, of each item and of the whole.
 * Equal for equal visible content, whatever edits led to it: defaults are dropped, marks sorted,
 * adjacent equal text merged, block ids, attendee ids and item numbers left out of what is hashed.
 * No Unicode normalisation: the hash speaks of exactly what was shown.
 * @throws RangeError on a lone surrogate or a non-finite number, which have no canonical bytes
 */
export function canonicalMinutes(minutes: Minutes): CanonicalMinutes {
  const header: Partial<Record<HeaderField, string>> = {}
  for (const field of HEADER_FIELDS) if (minutes.header[field] !== '') header[field] = minutes.header[field]
  const attendance = minutes.attendance.map(canonicalAttendee)
  const items = minutes.items.map(canonicalItem)
  const headHash = contentHash('justera-head', {
    header,
    attendance: attendance.map(({ id, ...hashed }) => hashed),
    items: items.map((item) => item.id),
  })
  const hash = contentHash('justera-minutes', { head: headHash, items: items.map((item) => item.hash) })
  return { header, attendance, headHash, items, hash }
}

/** The canonical form of one item; see {@link canonicalMinutes}. */
export function canonicalItem(item: AgendaItem): CanonicalItem {
  const presenters = item.presenters.map((presenter) => presenter.name)
  const blocks = item.blocks.map(canonicalBlock)
  const hash = contentHash('justera-item', {
    title: item.title,
    presenters,
    blocks: blocks.map(({ id, content, ...hashed }) => ({ ...hashed, content: content.map(hashedInline) })),
  })
  return { id: item.id, title: item.title, presenters, blocks, hash }
}

function canonicalBlock(block: Block): CanonicalBlock {
  return {
    id: block.id,
    kind: block.kind,
    ...(block.indent !== DEFAULT_BLOCK.indent && { indent: block.indent }),
    ...(block.responsible !== '' && { responsible: block.responsible }),
    ...(block.due !== '' && { due: block.due }),
    ...(block.party !== '' && { party: block.party }),
    content: canonicalContent(block.content),
  }
}

function canonicalAttendee(attendee: Attendee): CanonicalAttendee {
  const { id, name, agency, status, presentFrom, presentUntil, note } = attendee
  return {
    id,
    name,
    agency,
    status,
    ...(presentFrom !== '' && { presentFrom }),
    ...(presentUntil !== '' && { presentUntil }),
    ...(note !== '' && { note }),
  }
}

/** Sorts marks, drops empty runs, merges neighbours of equal marks. */
function canonicalContent(content: readonly Inline[]): readonly Inline[] {
  const merged: Inline[] = []
  for (const inline of content) {
    if (!('text' in inline)) {
      merged.push({ mention: inline.mention, label: inline.label })
      continue
    }
    if (inline.text === '') continue
    const marks = sortedMarks(inline.marks)
    const run: Inline = marks.length === 0 ? { text: inline.text } : { text: inline.text, marks }
    const last = merged.at(-1)
    if (last !== undefined && 'text' in last && canonicalJson(last.marks ?? []) === canonicalJson(marks)) {
      merged[merged.length - 1] = { ...last, text: last.text + inline.text }
    } else merged.push(run)
  }
  return merged
}

function sortedMarks(marks: readonly Mark[] | undefined): readonly Mark[] {
  const keyed = (marks ?? []).map((mark) => ({ mark, key: canonicalJson([mark.type, mark.attrs ?? {}]) }))
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ mark }) => mark)
}

/** People see a mention's label; the person's id stays out of the hash. */
function hashedInline(inline: Inline): Inline | { readonly label: string } {
  return 'text' in inline ? inline : { label: inline.label }
}

/** RFC 8785 bytes of a JSON value, as text. @throws RangeError where the value has no canonical form */
export function canonicalJson(value: unknown): string {
  assertHashable(value)
  const json = canonicalize(value)
  if (json === undefined) throw new RangeError('value has no canonical form')
  return json
}

function assertHashable(value: unknown): void {
  if (typeof value === 'string' && !value.isWellFormed()) throw new RangeError('lone surrogate in text')
  if (typeof value === 'number' && !Number.isFinite(value)) throw new RangeError('non-finite number')
  if (Array.isArray(value)) value.forEach(assertHashable)
  else if (typeof value === 'object' && value !== null) {
    for (const [key, entry] of Object.entries(value)) {
      assertHashable(key)
      assertHashable(entry)
    }
  }
}

/**
 * SHA-256 over `domain \0 v1 \0` and the canonical JSON. The domain keeps an item's hash from ever
 * standing for a head; v1 changes only when the canonical form does, old versions stay verifiable.
 */
function contentHash(domain: 'justera-head' | 'justera-item' | 'justera-minutes', value: unknown): ContentHash {
  return bytesToHex(
    sha256(concatBytes(utf8ToBytes(`${domain}\0v1\0`), utf8ToBytes(canonicalJson(value)))),
  ) as ContentHash
}
