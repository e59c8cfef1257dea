import type { ImportNote, ImportPreview } from '@justera/protocol'
import { Created } from '@justera/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useBlocker, useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useReducer, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from '../../app/failureText.ts'
import { meetingsQuery } from '../../app/queries.ts'
import { request } from '../../app/request.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Note } from '../../ui/Note.tsx'
import { AttendanceEditor } from './AttendanceEditor.tsx'
import { bodyOf, changeDraft, type Draft, draftOf } from './draft.ts'
import { HeaderEditor } from './HeaderEditor.tsx'
import { ItemEditor } from './ItemEditor.tsx'
import { NoteList } from './NoteList.tsx'
import { noteWords } from './noteWords.ts'
import { SourcePanel } from './SourcePanel.tsx'
import { findInSource, type Span } from './sourceMatch.ts'

const ConfirmDialog = lazy(async () => ({ default: (await import('../../ui/ConfirmDialog.tsx')).ConfirmDialog }))

type Side = 'source' | 'result'

/** Source on one side, the minutes that will be on the other, each of the importer's notes at its place. */
export function ImportReview({ source, preview }: { readonly source: string; readonly preview: ImportPreview }) {
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [draft, dispatch] = useReducer(changeDraft, preview, draftOf)
  const [span, setSpan] = useState<Span>()
  const [side, setSide] = useState<Side>('result')
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const leaving = useBlocker({ shouldBlockFn: () => true, enableBeforeUnload: true, withResolver: true })

  const show = (note: ImportNote) => {
    setSpan(findInSource(source, note.source) ?? findInSource(source, note.result))
    setSide('source')
  }

  const create = async () => {
    if (busy) return
    setBusy(true)
    const json = { from: 'import', minutes: bodyOf(draft) }
    const created = await request(Created, '/api/meetings', { method: 'POST', json })
    setBusy(false)
    if (!created.ok) return setFailure(failureText(created.error))
    void queries.invalidateQueries({ queryKey: meetingsQuery.queryKey })
    await navigate({ to: '/meetings/$meetingId', params: { meetingId: created.value.id }, ignoreBlocker: true })
  }

  return (
    <>
      <div className="page-h">
        <h1>{t('import.review.title')}</h1>
      </div>
      <p className="lede">{t('import.review.lede')}</p>
      <Doubts draft={draft} notes={preview.notes} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form fields; these are buttons */}
      <div className="tabs sides" role="group" aria-label={t('import.review.sides')}>
        {(['source', 'result'] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="btn sm quiet"
            aria-pressed={side === name}
            onClick={() => setSide(name)}
          >
            {t(`import.review.${name}`)}
          </button>
        ))}
      </div>
      <div className="review" data-side={side}>
        <SourcePanel source={source} span={span} />
        <div className="made">
          <section id="imp-head" tabIndex={-1} aria-label={t('import.head')}>
            <h2 className="made-h">{t('import.head')}</h2>
            <NoteList notes={preview.notes.filter(({ item }) => item === null)} onShow={show} />
            <HeaderEditor header={draft.header} dispatch={dispatch} />
          </section>
          <AttendanceEditor attendance={draft.attendance} dispatch={dispatch} />
          {draft.items.map((item, index) => (
            <ItemEditor
              key={item.key}
              nr={index + 1}
              item={item}
              notes={preview.notes}
              dispatch={dispatch}
              onShow={show}
            />
          ))}
          <button type="button" className="btn" onClick={() => dispatch({ type: 'addItem' })}>
            <Icon name="plus" /> {t('import.item.add')}
          </button>
        </div>
      </div>
      <div className="review-do">
        {failure ? <Note tone="danger">{failure}</Note> : null}
        <p className="soft small">
          {t('import.review.summary', {
            items: draft.items.length,
            blocks: draft.items.reduce((sum, { blocks }) => sum + blocks.length, 0),
            present: draft.attendance.filter(({ status }) => status !== 'absent').length,
            absent: draft.attendance.filter(({ status }) => status === 'absent').length,
          })}
        </p>
        <button type="button" className="btn primary" aria-disabled={busy} onClick={() => void create()}>
          {t('import.review.create')}
        </button>
      </div>
      {leaving.status === 'blocked' ? (
        <Suspense>
          <ConfirmDialog
            title={t('import.review.leave')}
            confirmLabel={t('import.review.leaveConfirm')}
            cancelLabel={t('import.review.stay')}
            onConfirm={leaving.proceed}
            onCancel={leaving.reset}
          >
            <p>{t('import.review.leaveText')}</p>
          </ConfirmDialog>
        </Suspense>
      ) : null}
    </>
  )
}

/** What the importer is not sure of, first of all, each with the way to its place. */
function Doubts({ draft, notes }: { readonly draft: Draft; readonly notes: readonly ImportNote[] }) {
  const { t } = useTranslation('meetings')
  const doubts = notes.filter(({ level }) => level === 'doubt').toSorted((a, b) => (a.item ?? -1) - (b.item ?? -1))
  const repairs = notes.length - doubts.length
  const jump = (id: string) => {
    const place = document.getElementById(id)
    place?.scrollIntoView({ block: 'start' })
    place?.focus({ preventScroll: true })
  }
  return (
    <section className="doubts" aria-label={t('import.review.doubts', { count: doubts.length })}>
      <p className="strong">
        {doubts.length === 0 ? t('import.review.noDoubts') : t('import.review.doubts', { count: doubts.length })}
        <span className="soft"> {t('import.review.repairs', { count: repairs })}</span>
      </p>
      <ul className="plain">
        {doubts.map((note, index) => {
          const place = draft.items.findIndex(({ read }) => read === note.item)
          const id = place < 0 ? 'imp-head' : `imp-${draft.items[place]?.key}`
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the importer's list never changes
            <li key={index}>
              <button type="button" className="btn link" onClick={() => jump(id)}>
                {place < 0 ? t('import.review.inHead') : t('import.review.inItem', { nr: place + 1 })}
              </button>
              <span>
                {noteWords(note)}
                {note.source ? <q>{note.source}</q> : null}
              </span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
