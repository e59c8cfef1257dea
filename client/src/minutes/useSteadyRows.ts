import { type ItemId, itemOf, titleOf } from '@justera/minutes'
import { useEffect, useLayoutEffect, useRef } from 'react'
import { itemAround, itemRow } from './itemElements.ts'
import { useParts } from './minutesContext.tsx'

type Anchor = { readonly item: ItemId; readonly element: HTMLElement; readonly top: number }

/**
 * Keeps the person where they are while items come, go and move. The row that has the focus stays at its height in
 * the window and keeps the focus, although React may take it out of the page and put it back elsewhere.
 * Somebody whose item is removed by a colleague is told, with the way back.
 */
export function useSteadyRows(ids: readonly ItemId[]): void {
  const { doc, editors, notices } = useParts()
  const focused = useRef<HTMLElement | null>(null)
  const before = useRef(ids)
  // Read while drawing: afterwards the rows stand elsewhere already.
  const anchor = before.current === ids ? null : measure(focused.current)

  useEffect(() => {
    const remember = (event: FocusEvent): void => {
      if (event.target instanceof HTMLElement) focused.current = event.target
    }
    const forget = (): void => {
      // A focus that is lost because its row is being moved is not given up by anybody.
      if (focused.current?.isConnected) focused.current = null
    }
    document.addEventListener('focusin', remember)
    document.addEventListener('focusout', forget)
    return () => {
      document.removeEventListener('focusin', remember)
      document.removeEventListener('focusout', forget)
    }
  }, [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: only another list of items moves rows
  useLayoutEffect(() => {
    before.current = ids
    if (anchor === null) return
    const row = itemRow(anchor.item)
    if (row === null) {
      const item = itemOf(doc, anchor.item)
      if (item !== undefined && notices.getSnapshot()?.kind !== 'item-removed') {
        notices.post({ kind: 'item-removed', item: anchor.item, title: titleOf(item).toString() })
      }
      return
    }
    const moved = row.getBoundingClientRect().top - anchor.top
    if (moved !== 0) scrollBy({ top: moved, behavior: 'instant' })
    if (document.activeElement === anchor.element || !anchor.element.isConnected) return
    const editor = editors.get(anchor.item)
    if (editor?.view.dom === anchor.element) editor.view.focus()
    else anchor.element.focus({ preventScroll: true })
  }, [ids])
}

function measure(focused: HTMLElement | null): Anchor | null {
  const element =
    document.activeElement instanceof HTMLElement && itemAround(document.activeElement) !== null
      ? document.activeElement
      : focused
  const item = itemAround(element)
  const row = item === null ? null : itemRow(item)
  if (element === null || item === null || row === null) return null
  return { item, element, top: row.getBoundingClientRect().top }
}
