import {
  activeKind,
  activeMarks,
  indentBlocks,
  outdentBlocks,
  setBlockKind,
  setLink,
  toggleMark,
} from '@justera/binding'
import { isSafeHref } from '@justera/minutes'
import type { Editor } from '@tiptap/core'
import { useId, useRef, useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { KIND_ICONS, KINDS, kindShortcut } from './blockKinds.ts'
import { useParts } from './minutesContext.tsx'
import { useFloatPlace } from './useFloatPlace.ts'

/**
 * Kinds and marks for the selected text, once the selection has rested. A press leaves the selection where it is;
 * Escape closes. On phones it docks above the keyboard (minutes.css).
 */
export function SelectionToolbar({ editor, version }: { readonly editor: Editor; readonly version: number }) {
  const { t } = useTranslation('minutes')
  const { floats } = useParts()
  const box = useRef<HTMLDivElement>(null)
  const [linking, setLinking] = useState(false)
  const { view, state } = editor
  const kind = activeKind(state)
  const marks = activeMarks(state)
  useFloatPlace(box, () => selectionBox(editor), 'above', `${version} ${linking}`)
  const act = (run: () => void): void => {
    run()
    view.focus()
  }
  const kindName = kind === null ? t('kind.mixed') : t(`kind.${kind}`)
  return (
    <div
      ref={box}
      className="float tools docked"
      role="toolbar"
      aria-label={t('tools.label')}
      data-testid="selection-toolbar"
      onMouseDown={(event) => {
        if (!(event.target instanceof HTMLInputElement)) event.preventDefault()
      }}
      onFocus={() => floats.holdToolbar(true)}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) floats.holdToolbar(false)
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.preventDefault()
          floats.dismissToolbar()
          view.focus()
        } else moveWithin(event)
      }}
    >
      <MenuTrigger
        onOpenChange={(open) => {
          if (open) floats.holdToolbar(true)
        }}
      >
        <Button className="btn quiet" aria-label={t('tools.kind', { kind: kindName })}>
          <Icon name={kind === null ? 'paragraph' : KIND_ICONS[kind]} /> {kindName} <Icon name="chevronDown" />
        </Button>
        <Popover className="float menu" placement="bottom start">
          <Menu className="menu-list kinds" aria-label={t('slash.label')}>
            {KINDS.map((one) => (
              <MenuItem
                key={one}
                id={one}
                className="menu-item"
                textValue={t(`kind.${one}`)}
                onAction={() => act(() => setBlockKind(view, one))}
              >
                <Icon name={KIND_ICONS[one]} />
                <span>{t(`kind.${one}`)}</span>
                <kbd>{kindShortcut(one)}</kbd>
              </MenuItem>
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
      <span className="sep" />
      <Tool
        label={t('tools.bold')}
        icon="bold"
        pressed={marks.bold}
        onPress={() => act(() => toggleMark(view, 'bold'))}
      />
      <Tool
        label={t('tools.italic')}
        icon="italic"
        pressed={marks.italic}
        onPress={() => act(() => toggleMark(view, 'italic'))}
      />
      <Tool label={t('tools.link')} icon="link" pressed={marks.link !== null} onPress={() => setLinking(!linking)} />
      {kind === 'bullet' || kind === 'numbered' || kind === 'point' ? (
        <>
          <span className="sep" />
          <Tool label={t('tools.outdent')} icon="chevronLeft" onPress={() => act(() => outdentBlocks(view))} />
          <Tool label={t('tools.indent')} icon="chevronRight" onPress={() => act(() => indentBlocks(view))} />
        </>
      ) : null}
      {linking ? (
        <LinkForm
          href={marks.link ?? ''}
          onLink={(href) => {
            setLinking(false)
            act(() => setLink(view, href))
          }}
        />
      ) : null}
    </div>
  )
}

function Tool({
  label,
  icon,
  pressed,
  onPress,
}: {
  readonly label: string
  readonly icon: 'bold' | 'italic' | 'link' | 'chevronLeft' | 'chevronRight'
  readonly pressed?: boolean
  readonly onPress: () => void
}) {
  return (
    <button type="button" className="btn icon quiet" aria-label={label} aria-pressed={pressed} onClick={onPress}>
      <Icon name={icon} />
    </button>
  )
}

function LinkForm({ href, onLink }: { readonly href: string; readonly onLink: (href: string | null) => void }) {
  const { t } = useTranslation('minutes')
  const [address, setAddress] = useState(href)
  const [bad, setBad] = useState(false)
  const id = useId()
  return (
    <form
      className="link-form"
      onSubmit={(event) => {
        event.preventDefault()
        const full = /^[a-z][a-z+.-]*:/i.test(address.trim()) ? address.trim() : `https://${address.trim()}`
        if (isSafeHref(full)) onLink(full)
        else setBad(true)
      }}
    >
      <label className="vh" htmlFor={id}>
        {t('tools.address')}
      </label>
      <input
        id={id}
        className="input"
        type="text"
        inputMode="url"
        placeholder="https://"
        // biome-ignore lint/a11y/noAutofocus: the person pressed the link button to write here
        autoFocus
        value={address}
        aria-invalid={bad}
        aria-describedby={bad ? `${id}-bad` : undefined}
        onChange={(event) => {
          setAddress(event.target.value)
          setBad(false)
        }}
      />
      <button type="submit" className="btn sm">
        {t('tools.linkApply')}
      </button>
      {href === '' ? null : (
        <button
          type="button"
          className="btn icon quiet"
          aria-label={t('tools.linkRemove')}
          onClick={() => onLink(null)}
        >
          <Icon name="trash" />
        </button>
      )}
      {bad ? (
        <p id={`${id}-bad`} role="alert" className="says bad">
          {t('tools.linkUnsafe')}
        </p>
      ) : null}
    </form>
  )
}

/** Arrow keys walk the toolbar, as in any toolbar. */
function moveWithin(event: React.KeyboardEvent<HTMLElement>): void {
  if (event.target instanceof HTMLInputElement) return
  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
  if (step === 0) return
  const buttons = [...event.currentTarget.querySelectorAll<HTMLElement>('button')]
  const at = buttons.indexOf(document.activeElement as HTMLElement)
  event.preventDefault()
  buttons[(at + step + buttons.length) % buttons.length]?.focus()
}

function selectionBox(editor: Editor): { top: number; bottom: number; left: number; right: number } | null {
  if (editor.isDestroyed) return null
  const { from, to } = editor.state.selection
  try {
    const start = editor.view.coordsAtPos(from, 1)
    const end = editor.view.coordsAtPos(to, -1)
    const oneLine = start.bottom > end.top
    return {
      top: Math.min(start.top, end.top),
      bottom: Math.max(start.bottom, end.bottom),
      left: oneLine ? start.left : editor.view.dom.getBoundingClientRect().left,
      right: oneLine ? end.right : editor.view.dom.getBoundingClientRect().right,
    }
  } catch {
    return null // the editor has not drawn this selection yet
  }
}
