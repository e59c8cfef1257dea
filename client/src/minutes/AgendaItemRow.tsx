import type { ItemId } from '@justera/minutes'
import { memo, type PointerEvent } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { useItemTitle } from './documentHooks.ts'
import { ItemBody } from './ItemBody.tsx'
import { ItemTitle } from './ItemTitle.tsx'
import { useParts, useSetting } from './minutesContext.tsx'
import { Presenters } from './Presenters.tsx'
import type { AgendaActions } from './useAgendaActions.ts'

type Props = {
  readonly id: ItemId
  /** place in the agenda, from 1 */
  readonly n: number
  readonly last: boolean
  readonly actions: AgendaActions
  readonly onDrag: (event: PointerEvent, id: ItemId) => void
}

/** One item: number, title and presenters stay in sight on the left while its text scrolls. */
export const AgendaItemRow = memo(
  function AgendaItemRow({ id, n, last, actions, onDrag }: Props) {
    const { t } = useTranslation('minutes')
    const { doc, connection } = useParts()
    const { writable } = useSetting()
    const title = useItemTitle(doc, id)
    const name = title || t('outline.untitled')
    return (
      <section
        className="item"
        id={`item-${id}`}
        data-item={id}
        aria-label={t('item.region', { n, title: name })}
        onFocus={() => connection.tell({ item: id })}
        onKeyDown={(event) => {
          if (!writable || !event.altKey || !event.shiftKey || event.ctrlKey || event.metaKey) return
          if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
          event.preventDefault()
          event.stopPropagation()
          actions.moveTo(id, event.key === 'ArrowUp' ? n - 2 : n)
        }}
      >
        <div className="item-h">
          <div className="nr">
            {writable ? (
              // The keyboard moves an item with Alt+Shift+arrows and from its menu.
              <span className="nr-drag" title={t('item.drag', { n })} onPointerDown={(event) => onDrag(event, id)}>
                {n}
              </span>
            ) : (
              n
            )}
            {writable ? <ItemMenu id={id} n={n} last={last} actions={actions} /> : null}
          </div>
          <ItemTitle id={id} n={n} title={title} />
          <Presenters id={id} />
        </div>
        <ItemBody id={id} label={t('item.body', { n, title: name })} />
      </section>
    )
  },
  (a, b) => a.id === b.id && a.n === b.n && a.last === b.last && a.actions === b.actions,
)

function ItemMenu({ id, n, last, actions }: Omit<Props, 'onDrag'>) {
  const { t } = useTranslation('minutes')
  return (
    <MenuTrigger>
      <Button className="btn icon quiet item-menu" aria-label={t('item.menu', { n })}>
        <Icon name="more" />
      </Button>
      <Popover className="float menu" placement="bottom start">
        <Menu className="menu-list" aria-label={t('item.menu', { n })}>
          {n > 1 ? (
            <MenuItem className="menu-item" onAction={() => actions.moveTo(id, n - 2)}>
              <Icon name="arrowUp" />
              {t('item.moveUp')}
            </MenuItem>
          ) : null}
          {last ? null : (
            <MenuItem className="menu-item" onAction={() => actions.moveTo(id, n)}>
              <Icon name="arrowDown" />
              {t('item.moveDown')}
            </MenuItem>
          )}
          <Separator className="menu-line" />
          <MenuItem className="menu-item" onAction={() => actions.add(n - 1)}>
            <Icon name="plus" />
            {t('item.addBefore')}
          </MenuItem>
          <MenuItem className="menu-item" onAction={() => actions.add(n)}>
            <Icon name="plus" />
            {t('item.addAfter')}
          </MenuItem>
          <Separator className="menu-line" />
          <MenuItem className="menu-item" onAction={() => actions.remove(id)}>
            <Icon name="trash" />
            {t('item.remove')}
          </MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
