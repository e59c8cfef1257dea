import { type ComponentProps, useEffect, useRef, useState } from 'react'
import { useParts } from './minutesContext.tsx'

/** A pause in typing after which a field's value is written. */
const REST_MS = 700

/**
 * A text field set as the document's own text. What is typed stays the person's until they rest or leave the field;
 * then it is written as one value. A value that arrives meanwhile waits: the last writer wins, and the other is told.
 * Escape takes back what was not yet written.
 */
export function InPlaceText({
  value,
  onCommit,
  className = '',
  onBlur,
  ...rest
}: Omit<ComponentProps<'textarea'>, 'value' | 'onChange' | 'ref'> & {
  readonly value: string
  readonly onCommit: (value: string) => void
}) {
  const { drafts } = useParts()
  const [draft, setDraft] = useState<string | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef({ draft, value, onCommit })
  latest.current = { draft, value, onCommit }
  /** @returns whether there was something to write */
  const [commit] = useState(() => (how: 'resting' | 'leaving'): boolean => {
    clearTimeout(timer.current)
    const { draft: typed, value: shared, onCommit: write } = latest.current
    if (typed === null) return false
    latest.current = { ...latest.current, draft: null }
    const words = how === 'leaving' ? typed.trim() : typed
    setDraft(null)
    if (words === shared) return false
    write(words)
    return true
  })
  const dirty = draft !== null
  useEffect(() => (dirty ? drafts.hold() : undefined), [dirty, drafts])
  useEffect(() => {
    // Leaving the page must not lose the last word typed: it is written now, and who leaves is held back once, since
    // nothing written this moment can be stored yet.
    const leave = (event?: Event): void => {
      if (commit('leaving')) event?.preventDefault()
    }
    window.addEventListener('pagehide', leave)
    window.addEventListener('beforeunload', leave)
    return () => {
      window.removeEventListener('pagehide', leave)
      window.removeEventListener('beforeunload', leave)
      leave()
    }
  }, [commit])
  return (
    <textarea
      rows={1}
      spellCheck
      lang="sv"
      {...rest}
      className={`inplace ${className}`}
      ref={fitHeight}
      value={draft ?? value}
      onChange={(event) => {
        setDraft(event.target.value.replaceAll('\n', ' '))
        clearTimeout(timer.current)
        timer.current = setTimeout(() => commit('resting'), REST_MS)
      }}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Enter') {
          event.preventDefault()
          event.currentTarget.blur()
        } else if (event.key === 'Escape') {
          clearTimeout(timer.current)
          setDraft(null)
        }
      }}
      onBlur={(event) => {
        commit('leaving')
        onBlur?.(event)
      }}
    />
  )
}

const SIZES_ITSELF = typeof CSS !== 'undefined' && CSS.supports('field-sizing', 'content')

/** Grows a textarea with its text where the browser does not do so by itself. */
export function fitHeight(area: HTMLTextAreaElement | null): void {
  if (area === null || SIZES_ITSELF) return
  area.style.height = '0'
  area.style.height = `${area.scrollHeight}px`
}

/**
 * A date or time: shown in words, an input of its kind when pressed.
 * @param shown what is read; '' shows `empty`
 */
export function InPlaceValue({
  label,
  shown,
  empty,
  inputs,
}: {
  readonly label: string
  readonly shown: string
  readonly empty: string
  readonly inputs: readonly {
    readonly type: 'date' | 'time'
    readonly label: string
    readonly value: string
    readonly onCommit: (value: string) => void
  }[]
}) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const group = useRef<HTMLFieldSetElement>(null)
  const close = (): void => {
    setOpen(false)
    requestAnimationFrame(() => button.current?.focus())
  }
  useEffect(() => {
    if (open) group.current?.querySelector('input')?.focus()
  }, [open])
  if (!open) {
    return (
      <button
        ref={button}
        type="button"
        className={shown === '' ? 'inplace-value muted' : 'inplace-value'}
        aria-label={`${label}: ${shown || empty}`}
        onClick={() => setOpen(true)}
      >
        {shown || empty}
      </button>
    )
  }
  return (
    <fieldset
      ref={group}
      className="inplace-inputs"
      aria-label={label}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault()
          close()
        }
      }}
    >
      {inputs.map((input) => (
        <input
          key={input.label}
          type={input.type}
          aria-label={input.label}
          value={input.value}
          onChange={(event) => input.onCommit(event.target.value)}
        />
      ))}
    </fieldset>
  )
}
