import './catalog.ts'
import { Created, type NewMeeting } from '@justera/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from '../app/failureText.ts'
import { formatWeekday } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { PageFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { councilQuery, meetingsQuery, useMe } from '../app/queries.ts'
import { request } from '../app/request.ts'
import { Failure } from '../app/StatePage.tsx'
import { Checkbox, TextArea, TextField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Note } from '../ui/Note.tsx'
import { agendaLines, type MeetingFields, meetingProblems, type Problems } from './meetingFields.ts'
import { localDay } from './todo.ts'

export function NewMeetingPage() {
  const { t } = useTranslation('meetings')
  const me = useMe()
  const council = useQuery(councilQuery)
  usePageTitle(t('newMeeting'))
  if (me.role !== 'secretary')
    return (
      <PageFrame>
        <Failure error={{ code: 'forbidden', message: '', status: 403 }} />
      </PageFrame>
    )
  return (
    <PageFrame>
      <Link className="back" to="/">
        <Icon name="chevronLeft" />
        {t('title')}
      </Link>
      <div className="page-h">
        <h1>{t('newMeeting')}</h1>
      </div>
      <p className="lede">{t('create.lede')}</p>
      {/* The council's name fills the title in, so the form waits for the answer, whichever it is. */}
      {council.isPending ? null : <MeetingForm council={council.data?.name ?? ''} />}
    </PageFrame>
  )
}

function MeetingForm({ council }: { readonly council: string }) {
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const form = useRef<HTMLFormElement>(null)
  const [fields, setFields] = useState<MeetingFields>({
    title: council,
    meeting: '',
    date: localDay(new Date()),
    startsAt: '',
    endsAt: '',
    place: '',
    agenda: '',
    withAttendance: true,
  })
  const [problems, setProblems] = useState<Problems>({})
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)

  const text = (name: Exclude<keyof MeetingFields, 'withAttendance'>) => ({
    name,
    value: fields[name],
    error: problems[name] === undefined ? undefined : t(`create.${problems[name]}`),
    onChange: (event: { target: { value: string } }) => {
      setFields({ ...fields, [name]: event.target.value })
      setProblems({ ...problems, [name]: undefined })
    },
  })

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // A button that is switched off would drop the focus; it only stops acting.
    if (busy) return
    const found = meetingProblems(fields)
    setProblems(found)
    const first = Object.keys(found)[0]
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus()
      return
    }
    setBusy(true)
    const json: NewMeeting = {
      ...fields,
      from: 'agenda',
      title: fields.title.trim(),
      agenda: [...agendaLines(fields.agenda)],
    }
    const created = await request(Created, '/api/meetings', { method: 'POST', json })
    setBusy(false)
    if (!created.ok) return setFailure(failureText(created.error))
    void queries.invalidateQueries({ queryKey: meetingsQuery.queryKey })
    await navigate({ to: '/meetings/$meetingId', params: { meetingId: created.value.id } })
  }

  return (
    <form ref={form} className="form" noValidate onSubmit={(event) => void submit(event)}>
      <TextField
        label={t('create.titleLabel')}
        hint={t('create.titleHint')}
        required
        maxLength={2000}
        {...text('title')}
      />
      <TextField label={t('create.meeting')} hint={t('create.meetingHint')} maxLength={2000} {...text('meeting')} />
      <div className="form-row">
        <TextField
          label={t('create.date')}
          hint={formatWeekday(fields.date, currentLanguage())}
          type="date"
          required
          {...text('date')}
        />
        <TextField label={t('create.startsAt')} type="time" {...text('startsAt')} />
        <TextField label={t('create.endsAt')} type="time" {...text('endsAt')} />
      </div>
      <TextField label={t('create.place')} maxLength={2000} {...text('place')} />
      <TextArea label={t('create.agenda')} hint={t('create.agendaHint')} rows={7} {...text('agenda')} />
      <Checkbox
        label={t('create.attendance')}
        hint={t('create.attendanceHint')}
        checked={fields.withAttendance}
        onChange={(event) => setFields({ ...fields, withAttendance: event.target.checked })}
      />
      {failure ? <Note tone="danger">{failure}</Note> : null}
      <div className="form-do">
        <button type="submit" className="btn primary" aria-disabled={busy}>
          {t('create.submit')}
        </button>
        <Link className="btn quiet" to="/meetings/import">
          {t('importMinutes')}
        </Link>
      </div>
    </form>
  )
}
