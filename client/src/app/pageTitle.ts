import { useEffect } from 'react'

const NAME = 'Justera'

/** Names the page in the tab and to screen readers. `undefined` while the name is still loading. */
export function usePageTitle(title: string | undefined): void {
  useEffect(() => {
    if (title !== undefined) document.title = title === NAME ? NAME : `${title} – ${NAME}`
  }, [title])
}
