import type { Phase } from '@justera/adjustment'
import { type HeaderField, setHeaderField } from '@justera/minutes'
import { useTranslation } from 'react-i18next'
import { dayOf, formatDate, formatTime } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { Attendance } from './Attendance.tsx'
import { useHeaderField } from './documentHooks.ts'
import { InPlaceText, InPlaceValue } from './InPlace.tsx'
import { useParts, useSetting } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'

/** Subject, facts of the meeting and attendance, each changed where it stands. */
export function DocumentHead({ phase }: { readonly phase: Phase }) {
  const { t } = useTranslation('minutes')
  return (
    <header className="doc-head" id="head">
      <p className="eyebrow">{t('head.subject')}</p>
      <Subject />
      <dl className="grid6">
        <TextFact field="meeting" />
        <DateFact field="date" />
        <TimeFact />
        <TextFact field="place" />
        <NextMeetingFact />
        <TextFact field="council" />
        <TextFact field="preparedBy" />
        <TextFact field="adjustedBy" />
        <SignatureFact phase={phase} />
      </dl>
      <Attendance />
    </header>
  )
}

function useWrite(field: HeaderField): (value: string) => void {
  const { doc } = useParts()
  return (value) => setHeaderField(doc, field, value, PAGE_ORIGIN)
}

function Subject() {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const subject = useHeaderField(doc, 'subject')
  const write = useWrite('subject')
  if (!writable) return <h1 lang="sv">{subject || t('head.none')}</h1>
  return (
    <h1 aria-label={subject || t('head.subject')}>
      <InPlaceText value={subject} onCommit={write} aria-label={t('head.subject')} placeholder={t('head.subject')} />
    </h1>
  )
}

function TextFact({ field }: { readonly field: Exclude<HeaderField, 'startsAt' | 'endsAt'> }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const value = useHeaderField(doc, field)
  const write = useWrite(field)
  const label = t(`head.${field}`)
  return (
    <div>
      <dt>{label}</dt>
      <dd lang="sv">
        {writable ? (
          <InPlaceText value={value} onCommit={write} aria-label={label} placeholder={t('head.set')} />
        ) : (
          value || <span className="muted">{t('head.none')}</span>
        )}
      </dd>
    </div>
  )
}

function DateFact({ field }: { readonly field: 'date' | 'nextMeeting' }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const value = useHeaderField(doc, field)
  const write = useWrite(field)
  const label = t(`head.${field}`)
  const shown = formatDate(value, currentLanguage())
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        {writable ? (
          <InPlaceValue
            label={t('head.change', { what: label })}
            shown={shown}
            empty={t('head.set')}
            inputs={[{ type: 'date', label, value, onCommit: write }]}
          />
        ) : (
          shown || <span className="muted">{t('head.none')}</span>
        )}
      </dd>
    </div>
  )
}

/** The next meeting is a date, or words where the minutes say it in words. */
function NextMeetingFact() {
  const { doc } = useParts()
  const value = useHeaderField(doc, 'nextMeeting')
  return value === '' || dayOf(value) !== undefined ? (
    <DateFact field="nextMeeting" />
  ) : (
    <TextFact field="nextMeeting" />
  )
}

function TimeFact() {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const startsAt = useHeaderField(doc, 'startsAt')
  const endsAt = useHeaderField(doc, 'endsAt')
  const writeStart = useWrite('startsAt')
  const writeEnd = useWrite('endsAt')
  const shown = [startsAt, endsAt]
    .filter((time) => time !== '')
    .map((time) => formatTime(time, currentLanguage()))
    .join('–')
  return (
    <div>
      <dt>{t('head.time')}</dt>
      <dd>
        {writable ? (
          <InPlaceValue
            label={t('head.change', { what: t('head.time') })}
            shown={shown}
            empty={t('head.set')}
            inputs={[
              { type: 'time', label: t('head.startsAt'), value: startsAt, onCommit: writeStart },
              { type: 'time', label: t('head.endsAt'), value: endsAt, onCommit: writeEnd },
            ]}
          />
        ) : (
          shown || <span className="muted">{t('head.none')}</span>
        )}
      </dd>
    </div>
  )
}

function SignatureFact({ phase }: { readonly phase: Phase }) {
  const { t } = useTranslation('minutes')
  return (
    <div>
      <dt>{t('head.signature')}</dt>
      <dd className="muted">{phase === 'adjusted' ? t('head.signed') : t('head.unsigned')}</dd>
    </div>
  )
}
