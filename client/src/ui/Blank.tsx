import type { ReactNode } from 'react'

/** A page or part without content: what it is, one sentence, one action. */
export function Blank({
  title,
  text,
  action,
  heading = false,
}: {
  readonly title: string
  readonly text: ReactNode
  readonly action?: ReactNode
  /** true where this is the page's only heading */
  readonly heading?: boolean
}) {
  return (
    <div className="blank">
      {heading ? <h1>{title}</h1> : <b>{title}</b>}
      <p className="soft">{text}</p>
      {action}
    </div>
  )
}

/** Grey bars where text will be; they show after 300 ms, so that a quick answer does not flicker. */
export function Bones({ label }: { readonly label: string }) {
  return (
    <div className="blank bones" role="status">
      <span className="bone" />
      <span className="bone" />
      <span className="bone" />
      <span className="bone" />
      <p className="muted small">{label}</p>
    </div>
  )
}
