import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react'
import { Icon } from './Icon.tsx'

type Labelling = {
  readonly label: string
  /** said below the field and read with it */
  readonly hint?: ReactNode
  /** why the value was not taken; replaces the hint and marks the field as invalid */
  readonly error?: string | undefined
  /** kept for screen readers only, where the column or row already says it */
  readonly hideLabel?: boolean
  readonly className?: string
}

type Wiring = {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** Label, control, and hint or error, tied together. */
function Field({
  label,
  hint,
  error,
  hideLabel,
  className,
  children,
}: Labelling & { children(wiring: Wiring): ReactNode }) {
  const id = useId()
  const says = error ?? hint
  return (
    <div className={className ? `field ${className}` : 'field'}>
      <label htmlFor={id} className={hideLabel ? 'vh' : undefined}>
        {label}
      </label>
      {children({
        id,
        'aria-describedby': says ? `${id}-says` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {says ? (
        <p id={`${id}-says`} className={error === undefined ? 'says' : 'says bad'}>
          {says}
        </p>
      ) : null}
    </div>
  )
}

/** One line of text; also dates, times and addresses by `type`. */
export function TextField({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...input
}: Labelling & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field {...labelling({ label, hint, error, hideLabel, className })}>
      {(wiring) => <input className="input" autoComplete="off" {...input} {...wiring} />}
    </Field>
  )
}

/** Several lines; grows with its text. */
export function TextArea({
  label,
  hint,
  error,
  hideLabel,
  className,
  ...area
}: Labelling & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field {...labelling({ label, hint, error, hideLabel, className })}>
      {(wiring) => <textarea className="input area" {...area} {...wiring} />}
    </Field>
  )
}

export type Option<Value extends string> = { readonly value: Value; readonly label: string }

/** One of a few: the browser's own list, which every hand, phone and reader already knows. */
export function Choice<Value extends string>({
  label,
  hint,
  error,
  hideLabel,
  className,
  value,
  options,
  onChoose,
  disabled,
  name,
}: Labelling & {
  readonly value: Value
  readonly options: readonly Option<Value>[]
  readonly onChoose?: (value: Value) => void
  readonly disabled?: boolean
  readonly name?: string
}) {
  return (
    <Field {...labelling({ label, hint, error, hideLabel, className })}>
      {(wiring) => (
        <span className="choice">
          <select
            className="input"
            name={name}
            value={value}
            disabled={disabled}
            onChange={(event) => {
              const chosen = options.find((option) => option.value === event.target.value)
              if (chosen) onChoose?.(chosen.value)
            }}
            {...wiring}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <Icon name="chevronDown" />
        </span>
      )}
    </Field>
  )
}

/** A box to tick, with its words beside it. */
export function Checkbox({
  label,
  hint,
  ...input
}: { readonly label: string; readonly hint?: string } & InputHTMLAttributes<HTMLInputElement>) {
  const id = useId()
  return (
    <div className="tick">
      <input type="checkbox" id={id} aria-describedby={hint ? `${id}-says` : undefined} {...input} />
      <label htmlFor={id}>{label}</label>
      {hint ? (
        <p id={`${id}-says`} className="says">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

/** Leaves out what was not given, so that optional props stay optional. */
function labelling(given: {
  label: string
  hint: ReactNode | undefined
  error: string | undefined
  hideLabel: boolean | undefined
  className: string | undefined
}): Labelling {
  return {
    label: given.label,
    hint: given.hint,
    error: given.error,
    hideLabel: given.hideLabel ?? false,
    className: given.className ?? '',
  }
}
