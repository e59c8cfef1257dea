import { type Block, type Inline, type ItemId, isOutcome, isSafeHref, type Mark } from '@justera/minutes'
import { type CSSProperties, createElement, Fragment, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { type BlockLooks, blockLooks } from './blockLooks.ts'
import { useBlocks } from './documentHooks.ts'
import type { BlockWording, WordBlock } from './drawBlock.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { useWording } from './useWording.ts'

const KIND_CLASSES: Readonly<Record<Block['kind'], string>> = {
  paragraph: 'b',
  heading: 'b h',
  point: 'b pt',
  bullet: 'b bu',
  numbered: 'b nu',
  decision: 'b out decision',
  action: 'b out action',
  tabled: 'b out tabled',
  dissent: 'b out dissent',
}

/**
 * A body as text without an editor: for items far from what is on screen. Has the same elements as the editor's
 * blocks (BlockView in packages/binding), so that nothing moves when one takes the other's place.
 */
export function StaticBody({ id }: { readonly id: ItemId }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const blocks = useBlocks(doc, id)
  const word = useWording()
  const looks = blockLooks(blocks)
  if (blocks.length === 0) {
    return (
      <div className="flow" lang="sv">
        <div className="b empty lone" data-hint={writable ? t('item.empty') : t('item.emptyRead')}>
          <p>
            <br />
          </p>
        </div>
      </div>
    )
  }
  return (
    <div className="flow" lang="sv">
      {blocks.map((block, n) => (
        <StaticBlock key={block.id} block={block} looks={looks[n]} word={word} writable={writable} />
      ))}
    </div>
  )
}

function StaticBlock({
  block,
  looks,
  word,
  writable,
}: {
  readonly block: Block
  readonly looks: BlockLooks | undefined
  readonly word: WordBlock
  readonly writable: boolean
}) {
  const wording = word(block)
  const empty = block.content.length === 0
  const group = isOutcome(block.kind) ? { role: 'group', 'aria-label': wording.label ?? '' } : {}
  const indent =
    block.indent === 0 ? {} : { 'data-indent': block.indent, style: { '--indent': block.indent } as CSSProperties }
  return (
    <div
      className={[KIND_CLASSES[block.kind], empty ? 'empty' : '', looks?.lead ? 'lead' : ''].filter(Boolean).join(' ')}
      data-number={looks?.number ?? undefined}
      data-kind={block.kind}
      {...indent}
      {...group}
    >
      {wording.label === null ? null : (
        <div className="k">
          {wording.icon === null ? null : <Icon name={wording.icon} />} {wording.label}
        </div>
      )}
      <p {...(block.kind === 'heading' ? { role: 'heading', 'aria-level': 3 } : {})}>
        {empty ? <br /> : run(block.content.map(drawInline))}
      </p>
      <Facts wording={wording} writable={writable} />
    </div>
  )
}

function Facts({ wording, writable }: { readonly wording: BlockWording; readonly writable: boolean }) {
  const facts = wording.facts.filter(({ missing }) => writable || !missing)
  if (facts.length === 0) return null
  return (
    <div className="facts">
      {facts.map(({ kind, text, missing, agency, icon }) => (
        <span key={kind}>
          {agency ? (
            <>
              <abbr className="ag" data-seat={agency.seat}>
                {agency.shortName}
              </abbr>{' '}
            </>
          ) : null}
          {icon === undefined ? null : (
            <>
              <Icon name={icon} />{' '}
            </>
          )}
          {writable ? <span className={missing ? 'btn link' : 'fact'}>{text}</span> : text}
        </span>
      ))}
    </div>
  )
}

function drawInline(inline: Inline): ReactNode {
  if (!('text' in inline)) return <span className="mention">{inline.label}</span>
  const lines: ReactNode[] = []
  for (const line of inline.text.split('\n')) lines.push(createElement('br'), line)
  lines.shift()
  return (inline.marks ?? []).reduceRight<ReactNode>((content, mark) => marked(mark, content), run(lines))
}

/** Pieces in their fixed order: they have no identity of their own to be keyed by. */
function run(pieces: readonly ReactNode[]): ReactNode {
  return createElement(Fragment, null, ...pieces)
}

function marked(mark: Mark, content: ReactNode): ReactNode {
  if (mark.type === 'bold') return <strong>{content}</strong>
  if (mark.type === 'italic') return <em>{content}</em>
  const href = mark.type === 'link' ? mark.attrs?.href : undefined
  return isSafeHref(href) ? (
    <a href={href} rel="noopener noreferrer nofollow">
      {content}
    </a>
  ) : (
    content
  )
}
