import type { ComponentProps } from 'react'
import { Note } from './Note.tsx'

/** A note across the page under the bar, laid over the top margin so that the text below never moves. One at a time. */
export function Band(props: ComponentProps<typeof Note>) {
  return (
    <div className="band">
      <Note {...props} />
    </div>
  )
}
