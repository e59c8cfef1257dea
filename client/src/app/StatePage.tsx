import { useQueryErrorResetBoundary } from '@tanstack/react-query'
import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { Blank, Bones } from '../ui/Blank.tsx'
import { PublicFrame, WaitingFrame } from './PageFrame.tsx'
import { usePageTitle } from './pageTitle.ts'
import { type RequestError, requestErrorOf } from './request.ts'

type Kind = 'notFound' | 'forbidden' | 'unreachable' | 'error'

/** What a failed request means to the person in front of the page. */
function kindOfFailure(error: RequestError): Kind {
  if (error.status === 404) return 'notFound'
  if (error.status === 403) return 'forbidden'
  return error.code === 'unreachable' || error.status === 503 ? 'unreachable' : 'error'
}

/** What happened, what is safe, what to do. Used inside a page frame. */
export function Failure({ error, onRetry }: { readonly error: RequestError; readonly onRetry?: () => void }) {
  const { t } = useTranslation()
  const kind = kindOfFailure(error)
  usePageTitle(t(`state.${kind}.title`))
  return (
    <Blank
      heading
      title={t(`state.${kind}.title`)}
      text={t(`state.${kind}.text`)}
      action={
        <div className="row">
          {onRetry && kind !== 'notFound' ? (
            <button type="button" className="btn primary" onClick={onRetry}>
              {t('state.retry')}
            </button>
          ) : null}
          <Link className="btn" to="/">
            {t('state.toMeetings')}
          </Link>
        </div>
      }
    />
  )
}

/** The router's own error page: for what no page caught. */
export function RouteFailure({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const queries = useQueryErrorResetBoundary()
  const retry = () => {
    queries.reset()
    reset()
    void router.invalidate()
  }
  return (
    <PublicFrame>
      <Failure error={requestErrorOf(error)} onRetry={retry} />
    </PublicFrame>
  )
}

export function RouteNotFound() {
  return (
    <PublicFrame>
      <Failure error={{ code: 'not-found', message: '', status: 404 }} />
    </PublicFrame>
  )
}

export function RoutePending() {
  const { t } = useTranslation()
  return (
    <WaitingFrame>
      <Bones label={t('state.loading')} />
    </WaitingFrame>
  )
}
