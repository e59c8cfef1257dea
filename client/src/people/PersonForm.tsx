import { ROLES } from '@justera/adjustment'
import { type Council, EmailAddress, type RoleName } from '@justera/protocol'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice, TextField } from '../ui/Field.tsx'
import { Note } from '../ui/Note.tsx'

type Role = (typeof RoleName.options)[number]
export type PersonFields = {
  readonly name: string
  readonly email: string
  readonly agencyId: string
  readonly role: Role
}

/** Who somebody is: name, address, agency, role. Used for new people and for invitations. */
export function PersonForm({
  agencies,
  submitLabel,
  onSubmit,
  children,
}: {
  readonly agencies: Council['agencies']
  readonly submitLabel: string
  /** sends the fields; gives back what to say when it failed, undefined when it worked */
  readonly onSubmit: (fields: PersonFields) => Promise<string | undefined>
  /** further buttons */
  readonly children?: ReactNode
}) {
  const { t } = useTranslation('people')
  const form = useRef<HTMLFormElement>(null)
  const empty: PersonFields = { name: '', email: '', agencyId: agencies[0]?.id ?? '', role: 'participant' }
  const [fields, setFields] = useState(empty)
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const bad = {
    name: fields.name.trim() === '',
    email: !EmailAddress.safeParse(fields.email.trim()).success,
  }

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // A button that is switched off would drop the focus; it only stops acting.
    if (busy) return
    setTried(true)
    setFailure(undefined)
    if (bad.name || bad.email) {
      form.current?.querySelector<HTMLElement>(`[name="${bad.name ? 'name' : 'email'}"]`)?.focus()
      return
    }
    setBusy(true)
    const failed = await onSubmit({ ...fields, name: fields.name.trim(), email: fields.email.trim() })
    setBusy(false)
    setFailure(failed)
    if (failed !== undefined) return
    setFields({ ...empty, agencyId: fields.agencyId })
    setTried(false)
  }

  return (
    <form ref={form} className="form" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('name')}
        name="name"
        required
        maxLength={2000}
        value={fields.name}
        error={tried && bad.name ? t('nameMissing') : undefined}
        onChange={(event) => setFields({ ...fields, name: event.target.value })}
      />
      <TextField
        label={t('email')}
        name="email"
        type="email"
        required
        maxLength={254}
        spellCheck={false}
        value={fields.email}
        error={tried && bad.email ? t('emailBad') : undefined}
        onChange={(event) => setFields({ ...fields, email: event.target.value })}
      />
      <div className="form-row">
        <Choice
          label={t('agency')}
          name="agencyId"
          value={fields.agencyId}
          options={agencies.map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(agencyId) => setFields({ ...fields, agencyId })}
        />
        <RoleChoice value={fields.role} onChoose={(role) => setFields({ ...fields, role })} />
      </div>
      {failure ? <Note tone="danger">{failure}</Note> : null}
      <div className="form-do">
        <button type="submit" className="btn primary" aria-disabled={busy}>
          {submitLabel}
        </button>
        {children}
      </div>
    </form>
  )
}

export function RoleChoice({
  value,
  label,
  hideLabel = false,
  disabled = false,
  onChoose,
}: {
  readonly value: Role
  readonly label?: string
  readonly hideLabel?: boolean
  readonly disabled?: boolean
  readonly onChoose: (role: Role) => void
}) {
  const { t } = useTranslation(['people', 'app'])
  return (
    <Choice
      label={label ?? t('people:role')}
      hideLabel={hideLabel}
      name="role"
      value={value}
      disabled={disabled}
      options={ROLES.map((role) => ({ value: role, label: t(`app:role.${role}`) }))}
      onChoose={onChoose}
    />
  )
}
