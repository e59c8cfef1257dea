import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Span } from './sourceMatch.ts'

/** The file as it is, with the passage in question marked and in sight. */
export function SourcePanel({ source, span }: { readonly source: string; readonly span: Span | undefined }) {
  const { t } = useTranslation('meetings')
  const mark = useRef<HTMLElement>(null)
  useEffect(() => {
    if (span) mark.current?.scrollIntoView({ block: 'center' })
  }, [span])
  return (
    <section className="src" aria-label={t('import.review.source')}>
      <h2 className="made-h">{t('import.review.source')}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <pre tabIndex={0}>
        {span ? (
          <>
            {source.slice(0, span.from)}
            <mark ref={mark}>{source.slice(span.from, span.to)}</mark>
            {source.slice(span.to)}
          </>
        ) : (
          source
        )}
      </pre>
    </section>
  )
}
