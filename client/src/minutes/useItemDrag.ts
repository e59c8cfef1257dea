import type { ItemId } from '@justera/minutes'
import { type PointerEvent as ReactPointerEvent, useEffect, useRef } from 'react'
import { itemRows } from './itemElements.ts'

/** Distance from the window's edge within which dragging scrolls, in CSS pixels. */
const EDGE_PX = 80
const SCROLL_PX = 14

/** The place among the other rows that a pointer at `y` points to. @param middles of the rows without the dragged one, in order */
export function dropIndex(middles: readonly number[], y: number): number {
  return middles.filter((middle) => middle < y).length
}

/** Dragging an item by its handle: a line shows where it will land, Escape gives up. The keyboard's way is Alt+Shift+arrows. */
export function useItemDrag(onDrop: (id: ItemId, index: number) => void): {
  readonly start: (event: ReactPointerEvent, id: ItemId) => void
} {
  const stop = useRef<(() => void) | null>(null)
  useEffect(() => () => stop.current?.(), [])
  return {
    start(event, id) {
      if (event.button !== 0) return
      event.preventDefault()
      stop.current?.()
      const rows = itemRows()
      const dragged = rows.find((row) => row.dataset.item === id)
      if (dragged === undefined) return
      const others = rows.filter((row) => row !== dragged)
      const line = document.createElement('div')
      line.className = 'drop-line'
      let index: number | null = null
      let y = event.clientY
      let frame = 0
      const draw = (): void => {
        const boxes = others.map((row) => row.getBoundingClientRect())
        index = dropIndex(
          boxes.map((box) => (box.top + box.bottom) / 2),
          y,
        )
        const next = boxes[index]
        const at = next === undefined ? (boxes.at(-1)?.bottom ?? 0) : next.top
        const { left, width } = dragged.getBoundingClientRect()
        Object.assign(line.style, { top: `${at}px`, left: `${left}px`, width: `${width}px` })
      }
      const scroll = (): void => {
        const by = y < EDGE_PX + 56 ? -SCROLL_PX : y > innerHeight - EDGE_PX ? SCROLL_PX : 0
        if (by !== 0) {
          scrollBy(0, by)
          draw()
        }
        frame = requestAnimationFrame(scroll)
      }
      const move = (to: PointerEvent): void => {
        y = to.clientY
        if (!line.isConnected) {
          document.body.append(line)
          dragged.classList.add('dragged')
        }
        draw()
      }
      const end = (drop: boolean): void => {
        cancelAnimationFrame(frame)
        line.remove()
        dragged.classList.remove('dragged')
        window.removeEventListener('pointermove', move)
        window.removeEventListener('pointerup', up)
        window.removeEventListener('pointercancel', cancel)
        window.removeEventListener('keydown', key, true)
        stop.current = null
        if (drop && index !== null) onDrop(id, index)
      }
      const up = (): void => end(true)
      const cancel = (): void => end(false)
      const key = (pressed: KeyboardEvent): void => {
        if (pressed.key === 'Escape') {
          pressed.preventDefault()
          end(false)
        }
      }
      window.addEventListener('pointermove', move)
      window.addEventListener('pointerup', up)
      window.addEventListener('pointercancel', cancel)
      window.addEventListener('keydown', key, true)
      stop.current = cancel
      frame = requestAnimationFrame(scroll)
    },
  }
}
