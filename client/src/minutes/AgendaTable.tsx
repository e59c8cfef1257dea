import type { Phase, Role } from '@justera/adjustment'
import type { ItemId } from '@justera/minutes'
import { useTranslation } from 'react-i18next'
import { Blank } from '../ui/Blank.tsx'
import { Icon } from '../ui/Icon.tsx'
import { AgendaItemRow } from './AgendaItemRow.tsx'
import { useItemIds } from './documentHooks.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { useAgendaActions } from './useAgendaActions.ts'
import { useItemDrag } from './useItemDrag.ts'
import { useSteadyRows } from './useSteadyRows.ts'

/** The agenda as the familiar rows; cards on a phone. */
export function AgendaTable({ phase, role }: { readonly phase: Phase; readonly role: Role }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const ids = useItemIds(doc)
  const actions = useAgendaActions()
  const drag = useItemDrag(actions.moveTo)
  useSteadyRows(ids)
  return (
    <>
      <div className="cols">
        <span aria-hidden="true">{t('cols.nr')}</span>
        <span aria-hidden="true">
          {t('cols.item')}
          <span className="c-and">{t('cols.andPresenters')}</span>
        </span>
        <span aria-hidden="true" className="c-pres">
          {t('cols.presenters')}
        </span>
        <span aria-hidden="true" className="c-body">
          {t('cols.body')}
        </span>
        <Mode phase={phase} role={role} />
      </div>
      {ids.map((id: ItemId, n) => (
        <AgendaItemRow key={id} id={id} n={n + 1} last={n === ids.length - 1} actions={actions} onDrag={drag.start} />
      ))}
      {ids.length === 0 ? (
        <Blank title={t('noItems.title')} text={writable ? t('noItems.text') : t('noItems.read')} />
      ) : null}
      {writable ? (
        <p className="add-item">
          <button type="button" className="btn quiet" onClick={() => actions.add(ids.length)}>
            <Icon name="plus" /> {t('outline.add')}
          </button>
        </p>
      ) : null}
    </>
  )
}

/** Whether one writes here, and why not. */
function Mode({ phase, role }: { readonly phase: Phase; readonly role: Role }) {
  const { t } = useTranslation('minutes')
  const { writable } = useSetting()
  if (writable) {
    return (
      <span className="mode st">
        <Icon name="edit" /> {t('mode.editing')}
      </span>
    )
  }
  const reason =
    phase === 'adjusted'
      ? t('mode.adjusted')
      : role === 'observer'
        ? t('mode.observer')
        : phase === 'comment'
          ? t('mode.comment')
          : phase === 'adjustment'
            ? t('mode.adjustment')
            : ''
  return (
    <span className="mode st" title={reason}>
      <Icon name={phase === 'adjusted' ? 'lock' : 'eye'} /> {t('mode.reading')}
      <span className="vh">. {reason}</span>
    </span>
  )
}
