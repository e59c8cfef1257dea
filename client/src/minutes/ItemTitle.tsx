import { type ItemId, itemOf, MAX_FIELD_LENGTH, titleOf } from '@justera/minutes'
import { useLayoutEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { fitHeight } from './InPlace.tsx'
import { itemRow } from './itemElements.ts'
import { useParts, useSetting } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'
import { lineEdit, mapCaret, rebaseLineEdit } from './rebaseEdit.ts'

/** An item's title, written letter by letter into the shared text, so that two people can change it at once. */
export function ItemTitle({ id, n, title }: { readonly id: ItemId; readonly n: number; readonly title: string }) {
  const { t } = useTranslation('minutes')
  const { doc, editors } = useParts()
  const { writable } = useSetting()
  const area = useRef<HTMLTextAreaElement>(null)
  /** what the field and the shared text last agreed on */
  const agreed = useRef(title)
  const composing = useRef(false)

  // biome-ignore lint/correctness/useExhaustiveDependencies: a title that arrives is what this waits for
  useLayoutEffect(() => {
    if (!composing.current) show()
  }, [title, writable])

  /** Draws the shared text, with the caret where it belongs. */
  function show(): void {
    const field = area.current
    const shared = sharedTitle()
    agreed.current = shared
    if (field === null || field.value === shared) return
    const { selectionStart, selectionEnd, value } = field
    field.value = shared
    fitHeight(field)
    if (document.activeElement === field) {
      field.setSelectionRange(mapCaret(selectionStart, value, shared), mapCaret(selectionEnd, value, shared))
    }
  }

  function sharedTitle(): string {
    const item = itemOf(doc, id)
    return item === undefined ? '' : titleOf(item).toString()
  }

  /** Writes what the person changed since text and field agreed, at its place in the text as it stands now. */
  function write(): void {
    const field = area.current
    const item = itemOf(doc, id)
    if (field === null || item === undefined || composing.current) return
    const typed = field.value
      .replace(/[\r\n]+/g, ' ')
      .slice(0, MAX_FIELD_LENGTH)
      .toWellFormed()
    const edit = lineEdit(agreed.current, typed)
    if (edit !== null) {
      const text = titleOf(item)
      const { index, removed, inserted } = rebaseLineEdit(edit, agreed.current, text.toString())
      doc.transact(() => {
        if (removed > 0) text.delete(index, removed)
        if (inserted !== '') text.insert(index, inserted)
      }, PAGE_ORIGIN)
    }
    show()
  }

  if (!writable) {
    return (
      <h2 id={`title-${id}`} lang="sv">
        {title || <span className="muted">{t('outline.untitled')}</span>}
      </h2>
    )
  }
  return (
    <h2 id={`title-${id}`} aria-label={title || t('outline.untitled')}>
      <textarea
        ref={(element) => {
          area.current = element
          fitHeight(element)
        }}
        rows={1}
        className="inplace item-title"
        aria-label={t('item.title', { n })}
        placeholder={t('item.titleHint')}
        lang="sv"
        spellCheck
        defaultValue={title}
        onCompositionStart={() => {
          composing.current = true
        }}
        onCompositionEnd={() => {
          composing.current = false
          write()
        }}
        onInput={(event) => {
          fitHeight(event.currentTarget)
          write()
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          editors.reveal(id, 'start')
          itemRow(id)?.scrollIntoView({ block: 'nearest' })
        }}
      />
    </h2>
  )
}
