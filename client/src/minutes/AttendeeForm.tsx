import {
  ATTENDANCE_STATUSES,
  type AttendanceStatus,
  type Attendee,
  type AttendeeField,
  addAttendee,
  type ItemId,
  moveAttendee,
  readAttendance,
  setAttendeeField,
  setAttendeeRemoved,
} from '@justera/minutes'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { agencyOf } from './attendanceGroups.ts'
import { useItemIds, useItemTitle } from './documentHooks.ts'
import { InPlaceText } from './InPlace.tsx'
import { useParts, useSetting } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'

const OTHER = 'other'

/** One attendee's particulars; each change is written as it is made. */
export function AttendeeForm({
  attendee,
  onClose,
  onRemove,
}: {
  readonly attendee: Attendee
  readonly onClose: () => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { agencies } = useSetting()
  const seated = agencyOf(attendee, agencies)
  const [other, setOther] = useState(seated === null)
  const write = (field: AttendeeField, value: string): void =>
    setAttendeeField(doc, attendee.id, field, value, PAGE_ORIGIN)
  const move = (step: -1 | 1): void => {
    const order = readAttendance(doc)
    const at = order.findIndex(({ id }) => id === attendee.id)
    if (at >= 0) moveAttendee(doc, attendee.id, Math.min(Math.max(at + step, 0), order.length - 1), PAGE_ORIGIN)
  }
  const name = useId()
  const note = useId()
  const agencyName = useId()
  return (
    <div className="form">
      <div className="field">
        <label htmlFor={name}>{t('attendance.name')}</label>
        <InPlaceText id={name} className="boxed" value={attendee.name} onCommit={(value) => write('name', value)} />
      </div>
      <AgencyField
        value={other ? OTHER : (seated?.id ?? OTHER)}
        onChange={(id) => {
          const chosen = agencies.find((agency) => agency.id === id)
          setOther(chosen === undefined)
          if (chosen === undefined) {
            write('agencyId', '')
          } else {
            doc.transact(() => {
              write('agency', chosen.name)
              write('agencyId', chosen.id)
            }, PAGE_ORIGIN)
          }
        }}
      />
      {other ? (
        <div className="field">
          <label htmlFor={agencyName}>{t('attendance.agencyName')}</label>
          <InPlaceText
            id={agencyName}
            className="boxed"
            value={attendee.agency}
            onCommit={(value) => write('agency', value)}
          />
        </div>
      ) : null}
      <StatusField value={attendee.status} onChange={(status) => write('status', status)} />
      {attendee.status === 'partly' ? (
        <>
          <ItemField
            label={t('attendance.from')}
            none={t('attendance.fromStart')}
            value={attendee.presentFrom}
            onChange={(value) => write('presentFrom', value)}
          />
          <ItemField
            label={t('attendance.until')}
            none={t('attendance.untilEnd')}
            value={attendee.presentUntil}
            onChange={(value) => write('presentUntil', value)}
          />
        </>
      ) : null}
      <div className="field">
        <label htmlFor={note}>{t('attendance.note')}</label>
        <InPlaceText id={note} className="boxed" value={attendee.note} onCommit={(value) => write('note', value)} />
      </div>
      <div className="row">
        <button type="button" className="btn icon quiet" aria-label={t('attendance.up')} onClick={() => move(-1)}>
          <Icon name="arrowUp" />
        </button>
        <button type="button" className="btn icon quiet" aria-label={t('attendance.down')} onClick={() => move(1)}>
          <Icon name="arrowDown" />
        </button>
        <button type="button" className="btn quiet sm" onClick={onRemove}>
          <Icon name="trash" /> {t('attendance.remove')}
        </button>
        <button type="button" className="btn sm push" onClick={onClose}>
          {t('attendance.done')}
        </button>
      </div>
    </div>
  )
}

/** A new attendee; stays open for the next one, with the same body chosen. */
export function NewAttendeeForm({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation('minutes')
  const { doc, history, announcer } = useParts()
  const { agencies } = useSetting()
  const [name, setName] = useState('')
  const [agencyId, setAgencyId] = useState(agencies[0]?.id ?? OTHER)
  const [agencyName, setAgencyName] = useState('')
  const [status, setStatus] = useState<AttendanceStatus>('present')
  const nameId = useId()
  const agencyNameId = useId()
  const chosen = agencies.find(({ id }) => id === agencyId)
  const body = chosen?.name ?? agencyName.trim()
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() === '' && body === '') return
        const id = addAttendee(
          doc,
          { name: name.trim(), agency: body, status, ...(chosen ? { agencyId: chosen.id } : {}) },
          PAGE_ORIGIN,
        )
        const set = (removed: boolean): void => setAttendeeRemoved(doc, id, removed, PAGE_ORIGIN)
        history.record({ undo: () => set(true), redo: () => set(false) })
        announcer.say(`${name.trim()}, ${body}`)
        setName('')
        onClose()
      }}
    >
      <div className="field">
        <label htmlFor={nameId}>{t('attendance.name')}</label>
        <input id={nameId} className="input" value={name} onChange={(event) => setName(event.target.value)} />
      </div>
      <AgencyField value={chosen?.id ?? OTHER} onChange={setAgencyId} />
      {chosen === undefined ? (
        <div className="field">
          <label htmlFor={agencyNameId}>{t('attendance.agencyName')}</label>
          <input
            id={agencyNameId}
            className="input"
            value={agencyName}
            onChange={(event) => setAgencyName(event.target.value)}
          />
        </div>
      ) : null}
      <StatusField value={status} onChange={setStatus} />
      <div className="row">
        <button type="submit" className="btn primary">
          {t('attendance.addOne')}
        </button>
        <button type="button" className="btn quiet" onClick={onClose}>
          {t('band.close')}
        </button>
      </div>
    </form>
  )
}

function AgencyField({ value, onChange }: { readonly value: string; readonly onChange: (id: string) => void }) {
  const { t } = useTranslation('minutes')
  const { agencies } = useSetting()
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('attendance.agency')}</label>
      <select id={id} className="input choice" value={value} onChange={(event) => onChange(event.target.value)}>
        {agencies.map((agency) => (
          <option key={agency.id} value={agency.id}>
            {agency.name}
          </option>
        ))}
        <option value={OTHER}>{t('attendance.otherAgency')}</option>
      </select>
    </div>
  )
}

function StatusField({
  value,
  onChange,
}: {
  readonly value: AttendanceStatus
  readonly onChange: (status: AttendanceStatus) => void
}) {
  const { t } = useTranslation('minutes')
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{t('attendance.status')}</label>
      <select
        id={id}
        className="input choice"
        value={value}
        onChange={(event) => {
          const status = ATTENDANCE_STATUSES.find((known) => known === event.target.value)
          if (status) onChange(status)
        }}
      >
        {ATTENDANCE_STATUSES.map((status) => (
          <option key={status} value={status}>
            {status === 'absent' ? t('attendance.absentStatus') : t(`attendance.${status}`)}
          </option>
        ))}
      </select>
    </div>
  )
}

function ItemField({
  label,
  none,
  value,
  onChange,
}: {
  readonly label: string
  readonly none: string
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { doc } = useParts()
  const ids = useItemIds(doc)
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} className="input choice" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{none}</option>
        {ids.map((item, n) => (
          <ItemOption key={item} id={item} n={n + 1} />
        ))}
      </select>
    </div>
  )
}

function ItemOption({ id, n }: { readonly id: ItemId; readonly n: number }) {
  const { doc } = useParts()
  const title = useItemTitle(doc, id)
  return (
    <option value={id}>
      {n}. {title}
    </option>
  )
}
