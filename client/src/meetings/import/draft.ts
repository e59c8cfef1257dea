import type { AttendanceStatus, BlockKind, HeaderField } from '@justera/minutes'
import type { Agency, ImportPreview, MinutesBody } from '@justera/protocol'

/**
 * The imported minutes while a person corrects them. Every part carries the key that it got when it was read, so that
 * rows keep their focus and the importer's notes their item when something above is taken away.
 */
export type Draft = {
  readonly header: MinutesBody['header']
  readonly attendance: readonly Keyed<MinutesBody['attendance'][number]>[]
  readonly items: readonly DraftItem[]
  /** the next free key */
  readonly nextKey: number
}
type Keyed<T> = T & { readonly key: number }
export type DraftBlock = Keyed<MinutesBody['items'][number]['blocks'][number]>
export type DraftItem = {
  readonly key: number
  /** index in the imported file, which notes refer to; undefined for items added here */
  readonly read: number | undefined
  readonly title: string
  readonly presenters: readonly string[]
  readonly blocks: readonly DraftBlock[]
}

export type DraftChange =
  | { readonly type: 'header'; readonly field: HeaderField; readonly value: string }
  | { readonly type: 'attendee'; readonly key: number; readonly name: string }
  | {
      readonly type: 'attendeeAgency'
      readonly key: number
      readonly agency: string
      readonly agencies: readonly Agency[]
    }
  | { readonly type: 'attendeeStatus'; readonly key: number; readonly status: AttendanceStatus }
  | { readonly type: 'addAttendee' }
  | { readonly type: 'removeAttendee'; readonly key: number }
  | { readonly type: 'item'; readonly key: number; readonly title?: string; readonly presenters?: readonly string[] }
  | { readonly type: 'addItem' }
  | { readonly type: 'removeItem'; readonly key: number }
  | {
      readonly type: 'block'
      readonly item: number
      readonly key: number
      readonly kind?: BlockKind
      readonly text?: string
    }
  | { readonly type: 'addBlock'; readonly item: number }
  | { readonly type: 'removeBlock'; readonly item: number; readonly key: number }

export function draftOf({ minutes }: ImportPreview): Draft {
  let nextKey = 0
  const keyed = <T extends object>(value: T): Keyed<T> => ({ ...value, key: nextKey++ })
  return {
    header: minutes.header,
    attendance: minutes.attendance.map(keyed),
    items: minutes.items.map((item, read) => ({
      key: nextKey++,
      read,
      title: item.title,
      presenters: item.presenters,
      blocks: item.blocks.map(keyed),
    })),
    nextKey,
  }
}

/** What is sent when the person confirms. Rows left quite empty are left out. */
export function bodyOf(draft: Draft): MinutesBody {
  return {
    header: draft.header,
    attendance: draft.attendance.filter(({ name, agency }) => name !== '' || agency !== '').map(unkeyed),
    items: draft.items.map(({ title, presenters, blocks }) => ({
      title,
      presenters: [...presenters],
      blocks: blocks.filter((block) => textOf(block) !== '').map(unkeyed),
    })),
  }
}

export function textOf(block: Pick<DraftBlock, 'content'>): string {
  return typeof block.content === 'string' ? block.content : block.content.map(({ text }) => text).join('')
}

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  switch (change.type) {
    case 'header':
      return { ...draft, header: { ...draft.header, [change.field]: change.value } }
    case 'attendee':
      return changeAttendee(draft, change.key, ({ personId: _, ...attendee }) => ({ ...attendee, name: change.name }))
    case 'attendeeAgency':
      return changeAttendee(draft, change.key, ({ agencyId: _, ...attendee }) => {
        const known = change.agencies.find(
          ({ name, shortName }) => name === change.agency || shortName === change.agency,
        )
        return { ...attendee, agency: change.agency, ...(known ? { agencyId: known.id } : {}) }
      })
    case 'attendeeStatus':
      return changeAttendee(draft, change.key, (attendee) => ({ ...attendee, status: change.status }))
    case 'addAttendee':
      return {
        ...draft,
        attendance: [...draft.attendance, { key: draft.nextKey, name: '', agency: '', status: 'present' }],
        nextKey: draft.nextKey + 1,
      }
    case 'removeAttendee':
      return { ...draft, attendance: draft.attendance.filter(({ key }) => key !== change.key) }
    case 'item':
      return changeItem(draft, change.key, (item) => ({
        ...item,
        title: change.title ?? item.title,
        presenters: change.presenters ?? item.presenters,
      }))
    case 'addItem':
      return {
        ...draft,
        items: [...draft.items, { key: draft.nextKey, read: undefined, title: '', presenters: [], blocks: [] }],
        nextKey: draft.nextKey + 1,
      }
    case 'removeItem':
      return { ...draft, items: draft.items.filter(({ key }) => key !== change.key) }
    case 'block':
      return changeItem(draft, change.item, (item) => ({
        ...item,
        blocks: item.blocks.map((block) => (block.key === change.key ? changeBlock(block, change) : block)),
      }))
    case 'addBlock': {
      const added: DraftBlock = { key: draft.nextKey, kind: 'point', content: '' }
      return {
        ...changeItem(draft, change.item, (item) => ({ ...item, blocks: [...item.blocks, added] })),
        nextKey: draft.nextKey + 1,
      }
    }
    case 'removeBlock':
      return changeItem(draft, change.item, (item) => ({
        ...item,
        blocks: item.blocks.filter(({ key }) => key !== change.key),
      }))
    default:
      return unreachable(change)
  }
}

/** Emphasis survives until the words themselves are changed. */
function changeBlock(block: DraftBlock, change: { kind?: BlockKind; text?: string }): DraftBlock {
  const content = change.text === undefined || change.text === textOf(block) ? block.content : change.text
  return { ...block, content, ...(change.kind ? { kind: change.kind } : {}) }
}

function changeAttendee(
  draft: Draft,
  key: number,
  change: (attendee: Draft['attendance'][number]) => Draft['attendance'][number],
): Draft {
  return { ...draft, attendance: draft.attendance.map((entry) => (entry.key === key ? change(entry) : entry)) }
}

function changeItem(draft: Draft, key: number, change: (item: DraftItem) => DraftItem): Draft {
  return { ...draft, items: draft.items.map((item) => (item.key === key ? change(item) : item)) }
}

function unkeyed<T extends { readonly key: number }>({ key: _, ...rest }: T): Omit<T, 'key'> {
  return rest
}

function unreachable(change: never): never {
  throw new Error(`unknown change ${JSON.stringify(change)}`)
}
