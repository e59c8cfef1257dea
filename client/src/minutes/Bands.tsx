import type { LeftOut } from '@justera/binding'
import {
  ATTENDEE_FIELDS,
  type AttendeeField,
  type AttendeeId,
  attendanceOf,
  HEADER_FIELDS,
  type ItemId,
  type PresenterId,
  setAttendeeField,
  setHeaderField,
  setPresenterName,
} from '@justera/minutes'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { type ReactNode, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type * as Y from 'yjs'
import type { MeetingSnapshot, Overwritten } from '../sync/meetingConnection.ts'
import { setAsideText } from '../sync/setAside.ts'
import { Band } from '../ui/Band.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { useParts, useSetting } from './minutesContext.tsx'
import type { Notice } from './notices.ts'
import { PAGE_ORIGIN } from './pageOrigin.ts'
import { useAgendaActions } from './useAgendaActions.ts'

/** What the page has to say across its width: one thing at a time, the worst first. */
export function Bands({ snapshot }: { readonly snapshot: MeetingSnapshot }) {
  return (
    <div className="bands">
      <OneBand snapshot={snapshot} />
    </div>
  )
}

function OneBand({ snapshot }: { readonly snapshot: MeetingSnapshot }): ReactNode {
  const { t } = useTranslation('minutes')
  const { connection, notices } = useParts()
  const { writable } = useSetting()
  const { status, back } = useSyncExternalStore(connection.save.subscribe, connection.save.getSnapshot)
  const notice = useSyncExternalStore(notices.subscribe, notices.getSnapshot)
  const { setAside, ended, overwritten } = snapshot

  if (setAside !== null && setAside.passages.length > 0) return <RefusedBand snapshot={snapshot} />
  if (ended === 'signed-out') {
    return (
      <Band
        tone="danger"
        title={t('band.signedOut')}
        action={
          <Link className="btn" to="/sign-in" search={{ next: location.pathname }}>
            {t('band.signIn')}
          </Link>
        }
      >
        {t('band.signedOutText')}
      </Band>
    )
  }
  if (ended === 'forbidden')
    return (
      <Band tone="danger" title={t('band.forbidden')}>
        {t('band.forbiddenText')}
      </Band>
    )
  if (ended === 'outdated-page') {
    return (
      <Band
        tone="danger"
        title={t('band.outdated')}
        action={<BandButton onPress={() => location.reload()}>{t('band.reload')}</BandButton>}
      >
        {t('band.outdatedText')}
      </Band>
    )
  }
  if (status.name === 'storage-failing') {
    return (
      <Band
        tone="danger"
        title={t('band.storage')}
        action={<BandButton onPress={connection.retry}>{t('band.retry')}</BandButton>}
      >
        {t('band.storageText')}
      </Band>
    )
  }
  if (status.name === 'offline') {
    const text = !writable
      ? t('band.offlineReading')
      : snapshot.keptOnDevice
        ? t('band.offlineText')
        : t('band.offlineNotKept')
    return (
      <Band
        tone="warn"
        icon="offline"
        title={t('band.offline')}
        action={<BandButton onPress={connection.retry}>{t('band.retry')}</BandButton>}
      >
        {text}
      </Band>
    )
  }
  const lost = overwritten[0]
  if (lost !== undefined) return <OverwrittenBand lost={lost} />
  if (notice !== null) return <NoticeBand notice={notice} />
  if (back !== null) {
    return (
      <Band tone="ok" icon="saved" title={t('band.back')}>
        {back.changes === 0 ? t('band.backNothing') : t('band.backText', { count: back.changes })}
      </Band>
    )
  }
  if (snapshot.phase === 'adjusted') {
    return (
      <Band icon="lock" title={t('band.locked')} live={false}>
        {t('band.lockedText')}
      </Band>
    )
  }
  return null
}

function RefusedBand({ snapshot }: { readonly snapshot: MeetingSnapshot }) {
  const { t } = useTranslation(['minutes', 'app'])
  const { connection } = useParts()
  const [shown, setShown] = useState(false)
  const [copied, setCopied] = useState(false)
  const aside = snapshot.setAside
  if (aside === null) return null
  const reason =
    aside.reason === 'phase' || aside.reason === 'locked'
      ? t('band.refusedPhase')
      : aside.reason === 'role'
        ? t('band.refusedRole')
        : aside.reason === 'epoch'
          ? t('band.refusedEpoch')
          : t('band.refusedOther')
  const copy = (): void => {
    void navigator.clipboard.writeText(setAsideText(aside)).then(
      () => setCopied(true),
      () => setShown(true), // no clipboard here: the text can be marked and copied by hand
    )
  }
  return (
    <>
      <Band
        tone="danger"
        title={t('band.refused')}
        action={
          <span className="row">
            <BandButton onPress={copy}>{copied ? t('band.copied') : t('band.copy')}</BandButton>
            <BandButton onPress={() => setShown(true)}>{t('band.show')}</BandButton>
            {copied ? <BandButton onPress={connection.dismissSetAside}>{t('band.dismiss')}</BandButton> : null}
          </span>
        }
      >
        {reason}
      </Band>
      {shown ? (
        <ModalDialog title={t('band.setAsideTitle')} closeLabel={t('app:close')} onClose={() => setShown(false)}>
          <div className="set-aside" lang="sv">
            {aside.passages.map(({ title, text }, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: passages have no identity and never move
              <section key={n}>
                <h3>{title}</h3>
                <p>{text}</p>
              </section>
            ))}
          </div>
          <div className="row">
            <button type="button" className="btn primary" onClick={copy}>
              {copied ? t('band.copied') : t('band.copy')}
            </button>
            <button
              type="button"
              className="btn"
              onClick={() => {
                setShown(false)
                connection.dismissSetAside()
              }}
            >
              {t('band.dismiss')}
            </button>
          </div>
        </ModalDialog>
      ) : null}
    </>
  )
}

function NoticeBand({ notice }: { readonly notice: Notice }) {
  const { t } = useTranslation('minutes')
  const { notices } = useParts()
  const { writable } = useSetting()
  const { restore } = useAgendaActions()
  const close = <BandButton onPress={notices.clear}>{t('band.close')}</BandButton>
  switch (notice.kind) {
    case 'left-out':
      return (
        <Band tone="warn" title={t('band.leftOut')} action={close}>
          {t('band.leftOutText', { what: notice.list.map((one) => leftOutText(one, t)).join(', ') })}
        </Band>
      )
    case 'problem':
      return (
        <Band tone="warn" title={t('band.problem')} action={close}>
          {t('band.problemText')}
        </Band>
      )
    case 'item-removed':
      return (
        <Band
          icon="trash"
          title={t('item.removed', { title: notice.title || t('outline.untitled') })}
          action={
            <span className="row">
              {writable ? (
                <BandButton
                  onPress={() => {
                    notices.clear()
                    restore(notice.item)
                  }}
                >
                  {t('item.undo')}
                </BandButton>
              ) : null}
              {close}
            </span>
          }
        />
      )
  }
}

function OverwrittenBand({ lost }: { readonly lost: Overwritten }) {
  const { t } = useTranslation('minutes')
  const { doc, connection } = useParts()
  const { writable } = useSetting()
  const putBack = (): void => {
    writeAt(doc, lost.path, lost.yours)
    connection.dismissOverwritten(lost.key)
  }
  return (
    <Band
      tone="warn"
      title={t('band.overwritten', { by: lost.by, theirs: lost.theirs || t('band.empty') })}
      action={
        <span className="row">
          {writable && mayPutBack(lost.path) ? <BandButton onPress={putBack}>{t('band.putBack')}</BandButton> : null}
          <BandButton onPress={() => connection.dismissOverwritten(lost.key)}>{t('band.keepTheirs')}</BandButton>
        </span>
      }
    >
      {t('band.overwrittenText', { yours: lost.yours || t('band.empty') })}
    </Band>
  )
}

function BandButton({ onPress, children }: { readonly onPress: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" className="btn sm" onClick={onPress}>
      {children}
    </button>
  )
}

/** Paths are [root, key…] as in the document: header fields, attendees' fields and presenters' names can be put back. */
function mayPutBack([root, , field, , key]: readonly string[]): boolean {
  return (
    root === 'header' ||
    (root === 'attendance' && field !== undefined) ||
    (root === 'agenda' && field === 'presenters' && key === 'name')
  )
}

function writeAt(doc: Y.Doc, [root, first, second, third]: readonly string[], value: string): void {
  const header = HEADER_FIELDS.find((field) => field === first)
  if (root === 'header' && header !== undefined) setHeaderField(doc, header, value, PAGE_ORIGIN)
  const attendee = ATTENDEE_FIELDS.find((field): field is AttendeeField => field === second)
  if (root === 'attendance' && attendee !== undefined && first !== undefined && attendanceOf(doc).has(first)) {
    setAttendeeField(doc, first as AttendeeId, attendee, value, PAGE_ORIGIN)
  }
  if (root === 'agenda' && second === 'presenters' && first !== undefined && third !== undefined) {
    setPresenterName(doc, first as ItemId, third as PresenterId, value, PAGE_ORIGIN)
  }
}

function leftOutText({ kind, count }: LeftOut, t: TFunction<'minutes'>): string {
  return t(`leftOut.${kind}`, { count })
}
