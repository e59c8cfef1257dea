import { PHASES } from '@justera/adjustment'
import type { MeetingSummary } from '@justera/protocol'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatDayAndMonth } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { useAgencies } from '../app/queries.ts'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Status } from '../ui/Status.tsx'

/** Marks shown in a row before the rest are counted. */
const MARKS = 4

/** One meeting of the list; the whole row is the link. */
export function MeetingRow({ meeting }: { readonly meeting: MeetingSummary }) {
  const { t } = useTranslation('meetings')
  const when = formatDayAndMonth(meeting.date, currentLanguage())
  return (
    <li>
      <div className="m">
        <div className="when">
          {when ? (
            <>
              <b>{when.day}</b>
              <span>{when.month}</span>
            </>
          ) : (
            <span>{t('list.noDate')}</span>
          )}
        </div>
        <div className="what">
          <Link to="/meetings/$meetingId" params={{ meetingId: meeting.id }}>
            {meeting.title || t('list.untitled')}
          </Link>
          <p>{meeting.meeting}</p>
        </div>
        <PhaseBars phase={meeting.phase} />
        <News meeting={meeting} />
        <Icon name="chevronRight" />
      </div>
    </li>
  )
}

function PhaseBars({ phase }: { readonly phase: MeetingSummary['phase'] }) {
  const { t } = useTranslation()
  const reached = PHASES.indexOf(phase)
  const adjusted = phase === 'adjusted'
  return (
    <div>
      <span className={adjusted ? 'mini all' : 'mini'} aria-hidden="true">
        {PHASES.map((name, index) => (
          <i key={name} className={index <= reached ? 'on' : undefined} />
        ))}
      </span>
      {adjusted ? (
        <Status icon="lock" tone="ok">
          {t(`phase.${phase}`)}
        </Status>
      ) : (
        <Status>{t(`phase.${phase}`)}</Status>
      )}
    </div>
  )
}

/** What is worth knowing before opening: who is there, what is new, how long it is. */
function News({ meeting }: { readonly meeting: MeetingSummary }) {
  const { t } = useTranslation('meetings')
  const agencies = useAgencies()
  const here = meeting.here.flatMap((id) => agencies.get(id) ?? []).toSorted((a, b) => a.seat - b.seat)
  const length = t(meeting.phase === 'planned' ? 'list.agenda' : 'list.items', { count: meeting.items })
  return (
    <div className="news">
      {meeting.newChanges > 0 ? <New>{t('list.changes', { count: meeting.newChanges })}</New> : null}
      {here.length > 0 && meeting.newChanges === 0 ? <New>{t('list.openNow')}</New> : null}
      {here.length > 0 ? (
        <span className="ags">
          {meeting.newChanges > 0 ? <span className="vh">{t('list.openNow')}</span> : null}
          {here.slice(0, MARKS).map((agency) => (
            <AgencyMark key={agency.id} agency={agency} />
          ))}
          {here.length > MARKS ? <span className="more">+{here.length - MARKS}</span> : null}
        </span>
      ) : (
        <span>{length}</span>
      )}
    </div>
  )
}

function New({ children }: { readonly children: string }) {
  return (
    <span className="new">
      <span className="dot" />
      {children}
    </span>
  )
}
