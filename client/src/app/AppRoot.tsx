import { Outlet, useRouterState } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import { I18nProvider } from 'react-aria-components/I18nProvider'
import { useTranslation } from 'react-i18next'
import { currentLanguage } from './i18n/i18n.ts'

/** What all pages share: the skip link, and telling keyboard and screen reader that the page has changed. */
export function AppRoot() {
  const { t } = useTranslation()
  return (
    <I18nProvider locale={currentLanguage() === 'en' ? 'en-GB' : 'sv-SE'}>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <PageChange />
      <Outlet />
    </I18nProvider>
  )
}

/** After a navigation: focus to the new page's main part, and its title spoken once. Not on the first load. */
function PageChange() {
  const path = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  const last = useRef(path)
  const [spoken, setSpoken] = useState('')
  useEffect(() => {
    const first = last.current === undefined
    if (path === last.current) return
    last.current = path
    if (first) return
    document.getElementById('main')?.focus({ preventScroll: true })
    // Pages set their title in an effect of their own, after this one.
    const timer = setTimeout(() => setSpoken(document.title), 150)
    return () => clearTimeout(timer)
  }, [path])
  return (
    <p className="vh" aria-live="polite">
      {spoken}
    </p>
  )
}
