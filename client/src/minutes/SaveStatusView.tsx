import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { SAVING_AFTER_MS, type SaveStatus } from '../sync/saveState.ts'
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
  const held = useSyncExternalStore(drafts.subscribe, drafts.getSnapshot) > 0
  const heldLong = useLasting(held, SAVING_AFTER_MS)
  const status = withDrafts(save.status, held, heldLong)
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

/** Words that are still in their field are not saved either: quietly at first, then in words. */
function withDrafts(status: SaveStatus, held: boolean, heldLong: boolean): SaveStatus {
  if (!held || (status.name !== 'saved' && status.name !== 'settling')) return status
  return { name: heldLong ? 'saving' : 'settling' }
}

/** True once `on` has held for `ms` without a pause. */
function useLasting(on: boolean, ms: number): boolean {
  const [lasting, setLasting] = useState(false)
  useEffect(() => {
    if (!on) return
    const timer = setTimeout(() => setLasting(true), ms)
    return () => {
      clearTimeout(timer)
      setLasting(false)
    }
  }, [on, ms])
  return on && lasting
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
