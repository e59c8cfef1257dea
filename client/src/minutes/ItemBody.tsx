import type { ItemId } from '@justera/minutes'
import { useEffect, useRef, useState } from 'react'
import { BodyEditor, placeCaret, type StartCaret } from './BodyEditor.tsx'
import { useParts } from './minutesContext.tsx'
import { StaticBody } from './StaticBody.tsx'

/** Editors within this distance of the window are mounted, so that none is missing where somebody scrolls to. */
const NEAR = '1200px 0px'

/** An item's text: an editor near the window, static text far from it, which becomes an editor when pressed or focused. */
export function ItemBody({ id, label }: { readonly id: ItemId; readonly label: string }) {
  const { editors } = useParts()
  const box = useRef<HTMLDivElement>(null)
  const [near, setNear] = useState(false)
  const [start, setStart] = useState<StartCaret | null>(null)

  useEffect(() => {
    const element = box.current
    if (element === null) return
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1)
        if (entry === undefined) return
        if (entry.isIntersecting) setNear(true)
        // Whoever writes there keeps their editor, wherever they scroll to.
        else if (!element.contains(document.activeElement)) {
          setNear(false)
          setStart(null)
        }
      },
      { rootMargin: NEAR },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  useEffect(
    () =>
      editors.onReveal(id, (at) => {
        const editor = editors.get(id)
        if (editor !== undefined) placeCaret(editor, { at })
        else setStart({ at })
      }),
    [editors, id],
  )

  return (
    <div className="body" ref={box}>
      {near || start !== null ? (
        <BodyEditor id={id} label={label} start={start} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: the text below becomes an editor the moment it is reached
        <div
          // biome-ignore lint/a11y/noNoninteractiveTabindex: reached by Tab, it is an editor before a key is pressed
          tabIndex={0}
          onFocus={() => setStart((before) => before ?? { at: 'start' })}
          onMouseDown={(event) => {
            event.preventDefault()
            setStart({ at: 'point', left: event.clientX, top: event.clientY })
          }}
        >
          <StaticBody id={id} />
        </div>
      )}
    </div>
  )
}
