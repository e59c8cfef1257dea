import { setBlockKind } from '@justera/binding'
import type { BlockKind } from '@justera/minutes'
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { KIND_ICONS, kindShortcut, kindsFor } from './blockKinds.ts'
import type { SlashQuery } from './floatsStore.ts'
import { useParts } from './minutesContext.tsx'
import { useFloatPlace } from './useFloatPlace.ts'

/** The kinds that fit what was typed after "/". The text keeps the focus; arrows and Enter work here, Escape keeps the slash. */
export function SlashMenu({ open }: { readonly open: SlashQuery }) {
  const { t } = useTranslation('minutes')
  const { floats } = useParts()
  const { editor, query, from, to } = open
  const kinds = kindsFor(query)
  const [chosen, setChosen] = useState(0)
  const at = Math.min(chosen, Math.max(kinds.length - 1, 0))
  const box = useRef<HTMLDivElement>(null)
  const id = useId()
  useFloatPlace(
    box,
    () => {
      if (editor.isDestroyed) return null
      const { top, bottom, left, right } = editor.view.coordsAtPos(from)
      return { top, bottom, left, right }
    },
    'below',
    `${from} ${query}`,
  )

  function take(kind: BlockKind): void {
    floats.dismissSlash()
    // Read again: a colleague may have typed above since the menu was drawn.
    const { $from } = editor.state.selection
    const typed = $from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC')
    if (typed.startsWith('/')) editor.view.dispatch(editor.state.tr.delete($from.start(), $from.pos))
    setBlockKind(editor.view, kind)
    editor.view.focus()
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: the listener answers for the menu as it is drawn now
  useEffect(
    () =>
      floats.onSlashKey((event) => {
        if (event.isComposing) return false
        switch (event.key) {
          case 'ArrowDown':
          case 'ArrowUp': {
            if (kinds.length === 0) return false
            setChosen((at + (event.key === 'ArrowDown' ? 1 : kinds.length - 1)) % kinds.length)
            event.preventDefault()
            return true
          }
          case 'Enter':
          case 'Tab': {
            const kind = kinds[at]
            if (kind === undefined) return false
            event.preventDefault()
            take(kind)
            return true
          }
          case 'Escape':
            event.preventDefault()
            floats.dismissSlash()
            return true
          default:
            return false
        }
      }),
    [floats, at, query, from, to],
  )

  // The text keeps the focus, so it is the text that names the chosen line.
  useEffect(() => {
    const { dom } = editor.view
    dom.setAttribute('aria-controls', id)
    dom.setAttribute('aria-activedescendant', `${id}-${at}`)
    return () => {
      dom.removeAttribute('aria-controls')
      dom.removeAttribute('aria-activedescendant')
    }
  }, [editor, id, at])

  return (
    <div
      ref={box}
      id={id}
      className="float slash"
      role="listbox"
      aria-label={t('slash.label')}
      data-testid="slash-menu"
    >
      <div className="head" role="presentation">
        {t('slash.label')}
      </div>
      {kinds.map((kind, n) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: keys come through the text, which keeps the focus
        <div
          key={kind}
          id={`${id}-${n}`}
          role="option"
          tabIndex={-1}
          aria-selected={n === at}
          onMouseDown={(event) => event.preventDefault()}
          onMouseMove={() => setChosen(n)}
          onClick={() => take(kind)}
        >
          <Icon name={KIND_ICONS[kind]} />
          <span>{t(`kind.${kind}`)}</span>
          <kbd>{kindShortcut(kind)}</kbd>
        </div>
      ))}
      {kinds.length === 0 ? (
        <div className="head" role="presentation">
          {t('slash.none')}
        </div>
      ) : null}
    </div>
  )
}
