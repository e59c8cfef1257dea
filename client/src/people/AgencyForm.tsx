import type { NewAgency } from '@justera/protocol'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TextField } from '../ui/Field.tsx'
import { Note } from '../ui/Note.tsx'

/** A new agency; it gets the next free seat. */
export function AgencyForm({
  taken,
  onSubmit,
}: {
  readonly taken: readonly string[]
  readonly onSubmit: (agency: NewAgency) => Promise<string | undefined>
}) {
  const { t } = useTranslation('people')
  const form = useRef<HTMLFormElement>(null)
  const [fields, setFields] = useState<NewAgency>({ name: '', shortName: '' })
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const name = fields.name.trim()
  const shortName = fields.shortName.trim()
  const isTaken = taken.some((other) => other.toLocaleLowerCase('sv') === shortName.toLocaleLowerCase('sv'))
  const shortNameError = shortName === '' ? t('shortNameMissing') : isTaken ? t('shortNameTaken') : undefined

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // A button that is switched off would drop the focus; it only stops acting.
    if (busy) return
    setTried(true)
    setFailure(undefined)
    if (name === '' || shortNameError !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${name === '' ? 'name' : 'shortName'}"]`)?.focus()
      return
    }
    setBusy(true)
    setFailure(await onSubmit({ name, shortName }))
    setBusy(false)
  }

  return (
    <form ref={form} className="form" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('agencyName')}
        name="name"
        required
        maxLength={2000}
        value={fields.name}
        error={tried && name === '' ? t('nameMissing') : undefined}
        onChange={(event) => setFields({ ...fields, name: event.target.value })}
      />
      <TextField
        label={t('shortName')}
        name="shortName"
        required
        maxLength={12}
        hint={t('shortNameHint')}
        value={fields.shortName}
        error={tried ? shortNameError : undefined}
        onChange={(event) => setFields({ ...fields, shortName: event.target.value })}
      />
      {failure ? <Note tone="danger">{failure}</Note> : null}
      <div className="form-do">
        <button type="submit" className="btn primary" aria-disabled={busy}>
          {t('addAgency')}
        </button>
      </div>
    </form>
  )
}
