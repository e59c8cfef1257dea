import { useEffect, useState } from 'react'
import { Icon } from './Icon.tsx'

/** How long the button says that it has copied, in milliseconds. */
const SAID_MS = 4000

/** Copies a text; says so in its own place. Where the clipboard is closed, the text beside it can still be selected. */
export function CopyButton({
  text,
  label,
  copiedLabel,
}: {
  readonly text: string
  readonly label: string
  readonly copiedLabel: string
}) {
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), SAID_MS)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      setCopied(false)
    }
  }
  return (
    <button type="button" className="btn sm" onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} />
      <span aria-live="polite">{copied ? copiedLabel : label}</span>
    </button>
  )
}
