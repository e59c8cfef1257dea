import type { EditorView } from '@tiptap/pm/view'

/** A flag is shown while its owner moves or types, and this long after. */
export const FLAG_MS = 2000

/** Where a colleague's caret stands now. */
export type PlacedCaret = { readonly client: number; readonly at: number }

/**
 * Shows and places the flags of the others' carets: a flag rests after its owner has, comes back where two carets
 * meet (one's own among them), stands above the others there, and points to the left at the text's right edge.
 * @param moved when each owner last moved or typed; the clock of `now`
 */
export function arrangeFlags(
  view: EditorView,
  placed: readonly PlacedCaret[],
  moved: ReadonlyMap<number, number>,
  now: number,
): void {
  if (placed.length === 0) return
  const { selection } = view.state
  const own = view.hasFocus() && selection.empty ? selection.head : null
  const right = view.dom.getBoundingClientRect().right
  const before = new Map<number, number>()
  const looks = placed.flatMap(({ client, at }) => {
    const caret = view.dom.querySelector<HTMLElement>(`.caret[data-client="${client}"]`)
    const flag = caret?.firstElementChild
    if (!caret || !(flag instanceof HTMLElement)) return []
    const level = before.get(at) ?? 0
    before.set(at, level + 1)
    const meets = at === own || placed.some((other) => other.client !== client && other.at === at)
    const fresh = now - (moved.get(client) ?? 0) < FLAG_MS
    const flips = caret.getBoundingClientRect().left + flag.offsetWidth > right
    return [{ caret, level, flips, quiet: !fresh && !meets }]
  })
  // Written after everything was measured, so that the browser lays out once.
  for (const { caret, level, flips, quiet } of looks) {
    caret.classList.toggle('quiet', quiet)
    caret.classList.toggle('flip', flips)
    if (level === 0) caret.style.removeProperty('--level')
    else caret.style.setProperty('--level', String(level))
  }
}
