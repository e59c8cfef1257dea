import './catalog.ts'
import './minutes.css'
import { SCHEMA_HASH } from '@justera/minutes'
import type { Meeting } from '@justera/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { PageFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { councilQuery, meetingQuery, useMe } from '../app/queries.ts'
import { reloadOnce } from '../app/reloadOnce.ts'
import { requestErrorOf } from '../app/request.ts'
import { Failure } from '../app/StatePage.tsx'
import type { MeetingConnection } from '../sync/meetingConnection.ts'
import { Bones } from '../ui/Blank.tsx'
import { AgendaTable } from './AgendaTable.tsx'
import { Announcements } from './Announcements.tsx'
import { Bands } from './Bands.tsx'
import { DocumentHead } from './DocumentHead.tsx'
import { Floats } from './Floats.tsx'
import { MinutesBar } from './MinutesBar.tsx'
import { type Agency, MinutesProvider } from './minutesContext.tsx'
import { Outline } from './Outline.tsx'
import { PageKeys } from './PageKeys.tsx'
import { useMeetingConnection } from './useMeetingConnection.ts'
import { useMinutesParts } from './useMinutesParts.ts'

const NO_AGENCIES: readonly Agency[] = []

/** The page of one meeting's minutes: loads the meeting, then hands over to the live document. */
export function MinutesPage() {
  const { meetingId = '' } = useParams({ strict: false })
  const me = useMe()
  const meeting = useQuery(meetingQuery(meetingId))
  const connection = useMeetingConnection(meeting.data, me.id)
  if (meeting.isError && !meeting.data) {
    return (
      <PageFrame>
        <Failure error={requestErrorOf(meeting.error)} onRetry={() => void meeting.refetch()} />
      </PageFrame>
    )
  }
  if (!meeting.data || connection === null) return <Opening />
  return <LiveMinutes key={meeting.data.id} meeting={meeting.data} connection={connection} />
}

function Opening() {
  const { t } = useTranslation('minutes')
  return (
    <PageFrame>
      <Bones label={t('loading')} />
    </PageFrame>
  )
}

function LiveMinutes({ meeting, connection }: { readonly meeting: Meeting; readonly connection: MeetingConnection }) {
  const { t } = useTranslation('minutes')
  const me = useMe()
  const agencies = useQuery(councilQuery).data?.agencies ?? NO_AGENCIES
  const snapshot = useSyncExternalStore(connection.meeting.subscribe, connection.meeting.getSnapshot)
  const parts = useMinutesParts(meeting.id, connection, snapshot.doc, snapshot.awareness)
  const { writable, ready } = snapshot
  const setting = useMemo(() => ({ writable, me, agencies }), [writable, me, agencies])
  useServerNews(meeting.id, connection)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each phase starts with nothing to undo
  useEffect(() => {
    // What a person could undo in one phase must not come back as an edit in the next.
    parts?.history.clear()
  }, [parts, snapshot.phase])
  usePageTitle([formatDate(meeting.date, currentLanguage()), meeting.title].filter(Boolean).join(', '))

  if (parts === null) return <Opening />
  return (
    <MinutesProvider parts={parts} setting={setting}>
      <div className="minutes">
        <MinutesBar meeting={meeting} phase={snapshot.phase} role={snapshot.role} />
        <Bands snapshot={snapshot} />
        <div className="frame">
          <Outline ready={ready} />
          <main className="doc" id="main" tabIndex={-1} data-region="text">
            <div className="sheet-w">
              {ready ? (
                <>
                  <DocumentHead phase={snapshot.phase} />
                  <AgendaTable phase={snapshot.phase} role={snapshot.role} />
                </>
              ) : (
                <Bones label={t('loading')} />
              )}
            </div>
          </main>
        </div>
        <Floats />
        <PageKeys />
        <Announcements />
      </div>
    </MinutesProvider>
  )
}

/** What the socket says about things that HTTP also tells: ask again. */
function useServerNews(meetingId: string, connection: MeetingConnection): void {
  const queries = useQueryClient()
  const { phase, role, membersVersion, ended } = useSyncExternalStore(
    connection.meeting.subscribe,
    connection.meeting.getSnapshot,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these means that the meeting's row has changed
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['meeting', meetingId] })
  }, [queries, meetingId, phase, role, membersVersion, ended === 'epoch-changed'])
  useEffect(() => {
    if (ended === 'outdated-page') reloadOnce(SCHEMA_HASH)
  }, [ended])
}
