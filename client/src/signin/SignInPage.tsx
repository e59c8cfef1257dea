import './catalog.ts'
import { EmailAddress } from '@justera/protocol'
import { useSearch } from '@tanstack/react-router'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { failureText } from '../app/failureText.ts'
import { PublicFrame } from '../app/PageFrame.tsx'
import { usePageTitle } from '../app/pageTitle.ts'
import { request } from '../app/request.ts'
import { rememberTarget } from '../app/signInTarget.ts'
import { TextField } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { Note } from '../ui/Note.tsx'

/** Asks for a sign-in link by mail. Says the same whether or not the address is known. */
export function SignInPage() {
  const { next } = useSearch({ from: '/sign-in' })
  const [email, setEmail] = useState('')
  const [sent, setSent] = useState(false)
  return (
    <PublicFrame>
      <div className="signin">
        {sent ? (
          <LinkSent email={email} onOther={() => setSent(false)} />
        ) : (
          <AskForLink
            email={email}
            next={next}
            onEmail={setEmail}
            onSent={() => {
              if (next !== undefined) rememberTarget(next)
              setSent(true)
            }}
          />
        )}
        {isThisComputer(location.hostname) ? <LocalHint /> : null}
      </div>
    </PublicFrame>
  )
}

function AskForLink({
  email,
  next,
  onEmail,
  onSent,
}: {
  readonly email: string
  readonly next: string | undefined
  readonly onEmail: (email: string) => void
  readonly onSent: () => void
}) {
  const { t } = useTranslation('signin')
  const [problem, setProblem] = useState<string>()
  const [failure, setFailure] = useState<string>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  usePageTitle(t('title'))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    // A button that is switched off would drop the focus; it only stops acting.
    if (busy) return
    setFailure(undefined)
    if (!EmailAddress.safeParse(email.trim()).success) {
      setProblem(t('emailBad'))
      form.current?.querySelector('input')?.focus()
      return
    }
    setBusy(true)
    const asked = await askForLink(email)
    setBusy(false)
    if (asked.ok) onSent()
    else setFailure(failureText(asked.error))
  }

  return (
    <>
      <div className="page-h">
        <h1>{t('title')}</h1>
      </div>
      <p className="lede">
        {t('lede')} {next === undefined ? null : t('next')}
      </p>
      <form ref={form} className="form" noValidate onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('email')}
          name="email"
          type="email"
          inputMode="email"
          autoComplete="email"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={254}
          value={email}
          error={problem}
          onChange={(event) => {
            onEmail(event.target.value)
            setProblem(undefined)
          }}
        />
        {failure ? <Note tone="danger">{failure}</Note> : null}
        <div className="form-do">
          <button type="submit" className="btn primary" aria-disabled={busy}>
            <Icon name="mail" /> {t('submit')}
          </button>
        </div>
      </form>
    </>
  )
}

function LinkSent({ email, onOther }: { readonly email: string; readonly onOther: () => void }) {
  const { t } = useTranslation('signin')
  const [again, setAgain] = useState<{ tone: 'ok' | 'danger'; text: string }>()
  const heading = useRef<HTMLHeadingElement>(null)
  usePageTitle(t('sent.title'))
  // The form that had the focus is gone.
  useEffect(() => heading.current?.focus(), [])

  const repeat = async () => {
    const asked = await askForLink(email)
    setAgain(asked.ok ? { tone: 'ok', text: t('sent.againDone') } : { tone: 'danger', text: failureText(asked.error) })
  }

  return (
    <>
      <div className="page-h">
        <h1 ref={heading} tabIndex={-1}>
          {t('sent.title')}
        </h1>
      </div>
      <p className="lede">{t('sent.text', { email: email.trim() })}</p>
      <ol className="steps">
        <li>{t('sent.step1')}</li>
        <li>{t('sent.step2')}</li>
      </ol>
      <p className="soft">{t('sent.valid')}</p>
      <p className="soft small signin-more">{t('sent.nothing')}</p>
      <div className="form-do">
        <button type="button" className="btn" onClick={() => void repeat()}>
          {t('sent.again')}
        </button>
        <button type="button" className="btn quiet" onClick={onOther}>
          {t('sent.other')}
        </button>
      </div>
      {again ? <Note tone={again.tone}>{again.text}</Note> : null}
    </>
  )
}

function LocalHint() {
  const { t } = useTranslation('signin')
  return (
    <div className="signin-local">
      <Note live={false} title={t('local.title')}>
        {t('local.text')}
      </Note>
    </div>
  )
}

function askForLink(email: string) {
  return request(null, '/api/sign-in', { method: 'POST', json: { email: email.trim() } })
}

/** Whoever opens the page under one of these names sits at the machine where the server runs. */
function isThisComputer(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'
}
