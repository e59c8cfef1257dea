import './catalog.ts'
import { PHASES } from '@justera/adjustment'
import type { MeetingSummary } from '@justera/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { PageFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { meetingsQuery, useMe } from '../app/queries.ts'
import { requestErrorOf } from '../app/request.ts'
import { Failure } from '../app/StatePage.tsx'
import { Blank, Bones } from '../ui/Blank.tsx'
import { Icon } from '../ui/Icon.tsx'
import { DropZone } from './DropZone.tsx'
import { MeetingRow } from './MeetingRow.tsx'
import { localDay, type Todo, todosOf } from './todo.ts'

/** The first page: what waits, and all meetings. */
export function MeetingsPage() {
  const { t } = useTranslation('meetings')
  const meetings = useQuery(meetingsQuery)
  usePageTitle(t('title'))
  if (meetings.isError && !meetings.data)
    return (
      <PageFrame>
        <Failure error={requestErrorOf(meetings.error)} onRetry={() => void meetings.refetch()} />
      </PageFrame>
    )
  return (
    <PageFrame>
      <Head />
      {meetings.data ? <Content meetings={meetings.data} /> : <Bones label={t('loading')} />}
    </PageFrame>
  )
}

function Head() {
  const { t } = useTranslation('meetings')
  const mayCreate = useMe().role === 'secretary'
  return (
    <div className="page-h">
      <h1>{t('title')}</h1>
      {mayCreate ? (
        <>
          <Link className="btn push only-wide" to="/meetings/import">
            <Icon name="importFile" /> {t('importMinutes')}
          </Link>
          <Link className="btn primary" to="/meetings/new">
            <Icon name="plus" /> {t('newMeeting')}
          </Link>
        </>
      ) : null}
    </div>
  )
}

function Content({ meetings }: { readonly meetings: readonly MeetingSummary[] }) {
  const { t } = useTranslation('meetings')
  const mayCreate = useMe().role === 'secretary'
  if (meetings.length === 0)
    return (
      <>
        <Blank
          title={t('empty.title')}
          text={mayCreate ? t('empty.secretary') : t('empty.others')}
          action={
            mayCreate ? (
              <Link className="btn primary" to="/meetings/new">
                <Icon name="plus" /> {t('newMeeting')}
              </Link>
            ) : null
          }
        />
        {mayCreate ? <DropZone /> : null}
      </>
    )
  return (
    <>
      <TodoList todos={todosOf(meetings, localDay(new Date()))} />
      <MeetingList meetings={meetings} />
      {mayCreate ? <DropZone /> : null}
    </>
  )
}

function TodoList({ todos }: { readonly todos: readonly Todo[] }) {
  const { t } = useTranslation('meetings')
  if (todos.length === 0) return null
  return (
    <>
      <h2 className="sec">
        {t('todo.title')} <span>{todos.length}</span>
      </h2>
      <ul className="todo plain">
        {todos.map(({ kind, meeting }) => (
          <li key={`${kind} ${meeting.id}`}>
            <span className="lead-i">
              <Icon name="calendar" />
            </span>
            <div>
              <b>{t('todo.start')}</b>
              <p>
                {t('todo.startText', {
                  title: meeting.title || t('list.untitled'),
                  date: formatDate(meeting.date, currentLanguage()),
                })}
              </p>
            </div>
            <Link className="btn" to="/meetings/$meetingId" params={{ meetingId: meeting.id }}>
              {t('todo.open')}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}

const SHOWN = {
  all: PHASES,
  ongoing: ['planned', 'drafting', 'comment', 'adjustment'],
  adjusted: ['adjusted'],
} as const satisfies Record<string, readonly MeetingSummary['phase'][]>
type Shown = keyof typeof SHOWN
const TABS: readonly Shown[] = ['all', 'ongoing', 'adjusted']

function MeetingList({ meetings }: { readonly meetings: readonly MeetingSummary[] }) {
  const { t } = useTranslation('meetings')
  const [shown, setShown] = useState<Shown>('all')
  const phases: readonly MeetingSummary['phase'][] = SHOWN[shown]
  const rows = meetings.filter(({ phase }) => phases.includes(phase))
  return (
    <>
      <div className="sec">
        <h2 className="sec-h">
          {t('list.title')} <span>{rows.length}</span>
        </h2>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
        <div className="tabs" role="group" aria-label={t('list.show')}>
          {TABS.map((tab) => (
            <button
              key={tab}
              type="button"
              className="btn sm quiet"
              aria-pressed={tab === shown}
              onClick={() => setShown(tab)}
            >
              {t(`list.${tab}`)}
            </button>
          ))}
        </div>
      </div>
      {rows.length === 0 ? (
        <p className="soft">{t(shown === 'adjusted' ? 'list.noneAdjusted' : 'list.noneOngoing')}</p>
      ) : (
        <ol className="mtg plain">
          {rows.map((meeting) => (
            <MeetingRow key={meeting.id} meeting={meeting} />
          ))}
        </ol>
      )}
    </>
  )
}
