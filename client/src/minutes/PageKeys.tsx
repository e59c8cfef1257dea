import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { letterKeysOn } from '../app/letterKeys.ts'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { KINDS, kindShortcut } from './blockKinds.ts'
import { helpOpen, showHelp } from './helpStore.ts'
import { itemAround, itemRows } from './itemElements.ts'
import { useParts } from './minutesContext.tsx'
import { nextRegion } from './regions.ts'

/** Keys that work anywhere on the page, and the list of all keys. */
export function PageKeys() {
  const { history, editors } = useParts()
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const writing = isWriting(event.target)
      if (event.key === 'F6') {
        event.preventDefault()
        nextRegion(event.shiftKey ? -1 : 1)
      } else if (event.key === '?' && !writing && !event.ctrlKey && !event.altKey && !event.metaKey && letterKeysOn()) {
        event.preventDefault()
        showHelp()
      } else if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.code === 'Slash') {
        event.preventDefault()
        showHelp()
      } else if (event.altKey && !event.shiftKey && (event.key === 'PageDown' || event.key === 'PageUp')) {
        const rows = itemRows()
        const here = rows.findIndex((row) => row.dataset.item === itemAround(document.activeElement))
        const row = rows[Math.min(Math.max(here + (event.key === 'PageDown' ? 1 : -1), 0), rows.length - 1)]
        const id = itemAround(row ?? null)
        if (id === null) return
        event.preventDefault()
        row?.scrollIntoView({ block: 'start' })
        editors.reveal(id, 'start')
      } else if (!writing && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'z') {
        if (event.shiftKey ? history.redo() : history.undo()) event.preventDefault()
      } else if (!writing && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'y') {
        if (history.redo()) event.preventDefault()
      }
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [history, editors])
  const open = useSyncExternalStore(helpOpen.subscribe, helpOpen.getSnapshot)
  return open ? <Help /> : null
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  )
}

function Help() {
  const { t } = useTranslation(['minutes', 'app'])
  const sections = [
    {
      title: t('help.writing'),
      rows: [
        ...KINDS.map((kind) => [t(`kind.${kind}`), kindShortcut(kind)] as const),
        [t('help.slash'), t('help.slashKeys')] as const,
        [t('help.bold'), 'Ctrl+B'] as const,
        [t('help.italic'), 'Ctrl+I'] as const,
        [t('help.indent'), 'Tab, Shift+Tab'] as const,
        [t('help.breakLine'), 'Shift+Enter'] as const,
        [t('help.undo'), 'Ctrl+Z'] as const,
        [t('help.redo'), 'Ctrl+Y'] as const,
      ],
    },
    {
      title: t('help.moving'),
      rows: [
        [t('help.moveItem'), 'Alt+Shift+↑ ↓'] as const,
        [t('help.nextItem'), 'Alt+PgDn, Alt+PgUp'] as const,
        [t('help.regions'), 'F6, Shift+F6'] as const,
        [t('help.help'), '?, Ctrl+/'] as const,
      ],
    },
  ]
  return (
    <ModalDialog title={t('help.title')} closeLabel={t('help.close')} onClose={() => helpOpen.set(false)}>
      <div className="help">
        {sections.map(({ title, rows }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {rows.map(([what, keys]) => (
                <div key={what}>
                  <dt>{what}</dt>
                  <dd>
                    <kbd>{keys}</kbd>
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </ModalDialog>
  )
}
