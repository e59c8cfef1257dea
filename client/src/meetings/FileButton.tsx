import { useRef } from 'react'

/** A button that opens the system's file window; the hidden input is not a second stop for the keyboard. */
export function FileButton({
  label,
  primary = false,
  onFile,
}: {
  readonly label: string
  readonly primary?: boolean
  readonly onFile: (file: File) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <button type="button" className={primary ? 'btn primary' : 'btn'} onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".txt,.text,text/plain"
        onChange={(event) => {
          const file = event.target.files?.[0]
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
    </>
  )
}
