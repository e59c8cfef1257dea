import { ATTENDANCE_STATUSES } from '@justera/minutes'
import type { Council } from '@justera/protocol'
import { useQuery } from '@tanstack/react-query'
import { type Dispatch, memo } from 'react'
import { useTranslation } from 'react-i18next'
import { councilQuery } from '../../app/queries.ts'
import { Choice, TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import type { Draft, DraftChange } from './draft.ts'

const NO_AGENCIES: Council['agencies'] = []

export const AttendanceEditor = memo(function AttendanceEditor({
  attendance,
  dispatch,
}: {
  readonly attendance: Draft['attendance']
  readonly dispatch: Dispatch<DraftChange>
}) {
  const { t } = useTranslation('meetings')
  const agencies = useQuery(councilQuery).data?.agencies ?? NO_AGENCIES
  const statuses = ATTENDANCE_STATUSES.map((value) => ({ value, label: t(`import.attendee.${value}`) }))
  return (
    <section aria-label={t('import.attendance')}>
      <h2 className="made-h">
        {t('import.attendance')} <span>{attendance.length}</span>
      </h2>
      <datalist id="imp-agencies">
        {agencies.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
      <ul className="made-people plain">
        {attendance.map(({ key, name, agency, status }) => (
          <li key={key}>
            <TextField
              hideLabel
              label={t('import.attendee.name')}
              maxLength={2000}
              value={name}
              onChange={(event) => dispatch({ type: 'attendee', key, name: event.target.value })}
            />
            <TextField
              hideLabel
              label={t('import.attendee.agency')}
              list="imp-agencies"
              maxLength={2000}
              value={agency}
              onChange={(event) => dispatch({ type: 'attendeeAgency', key, agency: event.target.value, agencies })}
            />
            <Choice
              hideLabel
              label={t('import.attendee.status')}
              value={status}
              options={statuses}
              onChoose={(chosen) => dispatch({ type: 'attendeeStatus', key, status: chosen })}
            />
            <button
              type="button"
              className="btn icon quiet"
              aria-label={t('import.attendee.remove', { name: name || t('import.attendee.unnamed') })}
              onClick={() => dispatch({ type: 'removeAttendee', key })}
            >
              <Icon name="close" />
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="btn sm" onClick={() => dispatch({ type: 'addAttendee' })}>
        <Icon name="plus" /> {t('import.attendee.add')}
      </button>
    </section>
  )
})
