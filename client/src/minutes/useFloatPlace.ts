import { type RefObject, useEffect, useLayoutEffect } from 'react'
import { type Box, CLEAR_PX, floatPlace } from './floatPlace.ts'

/** Keeps a fixed element beside what it belongs to, through scrolling, resizing and others' typing. */
export function useFloatPlace(
  element: RefObject<HTMLElement | null>,
  anchor: () => Box | null,
  prefer: 'above' | 'below',
  version: unknown,
): void {
  const place = (): void => {
    const float = element.current
    const box = anchor()
    if (float === null || box === null) return
    const { top, left } = floatPlace(
      box,
      { width: float.offsetWidth, height: float.offsetHeight },
      { width: document.documentElement.clientWidth, height: innerHeight },
      prefer,
      CLEAR_PX,
    )
    float.style.top = `${top}px`
    float.style.left = `${left}px`
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is a new place
  useLayoutEffect(place, [version])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the listeners read the place as it is then
  useEffect(() => {
    window.addEventListener('scroll', place, { capture: true, passive: true })
    window.addEventListener('resize', place)
    return () => {
      window.removeEventListener('scroll', place, { capture: true })
      window.removeEventListener('resize', place)
    }
  }, [version])
}
