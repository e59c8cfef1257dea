import { BLOCK_KINDS } from '@justera/minutes'
import type { ImportNote } from '@justera/protocol'
import { type Dispatch, memo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Choice, TextArea, TextField } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { type DraftChange, type DraftItem, textOf } from './draft.ts'
import { NoteList } from './NoteList.tsx'

/** One agenda item of the import: title, presenters, blocks, and what the importer has to say about it. */
export const ItemEditor = memo(
  function ItemEditor({
    nr,
    item,
    notes,
    dispatch,
    onShow,
  }: {
    readonly nr: number
    readonly item: DraftItem
    readonly notes: readonly ImportNote[]
    readonly dispatch: Dispatch<DraftChange>
    readonly onShow: (note: ImportNote) => void
  }) {
    const { t } = useTranslation('meetings')
    const { key } = item
    const own = item.read === undefined ? [] : notes.filter((note) => note.item === item.read)
    return (
      <section className="made-item" id={`imp-${key}`} tabIndex={-1} aria-label={t('import.item.item', { nr })}>
        <header>
          <h2 className="made-h">{t('import.item.item', { nr })}</h2>
          <button
            type="button"
            className="btn icon quiet"
            aria-label={t('import.item.remove', { nr })}
            onClick={() => dispatch({ type: 'removeItem', key })}
          >
            <Icon name="trash" />
          </button>
        </header>
        <NoteList notes={own} onShow={onShow} />
        <div className="made-fields">
          <TextField
            className="broad"
            label={t('import.item.title')}
            maxLength={2000}
            value={item.title}
            onChange={(event) => dispatch({ type: 'item', key, title: event.target.value })}
          />
          <Presenters names={item.presenters} onChange={(presenters) => dispatch({ type: 'item', key, presenters })} />
        </div>
        <Blocks item={item} dispatch={dispatch} />
        <button type="button" className="btn sm" onClick={() => dispatch({ type: 'addBlock', item: key })}>
          <Icon name="plus" /> {t('import.item.addBlock')}
        </button>
      </section>
    )
  },
  (was, is) => was.item === is.item && was.nr === is.nr && was.notes === is.notes,
)

function Blocks({ item, dispatch }: { readonly item: DraftItem; readonly dispatch: Dispatch<DraftChange> }) {
  const { t } = useTranslation('meetings')
  const kinds = BLOCK_KINDS.map((value) => ({ value, label: t(`import.kind.${value}`) }))
  return (
    <ol className="made-blocks plain">
      {item.blocks.map((block, index) => {
        const at = { item: item.key, key: block.key }
        const kind = block.kind ?? 'paragraph'
        return (
          <li key={block.key} data-kind={kind}>
            <Choice
              hideLabel
              label={t('import.item.blockKind', { nr: index + 1 })}
              value={kind}
              options={kinds}
              onChoose={(chosen) => dispatch({ type: 'block', ...at, kind: chosen })}
            />
            <TextArea
              hideLabel
              label={t('import.item.blockText', { nr: index + 1 })}
              rows={1}
              lang="sv"
              value={textOf(block)}
              onChange={(event) => dispatch({ type: 'block', ...at, text: event.target.value })}
            />
            <button
              type="button"
              className="btn icon quiet"
              aria-label={t('import.item.removeBlock', { nr: index + 1 })}
              onClick={() => dispatch({ type: 'removeBlock', ...at })}
            >
              <Icon name="close" />
            </button>
          </li>
        )
      })}
    </ol>
  )
}

/** Names in one line, kept as typed until the field is left: a trailing semicolon must not vanish under the hands. */
function Presenters({
  names,
  onChange,
}: {
  readonly names: readonly string[]
  readonly onChange: (names: readonly string[]) => void
}) {
  const { t } = useTranslation('meetings')
  const [typed, setTyped] = useState<string>()
  return (
    <TextField
      className="broad"
      label={t('import.item.presenters')}
      hint={t('import.item.presentersHint')}
      value={typed ?? names.join('; ')}
      onChange={(event) => {
        setTyped(event.target.value)
        onChange(
          event.target.value
            .split(';')
            .map((name) => name.trim())
            .filter((name) => name !== ''),
        )
      }}
      onBlur={() => setTyped(undefined)}
    />
  )
}
