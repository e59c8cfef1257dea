import type { LeftOut } from '@justera/binding'
import type { ItemId } from '@justera/minutes'
import { createStore, type Store } from '../sync/store.ts'

/** Something the page has to tell about what the person just did; stays until it is closed or replaced. */
export type Notice =
  | { readonly kind: 'left-out'; readonly list: readonly LeftOut[] }
  | { readonly kind: 'problem' }
  /** an item is gone: by the person, or by a colleague while the person was in it */
  | { readonly kind: 'item-removed'; readonly item: ItemId; readonly title: string }

export type NoticeBoard = Store<Notice | null> & {
  readonly post: (notice: Notice) => void
  readonly clear: () => void
}

export function createNoticeBoard(): NoticeBoard {
  const store = createStore<Notice | null>(null)
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    post: store.set,
    clear: () => store.set(null),
  }
}
