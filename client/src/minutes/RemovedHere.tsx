import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRemovedItems } from './documentHooks.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { useAgendaActions } from './useAgendaActions.ts'

/** Items removed while this page was open, each with the way back; older ones are in the outline. */
export function RemovedHere() {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const { restore } = useAgendaActions()
  const removed = useRemovedItems(doc)
  const [before] = useState(() => new Set(removed.map(({ id }) => id)))
  if (!writable) return null
  return removed
    .filter(({ id }) => !before.has(id))
    .map(({ id, title }) => (
      <p key={id} className="undo-line">
        {t('item.removed', { title: title || t('outline.untitled') })}{' '}
        <button type="button" className="btn link" onClick={() => restore(id)}>
          {t('item.undo')}
        </button>
      </p>
    ))
}
