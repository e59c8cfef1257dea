import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { FileButton } from './FileButton.tsx'
import { offerFile } from './offeredFile.ts'
import { useFileDrop } from './useFileDrop.ts'

/** The way in for older minutes, at the end of the list. */
export function DropZone() {
  const { t } = useTranslation('meetings')
  const navigate = useNavigate()
  const take = (file: File) => {
    offerFile(file)
    void navigate({ to: '/meetings/import' })
  }
  const drop = useFileDrop(take)
  return (
    <section className={drop.over ? 'drop over' : 'drop'} aria-label={t('importMinutes')} {...drop.handlers}>
      <Icon name="importFile" />
      <div>
        <b className="strong">{t('drop.title')}</b>
        <p className="soft small">{t('drop.text')}</p>
      </div>
      <FileButton label={t('drop.choose')} onFile={take} />
    </section>
  )
}
