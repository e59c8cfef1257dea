import { useEffect, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import type { SaveStatus } from '../sync/saveState.ts'
import type { IconName } from '../ui/Icon.tsx'
import { Status } from '../ui/Status.tsx'
import { useParts } from './minutesContext.tsx'

const ICONS: Readonly<Record<SaveStatus['name'], IconName>> = {
  connecting: 'saving',
  saved: 'saved',
  settling: 'edit',
  saving: 'saving',
  offline: 'offline',
  refused: 'alert',
  'storage-failing': 'alert',
  'read-only': 'eye',
  locked: 'lock',
}

/** Where the person's changes are. The words "all saved" stand only while every one of them is confirmed as stored. */
export function SaveStatusView() {
  const { t } = useTranslation('minutes')
  const { connection, announcer, drafts } = useParts()
  const save = useSyncExternalStore(connection.save.subscribe, connection.save.getSnapshot)
  const held = useSyncExternalStore(drafts.subscribe, drafts.getSnapshot)
  const status: SaveStatus = held > 0 && save.status.name === 'saved' ? { name: 'settling' } : save.status
  const text = useStatusText(status)
  const { name } = status
  useEffect(() => {
    if (name === 'saved') announcer.mention(t('live.saved'))
    if (name === 'offline') announcer.mention(t('live.offline'))
  }, [name, announcer, t])
  const tone = name === 'offline' ? 'warn' : name === 'refused' || name === 'storage-failing' ? 'danger' : 'plain'
  return (
    <span className="save" data-state={name} data-testid="save-status">
      <Status icon={ICONS[name]} tone={tone === 'plain' && name === 'locked' ? 'ok' : tone} fill={tone !== 'plain'}>
        <span className="save-words">{text}</span>
      </Status>
    </span>
  )
}

function useStatusText(status: SaveStatus): string {
  const { t } = useTranslation('minutes')
  switch (status.name) {
    case 'offline':
      return status.waiting === 0 ? t('save.offline') : t('save.offlineWaiting', { count: status.waiting })
    case 'storage-failing':
      return t('save.storageFailing')
    case 'read-only':
      return t('save.readOnly')
    default:
      return t(`save.${status.name}`)
  }
}
