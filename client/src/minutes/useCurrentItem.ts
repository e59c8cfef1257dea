import type { ItemId } from '@justera/minutes'
import { useEffect, useState } from 'react'
import { itemRows } from './itemElements.ts'

/** An item is the current one when it reaches over this line below the window's top, in CSS pixels. */
const LINE_PX = 200

/** The item that is being read. */
export function useCurrentItem(): ItemId | null {
  const [current, setCurrent] = useState<ItemId | null>(null)
  useEffect(() => {
    let frame = 0
    const look = (): void => {
      frame = 0
      const row = itemRows().findLast((one) => one.getBoundingClientRect().top <= LINE_PX)
      setCurrent(row?.dataset.item === undefined ? null : (row.dataset.item as ItemId))
    }
    const soon = (): void => {
      frame ||= requestAnimationFrame(look)
    }
    soon()
    window.addEventListener('scroll', soon, { passive: true })
    window.addEventListener('resize', soon)
    return () => {
      cancelAnimationFrame(frame)
      window.removeEventListener('scroll', soon)
      window.removeEventListener('resize', soon)
    }
  }, [])
  return current
}
