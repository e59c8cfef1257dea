import './catalog.ts'
import { useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PublicFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { TextArea } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { mailLink, reportText } from './reportText.ts'

const SUPERVISION = 'https://www.digg.se/tdosanmalan'

/** The statement that EN 301 549 asks for: what holds, what does not, and how to tell. */
export function AccessibilityPage() {
  const { t } = useTranslation('accessibility')
  usePageTitle(t('title'))
  return (
    <PublicFrame>
      <article className="prose">
        <div className="page-h">
          <h1>{t('title')}</h1>
        </div>
        <p className="lede">{t('lede')}</p>
        <h2>{t('how.title')}</h2>
        <p>{t('how.text')}</p>
        <ul>
          <li>{t('how.keyboard')}</li>
          <li>{t('how.reader')}</li>
          <li>{t('how.sight')}</li>
          <li>{t('how.calm')}</li>
        </ul>
        <h2>{t('limits.title')}</h2>
        <ul>
          <li>{t('limits.carets')}</li>
          <li>{t('limits.drag')}</li>
          <li>{t('limits.moving')}</li>
          <li>{t('limits.print')}</li>
          <li>{t('limits.imported')}</li>
          <li>{t('limits.tested')}</li>
        </ul>
        <Report />
        <h2>{t('supervision.title')}</h2>
        <p>{t('supervision.text')}</p>
        <p>
          <a href={SUPERVISION}>{t('supervision.link')}</a>
        </p>
        <h2>{t('method.title')}</h2>
        <p>{t('method.text')}</p>
      </article>
    </PublicFrame>
  )
}

function Report() {
  const { t } = useTranslation('accessibility')
  const router = useRouter()
  const [words, setWords] = useState('')
  const [tried, setTried] = useState(false)
  // The page before this one is the one that it is about, as far as the program can know.
  const [page] = useState(() => document.referrer || router.state.location.pathname)
  const body = reportText(words, [
    { label: t('report.page'), value: page },
    { label: t('report.browser'), value: navigator.userAgent },
  ])
  const empty = words.trim() === ''
  return (
    <>
      <h2>{t('report.title')}</h2>
      <p>{t('report.text')}</p>
      <div className="form">
        <TextArea
          label={t('report.field')}
          hint={t('report.hint')}
          error={tried && empty ? t('report.missing') : undefined}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
        <div className="form-do">
          <a
            className="btn primary"
            href={mailLink(t('report.subject'), body)}
            onClick={(event) => {
              setTried(true)
              if (empty) event.preventDefault()
            }}
          >
            <Icon name="mail" /> {t('report.mail')}
          </a>
          <CopyButton text={body} label={t('report.copy')} copiedLabel={t('report.copied')} />
        </div>
      </div>
    </>
  )
}
