import { useSyncExternalStore } from 'react'
import { useParts } from './minutesContext.tsx'

/** What the page says to a screen reader; never seen. */
export function Announcements() {
  const { announcer } = useParts()
  const text = useSyncExternalStore(announcer.subscribe, announcer.getSnapshot)
  return (
    <p className="vh" aria-live="polite" data-testid="announcements">
      {text}
    </p>
  )
}
