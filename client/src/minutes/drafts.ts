import { createStore, type Store } from '../sync/store.ts'

/** How many fields hold words that are not yet written to the document: while any does, not all is saved. */
export type Drafts = Store<number> & {
  /** Counts one field until the returned function is called. */
  readonly hold: () => () => void
}

export function createDrafts(): Drafts {
  const store = createStore(0)
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    hold() {
      store.set(store.getSnapshot() + 1)
      return () => store.set(store.getSnapshot() - 1)
    },
  }
}
