import { HEADER_FIELDS, type HeaderField } from '@justera/minutes'
import type { Dispatch } from 'react'
import { useTranslation } from 'react-i18next'
import { formatWeekday } from '../../app/format.ts'
import { currentLanguage } from '../../app/i18n/i18n.ts'
import { TextField } from '../../ui/Field.tsx'
import type { Draft, DraftChange } from './draft.ts'

const TYPES: Readonly<Partial<Record<HeaderField, 'date' | 'time'>>> = {
  date: 'date',
  startsAt: 'time',
  endsAt: 'time',
}
const BROAD: readonly HeaderField[] = ['subject', 'council', 'meeting']

/** A value that the browser's own date or time field can hold; anything else is shown as plain text. */
const SHAPES = { date: /^(\d{4}-\d{2}-\d{2})?$/, time: /^(\d{2}:\d{2})?$/ }

export function HeaderEditor({
  header,
  dispatch,
}: {
  readonly header: Draft['header']
  readonly dispatch: Dispatch<DraftChange>
}) {
  const { t } = useTranslation('meetings')
  return (
    <div className="made-fields">
      {HEADER_FIELDS.map((field) => {
        const value = header[field] ?? ''
        const type = TYPES[field]
        return (
          <TextField
            key={field}
            className={BROAD.includes(field) ? 'broad' : type ? 'third' : ''}
            hint={type === 'date' ? formatWeekday(value, currentLanguage()) : undefined}
            label={t(`import.field.${field}`)}
            type={type && SHAPES[type].test(value) ? type : 'text'}
            maxLength={2000}
            value={value}
            onChange={(event) => dispatch({ type: 'header', field, value: event.target.value })}
          />
        )
      })}
    </div>
  )
}
