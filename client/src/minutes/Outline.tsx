import type { Finding, ItemId } from '@justera/minutes'
import { memo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '../app/format.ts'
import { currentLanguage } from '../app/i18n/i18n.ts'
import { agenciesHere } from '../sync/presence.ts'
import { AgencyMark } from '../ui/AgencyMark.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { useItemIds, useItemTitle, useRemovedItems } from './documentHooks.ts'
import { showHelp } from './helpStore.ts'
import { scrollToItem } from './itemElements.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { useAgendaActions } from './useAgendaActions.ts'
import { useCurrentItem } from './useCurrentItem.ts'
import { useFindings } from './useFindings.ts'

/** The desk beside the document, on wide pages; narrow ones open the same from the bar. */
export function Outline({ ready }: { readonly ready: boolean }) {
  const { t } = useTranslation('minutes')
  return (
    <aside className="outline" aria-label={t('outline.label')} data-region="outline" tabIndex={-1}>
      <nav aria-label={t('outline.items')}>{ready ? <OutlineContent onChoose={(act) => act()} /> : null}</nav>
    </aside>
  )
}

/** @param onChoose carries out what was chosen; a drawer closes first */
export function OutlineContent({ onChoose }: { readonly onChoose: (act: () => void) => void }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const ids = useItemIds(doc)
  const current = useCurrentItem()
  const { add } = useAgendaActions()
  return (
    <>
      <h2>{t('outline.items')}</h2>
      <ol className="ol">
        {ids.map((id, n) => (
          <OutlineRow key={id} id={id} n={n + 1} current={id === current} onChoose={onChoose} />
        ))}
      </ol>
      {writable ? (
        <p className="outline-add">
          <button type="button" className="btn quiet sm" onClick={() => onChoose(() => add(ids.length))}>
            <Icon name="plus" /> {t('outline.add')}
          </button>
        </p>
      ) : null}
      <hr />
      <Checks onChoose={onChoose} ids={ids} />
      <Removed />
      <p className="outline-add only-wide">
        <button type="button" className="btn quiet sm muted" onClick={showHelp}>
          {t('outline.shortcuts')} <kbd>?</kbd>
        </button>
      </p>
    </>
  )
}

const OutlineRow = memo(function OutlineRow({
  id,
  n,
  current,
  onChoose,
}: {
  readonly id: ItemId
  readonly n: number
  readonly current: boolean
  readonly onChoose: (act: () => void) => void
}) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const title = useItemTitle(doc, id)
  return (
    <li>
      <a
        href={`#item-${id}`}
        aria-current={current ? 'location' : undefined}
        onClick={(event) => {
          event.preventDefault()
          onChoose(() => scrollToItem(id))
        }}
      >
        <span className="nr">{n}</span>
        <span lang="sv">{title || t('outline.untitled')}</span>
        <WhoIsIn id={id} />
      </a>
    </li>
  )
})

function WhoIsIn({ id }: { readonly id: ItemId }) {
  const { t } = useTranslation('minutes')
  const { connection } = useParts()
  const present = useSyncExternalStore(connection.presence.subscribe, connection.presence.getSnapshot)
  const here = agenciesHere(present.filter(({ item }) => item === id))
  if (here.length === 0) return null
  return (
    <span className="who">
      <span className="vh">{t('outline.hereNow')}</span>
      {here.map(({ agency }) => (
        <AgencyMark key={agency.id} agency={agency} />
      ))}
    </span>
  )
}

function Checks({ onChoose, ids }: { readonly onChoose: (act: () => void) => void; readonly ids: readonly ItemId[] }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const findings = useFindings(doc)
  const lines = findingLines(findings)
  return (
    <>
      <h2>{t('outline.checks')}</h2>
      {lines.length === 0 ? (
        <p className="no-findings">
          <Icon name="check" /> {t('outline.noFindings')}
        </p>
      ) : (
        <ul className="ol checks">
          {lines.map((line) => (
            <li key={line.key}>
              <a
                href={line.item === null ? '#head' : `#item-${line.item}`}
                onClick={(event) => {
                  event.preventDefault()
                  onChoose(() => {
                    if (line.item === null) document.getElementById('head')?.scrollIntoView()
                    else scrollToItem(line.item)
                  })
                }}
              >
                <Icon name={line.icon} />
                <FindingText line={line} ids={ids} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

type Line = {
  readonly key: string
  readonly icon: IconName
  readonly item: ItemId | null
  readonly findings: readonly Finding[]
}

/** One line a matter; items without an outcome share one. */
function findingLines(findings: readonly Finding[]): readonly Line[] {
  const open = findings.filter((finding) => finding.kind === 'no-outcome')
  const others = findings.filter((finding) => finding.kind !== 'no-outcome')
  const lines = others.map(
    (finding, n): Line => ({
      key: `${finding.kind} ${n}`,
      icon:
        finding.kind === 'next-meeting-differs' ? 'calendar' : finding.kind === 'duplicate-title' ? 'copy' : 'alert',
      item:
        finding.kind === 'duplicate-title'
          ? (finding.items[1] ?? finding.items[0] ?? null)
          : finding.kind === 'hyphenation-debris'
            ? finding.item
            : finding.kind === 'next-meeting-differs'
              ? (finding.places.at(-1)?.item ?? null)
              : null,
      findings: [finding],
    }),
  )
  const first = open[0]
  if (first?.kind !== 'no-outcome') return lines
  return [...lines, { key: 'no-outcome', icon: 'decision', item: first.item, findings: open }]
}

function FindingText({ line, ids }: { readonly line: Line; readonly ids: readonly ItemId[] }) {
  const { t } = useTranslation('minutes')
  const finding = line.findings[0]
  if (finding === undefined) return null
  switch (finding.kind) {
    case 'duplicate-title':
      return <span>{t('check.duplicateTitle', { n: finding.items.length, title: finding.title })}</span>
    case 'no-outcome': {
      const numbers = line.findings
        .flatMap((one) => (one.kind === 'no-outcome' ? [ids.indexOf(one.item) + 1] : []))
        .filter((n) => n > 0)
        .join(', ')
      return (
        <span>
          {t('check.noOutcome', { count: line.findings.length })} <span className="muted">({numbers})</span>
        </span>
      )
    }
    case 'present-and-absent':
      return <span>{t('check.presentAndAbsent', { agency: finding.agency })}</span>
    case 'hyphenation-debris':
      return <span>{t('check.hyphenation', { text: finding.text })}</span>
    case 'next-meeting-differs': {
      const dates = new Set(
        finding.places.map(({ month, day }) =>
          formatDate(
            `2000-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`,
            currentLanguage(),
          ).replace(/ ?2000$/, ''),
        ),
      )
      return <span>{t('check.nextMeeting', { dates: [...dates].join(', ') })}</span>
    }
  }
}

function Removed() {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const { restore } = useAgendaActions()
  const removed = useRemovedItems(doc)
  if (removed.length === 0 || !writable) return null
  return (
    <details className="removed">
      <summary>{t('outline.removed', { count: removed.length })}</summary>
      <ul className="plain">
        {removed.map(({ id, title }) => (
          <li key={id}>
            <span lang="sv">{title || t('outline.untitled')}</span>
            <button type="button" className="btn link" onClick={() => restore(id)}>
              {t('outline.restore')}
              <span className="vh"> {title}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  )
}
