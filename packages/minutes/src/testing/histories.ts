import fc from 'fast-check'
import * as Y from 'yjs'
import {
  addAttendee,
  addItem,
  addPresenter,
  appendBlocks,
  BLOCK_KINDS,
  bodyOf,
  createMinutesDoc,
  type ItemId,
  itemOf,
  markersOf,
  moveItem,
  readMinutes,
  setAttendeeRemoved,
  setHeaderField,
  setItemRemoved,
  setItemTitle,
  setMarkerAttribute,
  writeMinutes,
} from '../index.ts'

/** One random edit by one of three people; numbers pick targets, modulo what is there. */
export type Edit = {
  readonly who: number
  readonly what: number
  readonly a: number
  readonly b: number
  readonly text: string
}

const WHAT = 13
const edit: fc.Arbitrary<Edit> = fc.record({
  who: fc.nat(2),
  what: fc.nat(WHAT),
  a: fc.nat(100),
  b: fc.nat(100),
  text: fc.string({ unit: 'grapheme', maxLength: 6 }),
})
export const editScript = fc.array(edit, { minLength: 1, maxLength: 40, size: 'max' })

/**
 * Plays a script on three replicas that now and then hear of each other.
 * @returns every update that was sent, oldest first: a log
 */
export function play(script: readonly Edit[]): {
  readonly replicas: readonly Y.Doc[]
  readonly updates: readonly Uint8Array[]
} {
  const updates: Uint8Array[] = []
  const replicas = [11, 12, 13].map((id) => createMinutesDoc(id))
  for (const replica of replicas) {
    replica.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'remote') updates.push(update)
    })
  }
  const [first, ...others] = replicas as [Y.Doc, Y.Doc, Y.Doc]
  writeMinutes(first, {
    header: { subject: 'Rådet' },
    attendance: [{ name: 'Anna', agency: 'IVO', status: 'present' }],
    items: [1, 2, 3].map((n) => ({
      title: `Ärende ${n}`,
      presenters: ['Bo'],
      blocks: [{ content: 'Ett stycke.' }, { kind: 'point' as const, content: 'En punkt.' }],
    })),
  })
  for (const other of others) Y.applyUpdate(other, Y.encodeStateAsUpdate(first), 'remote')
  for (const step of script) perform(replicas, step)
  return { replicas, updates }
}

/** Performs one edit through the package's own operations. */
function perform(replicas: readonly Y.Doc[], { who, what, a, b, text }: Edit): void {
  const doc = replicas[who % replicas.length] as Y.Doc
  const items = readMinutes(doc).items
  const item = items[a % Math.max(1, items.length)]?.id
  if (what === 0) {
    const from = replicas[b % replicas.length] as Y.Doc
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(from, Y.encodeStateVector(doc)), 'remote')
  } else if (what === 1) setHeaderField(doc, b % 2 === 0 ? 'place' : 'meeting', text)
  else if (what === 2) addItem(doc, { title: text, presenters: [], blocks: [{ content: text }] }, a)
  else if (what === 3) addAttendee(doc, { name: text, agency: 'SKR', status: 'absent' })
  else if (what === 4) {
    const attendee = readMinutes(doc).attendance[a % 3]
    if (attendee !== undefined) setAttendeeRemoved(doc, attendee.id, true)
  } else if (item !== undefined) performIn(doc, item, what, b, text)
}

/** A body as one string of its length: markers and other embeds are U+FFFC. */
function unitsOf(body: Y.Text): string {
  return (body.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC'))
    .join('')
}

/**
 * The offset, or the one before it where it lies inside a surrogate pair. Editors never cut a pair; Yjs, asked
 * to, puts U+FFFD for both halves in this replica even where it then writes nothing, and replicas part.
 */
function boundary(units: string, offset: number): number {
  return (units.codePointAt(offset - 1) ?? 0) > 0xffff ? offset - 1 : offset
}

function performIn(doc: Y.Doc, item: ItemId, what: number, b: number, text: string): void {
  const body = bodyOf(itemOf(doc, item) as Y.Map<unknown>)
  const units = unitsOf(body)
  const at = boundary(units, Math.min(1 + b, body.length))
  const from = boundary(units, b % Math.max(1, body.length))
  const markers = markersOf(body)
  const marker = markers[b % Math.max(1, markers.length)]
  const kind = BLOCK_KINDS[b % BLOCK_KINDS.length] ?? 'point'
  if (what === 5) moveItem(doc, item, b % 5)
  else if (what === 6) setItemRemoved(doc, item, b % 3 === 0)
  else if (what === 7) setItemTitle(doc, item, text)
  else if (what === 8) addPresenter(doc, item, text)
  else if (what === 9) doc.transact(() => appendBlocks(body, [{ kind, content: text.toWellFormed() }]))
  else if (what === 10 && marker !== undefined) setMarkerAttribute(marker, 'kind', kind)
  else if (what === 11) body.format(0, at, { [b % 2 === 0 ? 'bold' : 'italic']: b % 3 === 0 ? null : true })
  else if (what === 12 && body.length > 0) body.delete(from, (units.codePointAt(from) ?? 0) > 0xffff ? 2 : 1)
  else if (what === 13 && text !== '') body.insert(at, text.toWellFormed())
}
