import './catalog.ts'
import './people.css'
import { type Council, Invited, Member } from '@justera/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { PageFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { councilQuery, meetingQuery, useMe } from '../app/queries.ts'
import { request, requestErrorOf } from '../app/request.ts'
import { Failure } from '../app/StatePage.tsx'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Bones } from '../ui/Blank.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Note } from '../ui/Note.tsx'
import { bySeat } from './bySeat.ts'
import { PersonForm } from './PersonForm.tsx'
import { PersonRow } from './PersonRow.tsx'
import { membersQuery } from './peopleQueries.ts'
import { refusalText } from './refusal.ts'

type Outcome = { readonly tone: 'ok' | 'danger'; readonly text: string } | undefined

/** Who may open one meeting, and the way to invite more; for its secretary. */
export function MeetingPeoplePage() {
  const { t } = useTranslation('people')
  const { meetingId } = useParams({ strict: false }) as { meetingId: string }
  const council = useQuery(councilQuery)
  const members = useQuery(membersQuery(meetingId))
  const meeting = useQuery(meetingQuery(meetingId))
  usePageTitle(t('meeting.title'))
  const failed = [council, members].find((query) => query.isError && !query.data)
  if (failed)
    return (
      <PageFrame>
        <Failure error={requestErrorOf(failed.error)} onRetry={() => void failed.refetch()} />
      </PageFrame>
    )
  return (
    <PageFrame>
      <Link className="back" to="/meetings/$meetingId" params={{ meetingId }}>
        <Icon name="chevronLeft" />
        {t('meeting.toMinutes')}
      </Link>
      <div className="page-h">
        <h1>{t('meeting.title')}</h1>
      </div>
      <p className="lede">
        {meeting.data ? (
          <b>{[meeting.data.title, formatDate(meeting.data.date, currentLanguage())].join(', ')}. </b>
        ) : null}
        {t('meeting.lede')}
      </p>
      {council.data && members.data ? (
        <Members meetingId={meetingId} agencies={council.data.agencies} members={members.data} />
      ) : (
        <Bones label={t('loading')} />
      )}
    </PageFrame>
  )
}

function Members({
  meetingId,
  agencies,
  members,
}: {
  readonly meetingId: string
  readonly agencies: Council['agencies']
  readonly members: readonly Member[]
}) {
  const { t } = useTranslation(['people', 'app'])
  const me = useMe()
  const queries = useQueryClient()
  const [removing, setRemoving] = useState<Member>()
  const [outcome, setOutcome] = useState<Outcome>()
  const reload = () => queries.invalidateQueries({ queryKey: ['meeting', meetingId] })
  const path = (personId: string) => `/api/meetings/${meetingId}/members/${personId}`

  const send = async (sent: ReturnType<typeof request<unknown>>, done: string) => {
    const result = await sent
    setRemoving(undefined)
    setOutcome(result.ok ? { tone: 'ok', text: done } : { tone: 'danger', text: refusalText(result.error) })
    await reload()
  }

  return (
    <>
      <div className="outcome">{outcome ? <Note tone={outcome.tone}>{outcome.text}</Note> : null}</div>
      <div className="beside">
        <ul className="seats plain">
          {bySeat(agencies, members, false).map(({ agency, people }) => (
            <li key={agency.id} className="seat">
              <div className="seat-h">
                <AgencyMark agency={agency} />
                <h2>{agency.name}</h2>
              </div>
              <ul className="plain">
                {people.map((member) => (
                  <PersonRow
                    key={member.personId}
                    name={member.name}
                    email={member.email}
                    role={member.role}
                    isMe={member.personId === me.id}
                    onRole={(role) =>
                      void send(
                        request(Member, path(member.personId), { method: 'PATCH', json: { role } }),
                        t('done.role', { name: member.name }),
                      )
                    }
                    actions={[{ id: 'remove', icon: 'trash', label: t('remove'), run: () => setRemoving(member) }]}
                  />
                ))}
              </ul>
            </li>
          ))}
        </ul>
        <Invite meetingId={meetingId} agencies={agencies} onInvited={() => void reload()} />
      </div>
      {removing ? (
        <ConfirmDialog
          title={t('removeTitle', { name: removing.name })}
          confirmLabel={t('remove')}
          cancelLabel={t('app:cancel')}
          onCancel={() => setRemoving(undefined)}
          onConfirm={() =>
            void send(
              request(null, path(removing.personId), { method: 'DELETE' }),
              t('done.removed', { name: removing.name }),
            )
          }
        >
          <p>{t('meeting.removeText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}

function Invite({
  meetingId,
  agencies,
  onInvited,
}: {
  readonly meetingId: string
  readonly agencies: Council['agencies']
  readonly onInvited: () => void
}) {
  const { t } = useTranslation(['people', 'app'])
  const [invited, setInvited] = useState<Invited>()
  return (
    <section className="invite" aria-labelledby="invite-h">
      <h2 id="invite-h">{t('meeting.invite')}</h2>
      <p className="soft small">{t('meeting.inviteLede')}</p>
      <PersonForm
        agencies={agencies}
        submitLabel={t('meeting.inviteSubmit')}
        onSubmit={async (json) => {
          const result = await request(Invited, `/api/meetings/${meetingId}/invitations`, { method: 'POST', json })
          if (!result.ok) return refusalText(result.error)
          setInvited(result.value)
          onInvited()
          return undefined
        }}
      />
      <div aria-live="polite">{invited ? <InvitedNote invited={invited} /> : null}</div>
    </section>
  )
}

function InvitedNote({ invited: { member, link } }: { readonly invited: Invited }) {
  const { t } = useTranslation(['people', 'app'])
  if (link === null)
    return (
      <Note tone="ok" live={false} title={t('done.invited', { name: member.name })}>
        {t('meeting.mailed', { email: member.email })}
      </Note>
    )
  return (
    <div className="invite-link">
      <Note tone="ok" live={false} title={t('done.invited', { name: member.name })}>
        {t('meeting.link', { name: member.name })}
      </Note>
      <div className="link-box">
        <code>{link}</code>
        <CopyButton text={link} label={t('app:copy')} copiedLabel={t('app:copied')} />
      </div>
      <p className="says">{t('meeting.linkOnce')}</p>
    </div>
  )
}
