const lastFocused = new WeakMap<HTMLElement, HTMLElement>()

/**
 * Moves the focus to the next visible region of the page (bar, outline, text), to where it last was there.
 * @param step 1 forward, −1 back
 */
export function nextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter(
    (region) => region.getClientRects().length > 0,
  )
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const here = regions.findIndex((region) => focused !== null && region.contains(focused))
  const from = regions[here]
  if (from !== undefined && focused !== null) lastFocused.set(from, focused)
  const to = regions[(here + step + regions.length) % regions.length]
  if (to === undefined) return
  const remembered = lastFocused.get(to)
  const target = remembered?.isConnected && to.contains(remembered) ? remembered : firstFocusable(to)
  target.focus()
}

function firstFocusable(region: HTMLElement): HTMLElement {
  return (
    region.querySelector<HTMLElement>('a[href], button:not([disabled]), textarea, [contenteditable="true"]') ?? region
  )
}
