import { addItem, type ItemId, itemOf, moveItem, setItemRemoved, titleOf } from '@justera/minutes'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { liveItemIds } from './documentHooks.ts'
import { useParts } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'

/** What a person does with whole items. Each can be taken back in the order in which things were done. */
export type AgendaActions = {
  /** Adds an empty item at `index` and puts the caret into its title. */
  readonly add: (index: number) => void
  readonly moveTo: (id: ItemId, index: number) => void
  readonly remove: (id: ItemId) => void
  readonly restore: (id: ItemId) => void
}

export function useAgendaActions(): AgendaActions {
  const { t } = useTranslation('minutes')
  const { doc, history, announcer, notices } = useParts()
  return useMemo(() => {
    const setRemoved = (id: ItemId, removed: boolean): void => setItemRemoved(doc, id, removed, PAGE_ORIGIN)
    const indexOf = (id: ItemId): number => liveItemIds(doc).indexOf(id)
    return {
      add(index) {
        // With a stored first block: two people who begin at once in a drawn one would leave an empty block behind.
        const id = addItem(doc, { title: '', presenters: [], blocks: [{ content: '' }] }, index, PAGE_ORIGIN)
        history.record({ undo: () => setRemoved(id, true), redo: () => setRemoved(id, false) })
        announcer.say(t('item.added', { n: index + 1 }))
        // Right after React has drawn the row: keys that are already on their way belong into the title.
        queueMicrotask(() => {
          const title = document.querySelector<HTMLElement>(`[data-item="${id}"] .item-title`)
          title?.focus({ preventScroll: true })
          title?.scrollIntoView({ block: 'center' })
        })
      },
      moveTo(id, index) {
        const from = indexOf(id)
        const to = Math.min(Math.max(index, 0), liveItemIds(doc).length - 1)
        if (from < 0 || from === to) return
        moveItem(doc, id, to, PAGE_ORIGIN)
        history.record({
          undo: () => moveItem(doc, id, from, PAGE_ORIGIN),
          redo: () => moveItem(doc, id, to, PAGE_ORIGIN),
        })
        announcer.say(t('item.moved', { n: to + 1 }))
      },
      remove(id) {
        const item = itemOf(doc, id)
        if (item === undefined) return
        setRemoved(id, true)
        history.record({ undo: () => setRemoved(id, false), redo: () => setRemoved(id, true) })
        notices.post({ kind: 'item-removed', item: id, title: titleOf(item).toString() })
      },
      restore(id) {
        setRemoved(id, false)
        history.record({ undo: () => setRemoved(id, true), redo: () => setRemoved(id, false) })
        announcer.say(t('item.moved', { n: indexOf(id) + 1 }))
      },
    }
  }, [doc, history, announcer, notices, t])
}
