import type { ItemId } from '@justera/minutes'

/** The rows of the agenda as they stand on the page. */
export function itemRows(): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('[data-item]')]
}

export function itemRow(id: ItemId): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`)
}

/** The item that holds an element of the page. */
export function itemAround(element: Element | null): ItemId | null {
  const id = element?.closest<HTMLElement>('[data-item]')?.dataset.item
  return id === undefined ? null : (id as ItemId)
}

/** Brings an item's start under the bar and column heads. */
export function scrollToItem(id: ItemId): void {
  itemRow(id)?.scrollIntoView({ block: 'start' })
}
