import type { ImportNote } from '@justera/protocol'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../ui/Icon.tsx'
import { noteWords } from './noteWords.ts'

/** The importer's notes at one place: doubts in sight, repairs folded. */
export function NoteList({
  notes,
  onShow,
}: {
  readonly notes: readonly ImportNote[]
  readonly onShow: (note: ImportNote) => void
}) {
  const { t } = useTranslation('meetings')
  const doubts = notes.filter(({ level }) => level === 'doubt')
  const repairs = notes.filter(({ level }) => level === 'repaired')
  return (
    <>
      <Rows notes={doubts} onShow={onShow} />
      {repairs.length > 0 ? (
        <details className="repairs">
          <summary>{t('import.review.repairs', { count: repairs.length })}</summary>
          <Rows notes={repairs} onShow={onShow} />
        </details>
      ) : null}
    </>
  )
}

function Rows({
  notes,
  onShow,
}: {
  readonly notes: readonly ImportNote[]
  readonly onShow: (note: ImportNote) => void
}) {
  const { t } = useTranslation('meetings')
  if (notes.length === 0) return null
  return (
    <ul className="imp-notes plain">
      {notes.map((note, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the importer's list never changes
        <li key={index} className={note.level}>
          <Icon name={note.level === 'doubt' ? 'alert' : 'check'} />
          <div>
            <b>{noteWords(note)}</b>
            {note.source ? <q>{note.source}</q> : null}
            {note.result ? (
              <>
                {' '}
                {t('import.review.became')} <q>{note.result}</q>
              </>
            ) : null}
          </div>
          {note.source || note.result ? (
            <button type="button" className="btn link" onClick={() => onShow(note)}>
              {t('import.review.showSource')}
            </button>
          ) : null}
        </li>
      ))}
    </ul>
  )
}
