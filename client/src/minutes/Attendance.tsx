import { type Attendee, type AttendeeId, setAttendeeRemoved } from '@justera/minutes'
import { useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { AttendeeForm, NewAttendeeForm } from './AttendeeForm.tsx'
import { type AttendanceGroup, groupAttendance, initialsOf } from './attendanceGroups.ts'
import { useAttendance } from './documentHooks.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'

/** Who was there and who was not, grouped by body; each person opens to be changed. */
export function Attendance() {
  const { t } = useTranslation('minutes')
  const { doc, history } = useParts()
  const { writable, agencies } = useSetting()
  const attendance = useAttendance(doc)
  const [removed, setRemoved] = useState<readonly { id: AttendeeId; name: string }[]>([])
  const present = attendance.filter(({ status }) => status !== 'absent')
  const absent = attendance.filter(({ status }) => status === 'absent')
  const groups = groupAttendance(present, agencies)
  const away = groupAttendance(absent, agencies)

  function remove(attendee: Attendee): void {
    const set = (value: boolean): void => setAttendeeRemoved(doc, attendee.id, value, PAGE_ORIGIN)
    set(true)
    history.record({ undo: () => set(false), redo: () => set(true) })
    setRemoved((before) => [...before, { id: attendee.id, name: attendee.name || attendee.agency }])
  }

  const gone = removed.filter(({ id }) => !attendance.some((attendee) => attendee.id === id))
  return (
    <section className="att" aria-labelledby="attendance">
      <h2 id="attendance">
        {t('attendance.title')}{' '}
        <span>
          {t('attendance.counts', {
            organisations: t('attendance.organisations', { count: groups.length }),
            people: t('attendance.people', { count: present.length }),
          })}
        </span>
      </h2>
      <Groups groups={groups} onRemove={remove} />
      {away.length > 0 ? (
        <>
          <h3>
            {t('attendance.absent')} <span>{t('attendance.organisations', { count: away.length })}</span>
          </h3>
          <Groups groups={away} away onRemove={remove} />
        </>
      ) : null}
      {gone.map(({ id, name }) => (
        <p key={id} className="undo-line" role="status">
          {t('attendance.removed', { name })}{' '}
          <button type="button" className="btn link" onClick={() => setAttendeeRemoved(doc, id, false, PAGE_ORIGIN)}>
            {t('item.undo')}
          </button>
        </p>
      ))}
      {writable ? <AddAttendee /> : null}
    </section>
  )
}

function Groups({
  groups,
  away = false,
  onRemove,
}: {
  readonly groups: readonly AttendanceGroup[]
  readonly away?: boolean
  readonly onRemove: (attendee: Attendee) => void
}) {
  return (
    <ul className="plain">
      {groups.map(({ key, name, agency, people }) => (
        <li key={key}>
          {agency ? (
            <AgencyMark agency={agency} away={away} />
          ) : (
            <abbr className="ag away" title={name}>
              {initialsOf(name)}
            </abbr>
          )}
          <div lang="sv">
            <b>{name}</b>
            <span className="p">
              {people.map((attendee, n) => (
                <span key={attendee.id}>
                  {n > 0 ? ', ' : null}
                  <Person attendee={attendee} onRemove={onRemove} />
                </span>
              ))}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

function Person({
  attendee,
  onRemove,
}: {
  readonly attendee: Attendee
  readonly onRemove: (attendee: Attendee) => void
}) {
  const { t } = useTranslation('minutes')
  const { writable } = useSetting()
  const name = attendee.name || t('attendance.nameless')
  const extra = [
    attendee.status === 'remote' ? t('attendance.remoteShort') : '',
    attendee.status === 'partly' ? t('attendance.partlyShort') : '',
    attendee.note,
  ].filter(Boolean)
  const text = extra.length > 0 ? `${name} (${extra.join(', ')})` : name
  if (!writable) return text
  return (
    <DialogTrigger>
      <Button className="inplace-value" aria-label={t('attendance.edit', { name: text })}>
        {text}
      </Button>
      <Popover className="float pop" placement="bottom start">
        <Dialog className="pop-in" aria-label={t('attendance.editTitle')}>
          {({ close }) => (
            <AttendeeForm
              attendee={attendee}
              onClose={close}
              onRemove={() => {
                close()
                onRemove(attendee)
              }}
            />
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function AddAttendee() {
  const { t } = useTranslation('minutes')
  return (
    <DialogTrigger>
      <Button className="btn quiet sm att-add">
        <Icon name="plus" /> {t('attendance.add')}
      </Button>
      <Popover className="float pop" placement="top start">
        <Dialog className="pop-in" aria-label={t('attendance.addTitle')}>
          {({ close }) => <NewAttendeeForm onClose={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}
