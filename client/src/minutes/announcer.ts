import { createStore, type Store } from '../sync/store.ts'

/** Between two announcements that nobody asked for. */
export const QUIET_MS = 60_000

/** What the page says to a screen reader, politely. */
export type Announcer = Store<string> & {
  /** The result of the person's own action: said at once. */
  readonly say: (text: string) => void
  /** What happens by itself (saved, somebody came): at most once a minute, the latest wins. */
  readonly mention: (text: string) => void
  readonly close: () => void
}

export function createAnnouncer(now: () => number = () => performance.now()): Announcer {
  const store = createStore('')
  let lastAt = Number.NEGATIVE_INFINITY
  let timer: ReturnType<typeof setTimeout> | undefined
  // The same words twice are said twice only when the text differs: a no-break space does that.
  const put = (text: string): void => store.set(store.getSnapshot() === text ? `${text}\u00A0` : text)
  return {
    subscribe: store.subscribe,
    getSnapshot: store.getSnapshot,
    say: put,
    mention(text) {
      clearTimeout(timer)
      const wait = lastAt + QUIET_MS - now()
      const speak = (): void => {
        lastAt = now()
        put(text)
      }
      if (wait <= 0) speak()
      else timer = setTimeout(speak, wait)
    },
    close: () => clearTimeout(timer),
  }
}
