import { Link } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Logo } from '../ui/Logo.tsx'
import { useMe } from './queries.ts'

const loadMenu = () => import('./SettingsMenu.tsx')
const SettingsMenu = lazy(async () => ({ default: (await loadMenu()).SettingsMenu }))

/** The settings button of the bar. Its menu is a chunk of its own, fetched when somebody reaches for it. */
export function Settings() {
  const { t } = useTranslation()
  const button = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn icon quiet"
        aria-label={t('settings.title')}
        aria-haspopup="menu"
        aria-expanded={open}
        onPointerEnter={() => void loadMenu()}
        onFocus={() => void loadMenu()}
        onClick={() => setOpen(true)}
      >
        <Icon name="settings" />
      </button>
      {open ? (
        <Suspense>
          <SettingsMenu trigger={button} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  )
}

/** Bar, main part and foot of every page that is not the minutes. */
export function PageFrame({ children, broad = false }: { readonly children: ReactNode; readonly broad?: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Frame
      broad={broad}
      tools={
        <>
          <span className="soft small only-wide">{t('youRepresent')}</span>
          <AgencyMark agency={me.agency} />
          <Settings />
        </>
      }
    >
      {children}
    </Frame>
  )
}

/** The same for pages that anybody may read; nothing here knows who is reading. */
export function PublicFrame({ children }: { readonly children: ReactNode }) {
  return <Frame tools={<Settings />}>{children}</Frame>
}

/** While a page is on its way: the bar without its tools, which would vanish under the hand when the page comes. */
export function WaitingFrame({ children }: { readonly children: ReactNode }) {
  return <Frame tools={null}>{children}</Frame>
}

function Frame({
  tools,
  broad = false,
  children,
}: {
  readonly tools: ReactNode
  /** for pages that lay two things side by side */
  readonly broad?: boolean
  readonly children: ReactNode
}) {
  const { t } = useTranslation()
  return (
    <div className="page">
      <header className="bar one">
        <div className="bar-where">
          <Link className="logo" to="/" aria-label={t('allMeetings')}>
            <Logo />
          </Link>
          <div className="title">
            <strong>{t('name')}</strong>
          </div>
        </div>
        <span className="only-wide" />
        <div className="bar-do">{tools}</div>
      </header>
      <main className={broad ? 'wide broad' : 'wide'} id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="foot">
        <Link to="/accessibility">{t('footer.accessibility')}</Link>
      </footer>
    </div>
  )
}
