/** A rectangle in the window, in CSS pixels. */
export type Box = { readonly top: number; readonly bottom: number; readonly left: number; readonly right: number }

/** Gap between a float and what it belongs to. */
const GAP_PX = 8
/** Least distance from the window's edges. */
const MARGIN_PX = 8

/**
 * Where a float goes: above its anchor (or below), on the other side where there is no room, always inside the window.
 * @param clear height at the window's top that the bar and column heads cover
 */
export function floatPlace(
  anchor: Box,
  size: { readonly width: number; readonly height: number },
  window: { readonly width: number; readonly height: number },
  prefer: 'above' | 'below',
  clear: number,
): { readonly top: number; readonly left: number } {
  const above = anchor.top - GAP_PX - size.height
  const below = anchor.bottom + GAP_PX
  const fitsAbove = above >= clear
  const fitsBelow = below + size.height <= window.height - MARGIN_PX
  const top = prefer === 'above' ? (fitsAbove || !fitsBelow ? above : below) : fitsBelow || !fitsAbove ? below : above
  const left = prefer === 'above' ? (anchor.left + anchor.right) / 2 - size.width / 2 : anchor.left
  return {
    top: Math.max(top, clear),
    left: Math.min(Math.max(left, MARGIN_PX), Math.max(window.width - size.width - MARGIN_PX, MARGIN_PX)),
  }
}

/** Bar and column heads together. */
export const CLEAR_PX = 64
