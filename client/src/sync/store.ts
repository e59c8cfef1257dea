/** A value that components follow through `useSyncExternalStore`. */
export type Store<T> = {
  /** Calls back after each change; returns its own undo. */
  readonly subscribe: (listener: () => void) => () => void
  /** The same reference until something changed. */
  readonly getSnapshot: () => T
}

export type WritableStore<T> = Store<T> & { readonly set: (next: T) => void }

/** A store over one value. Setting an identical value calls nobody. */
export function createStore<T>(initial: T): WritableStore<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    getSnapshot: () => value,
    set(next) {
      if (Object.is(value, next)) return
      value = next
      for (const listener of [...listeners]) listener()
    },
  }
}
