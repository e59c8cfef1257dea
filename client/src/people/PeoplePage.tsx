import './catalog.ts'
import './people.css'
import { Agency, type Council, type NewAgency, Person } from '@justera/protocol'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PageFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { councilQuery, useMe } from '../app/queries.ts'
import { request, requestErrorOf } from '../app/request.ts'
import { Failure } from '../app/StatePage.tsx'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Bones } from '../ui/Blank.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { Note } from '../ui/Note.tsx'
import { AgencyForm } from './AgencyForm.tsx'
import { bySeat } from './bySeat.ts'
import { PersonForm } from './PersonForm.tsx'
import { PersonRow } from './PersonRow.tsx'
import { peopleQuery } from './peopleQueries.ts'
import { refusalText } from './refusal.ts'

type Asking =
  | { readonly what: 'person' | 'agency' }
  | { readonly what: 'remove' | 'end'; readonly person: Person }
  | undefined
type Outcome = { readonly tone: 'ok' | 'danger'; readonly text: string } | undefined

/** The council's people by seat; for secretaries. */
export function PeoplePage() {
  const { t } = useTranslation('people')
  const council = useQuery(councilQuery)
  const people = useQuery(peopleQuery)
  usePageTitle(t('title'))
  const failed = [council, people].find((query) => query.isError && !query.data)
  if (failed)
    return (
      <PageFrame>
        <Failure error={requestErrorOf(failed.error)} onRetry={() => void failed.refetch()} />
      </PageFrame>
    )
  return (
    <PageFrame>
      <Link className="back" to="/">
        <Icon name="chevronLeft" />
        {t('meetings')}
      </Link>
      {council.data && people.data ? (
        <People agencies={council.data.agencies} people={people.data} />
      ) : (
        <>
          <div className="page-h">
            <h1>{t('title')}</h1>
          </div>
          <Bones label={t('loading')} />
        </>
      )}
    </PageFrame>
  )
}

function People({ agencies, people }: { readonly agencies: Council['agencies']; readonly people: readonly Person[] }) {
  const { t } = useTranslation(['people', 'app'])
  const me = useMe()
  const queries = useQueryClient()
  const [asking, setAsking] = useState<Asking>()
  const [outcome, setOutcome] = useState<Outcome>()
  const close = () => setAsking(undefined)
  const reload = () =>
    Promise.all([
      queries.invalidateQueries(peopleQuery),
      queries.invalidateQueries({ queryKey: councilQuery.queryKey }),
    ])

  /** Sends one change, then shows how it went; gives back what went wrong. */
  const send = async (sent: ReturnType<typeof request<unknown>>, done: string): Promise<string | undefined> => {
    const result = await sent
    if (!result.ok) return refusalText(result.error)
    await reload()
    setOutcome({ tone: 'ok', text: done })
    close()
    return undefined
  }
  const sendAndSay = async (sent: ReturnType<typeof request<unknown>>, done: string) => {
    const failed = await send(sent, done)
    if (failed === undefined) return
    close()
    setOutcome({ tone: 'danger', text: failed })
    await reload()
  }

  return (
    <>
      <div className="page-h">
        <h1>{t('title')}</h1>
        <button type="button" className="btn push" onClick={() => setAsking({ what: 'agency' })}>
          {t('addAgency')}
        </button>
        <button type="button" className="btn primary" onClick={() => setAsking({ what: 'person' })}>
          <Icon name="personAdd" /> {t('add')}
        </button>
      </div>
      <p className="lede">{t('lede')}</p>
      <div className="outcome">{outcome ? <Note tone={outcome.tone}>{outcome.text}</Note> : null}</div>
      <ul className="seats plain">
        {bySeat(agencies, people, true).map(({ agency, people: own }) => (
          <li key={agency.id} className="seat">
            <div className="seat-h">
              <AgencyMark agency={agency} />
              <h2>{agency.name}</h2>
              <span className="muted small">{t('seat', { seat: agency.seat })}</span>
            </div>
            {own.length === 0 ? <p className="muted small">{t('nobody')}</p> : null}
            <ul className="plain">
              {own.map((person) => (
                <PersonRow
                  key={person.id}
                  name={person.name}
                  email={person.email}
                  role={person.role}
                  isMe={person.id === me.id}
                  onRole={(role) =>
                    void sendAndSay(
                      request(Person, `/api/people/${person.id}`, { method: 'PATCH', json: { role } }),
                      t('done.role', { name: person.name }),
                    )
                  }
                  actions={[
                    {
                      id: 'end',
                      icon: 'signOut',
                      label: t('endSessions'),
                      run: () => setAsking({ what: 'end', person }),
                    },
                    {
                      id: 'remove',
                      icon: 'trash',
                      label: t('remove'),
                      run: () => setAsking({ what: 'remove', person }),
                    },
                  ]}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      {asking?.what === 'person' ? (
        <ModalDialog title={t('add')} closeLabel={t('app:close')} onClose={close}>
          <PersonForm
            agencies={agencies}
            submitLabel={t('add')}
            onSubmit={(json) =>
              send(request(Person, '/api/people', { method: 'POST', json }), t('done.added', { name: json.name }))
            }
          />
        </ModalDialog>
      ) : null}
      {asking?.what === 'agency' ? (
        <ModalDialog title={t('addAgency')} closeLabel={t('app:close')} onClose={close}>
          <AgencyForm
            taken={agencies.map(({ shortName }) => shortName)}
            onSubmit={(json: NewAgency) =>
              send(
                request(Agency, '/api/agencies', { method: 'POST', json }),
                t('done.agency', { name: json.name, seat: Math.max(0, ...agencies.map(({ seat }) => seat)) + 1 }),
              )
            }
          />
        </ModalDialog>
      ) : null}
      {asking?.what === 'remove' ? (
        <ConfirmDialog
          title={t('removeTitle', { name: asking.person.name })}
          confirmLabel={t('remove')}
          cancelLabel={t('app:cancel')}
          onCancel={close}
          onConfirm={() =>
            void sendAndSay(
              request(null, `/api/people/${asking.person.id}`, { method: 'DELETE' }),
              t('done.removed', { name: asking.person.name }),
            )
          }
        >
          <p>{t('removeText')}</p>
        </ConfirmDialog>
      ) : null}
      {asking?.what === 'end' ? (
        <ConfirmDialog
          title={t('endTitle', { name: asking.person.name })}
          confirmLabel={t('endConfirm')}
          cancelLabel={t('app:cancel')}
          onCancel={close}
          onConfirm={() =>
            void sendAndSay(
              request(null, `/api/people/${asking.person.id}/end-sessions`, { method: 'POST' }),
              t('done.ended', { name: asking.person.name }),
            )
          }
        >
          <p>{t('endText')}</p>
        </ConfirmDialog>
      ) : null}
    </>
  )
}
