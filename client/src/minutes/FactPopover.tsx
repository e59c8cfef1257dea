import { setBlockAttribute } from '@justera/binding'
import type { BlockAttributes } from '@justera/minutes'
import { blockAttributes } from '@justera/minutes'
import { useEffect, useId, useRef, useState } from 'react'
import { Dialog, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { groupAttendance } from './attendanceGroups.ts'
import { useAttendance } from './documentHooks.ts'
import type { FactEdit } from './floatsStore.ts'
import { useParts, useSetting } from './minutesContext.tsx'

/** By when a popover that closes has given the focus back. */
const RESTORED_MS = 40

/** The small form for who is responsible, until when, or whose dissent it is. */
export function FactPopover({ edit }: { readonly edit: FactEdit }) {
  const { t } = useTranslation('minutes')
  const { floats } = useParts()
  const { editor, kind } = edit
  const anchor = useRef(edit.anchor)
  const position = useFollowedPosition(edit)
  const node = editor.state.doc.nodeAt(edit.position)
  const now = blockAttributes((key) => node?.attrs[key])
  const label = kind === 'due' ? (now.kind === 'tabled' ? t('fact.returns') : t('fact.due')) : t(`fact.${kind}`)
  const close = (): void => {
    floats.closeFact()
    // The pressed fact was drawn anew with its value, so the focus goes to its block; the popover first tries the old one.
    setTimeout(() => {
      if (editor.isDestroyed) return
      const { doc } = editor.state
      const block = doc.nodeAt(Math.min(position.current, doc.content.size))
      editor.commands.focus(block === null ? null : position.current + block.nodeSize - 1, { scrollIntoView: false })
    }, RESTORED_MS)
  }
  const set = (attributes: Partial<BlockAttributes>): void => {
    setBlockAttribute(editor.view, attributes, position.current)
  }
  return (
    <Popover
      className="float pop"
      triggerRef={anchor}
      placement="bottom start"
      isOpen
      onOpenChange={(open) => {
        if (!open) close()
      }}
    >
      <Dialog className="pop-in" aria-label={label}>
        {kind === 'due' ? (
          <DueForm label={label} due={now.due} onSet={(due) => set({ due })} onDone={close} />
        ) : (
          <PartyForm
            label={label}
            value={kind === 'responsible' ? now.responsible : now.party}
            onSet={(name, agencyId) => {
              set(kind === 'responsible' ? { responsible: name, responsibleId: agencyId } : { party: name })
              close()
            }}
          />
        )}
      </Dialog>
    </Popover>
  )
}

/** The block's place while others type above it. */
function useFollowedPosition({ editor, position }: FactEdit): { readonly current: number } {
  const followed = useRef(position)
  useEffect(() => {
    const follow = ({ transaction }: { transaction: { mapping: { map(at: number, side: number): number } } }): void => {
      followed.current = transaction.mapping.map(followed.current, 1)
    }
    editor.on('transaction', follow)
    return () => {
      editor.off('transaction', follow)
    }
  }, [editor])
  return followed
}

function DueForm({
  label,
  due,
  onSet,
  onDone,
}: {
  readonly label: string
  readonly due: string
  readonly onSet: (due: string) => void
  readonly onDone: () => void
}) {
  const { t } = useTranslation('minutes')
  const [value, setValue] = useState(due)
  const id = useId()
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        onSet(value)
        onDone()
      }}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className="input"
          type="date"
          // biome-ignore lint/a11y/noAutofocus: the popover was opened to fill this in
          autoFocus
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </div>
      <div className="row">
        <button type="submit" className="btn primary sm">
          {t('fact.save')}
        </button>
        {due === '' ? null : (
          <button
            type="button"
            className="btn quiet sm"
            onClick={() => {
              onSet('')
              onDone()
            }}
          >
            {t('fact.clear')}
          </button>
        )}
      </div>
    </form>
  )
}

function PartyForm({
  label,
  value,
  onSet,
}: {
  readonly label: string
  readonly value: string
  readonly onSet: (name: string, agencyId: string) => void
}) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { agencies } = useSetting()
  const attendance = useAttendance(doc)
  const [name, setName] = useState(value)
  const id = useId()
  const wanted = name === value ? '' : name.trim().toLocaleLowerCase('sv')
  // Those who were there come first, then the rest of the council.
  const here = groupAttendance(attendance, agencies).map((group) => ({ name: group.name, agency: group.agency }))
  const absent = agencies
    .filter((agency) => !here.some((group) => group.agency?.id === agency.id))
    .map((agency) => ({ name: agency.name, agency }))
  const choices = [...here, ...absent].filter(
    (choice) =>
      choice.name.toLocaleLowerCase('sv').includes(wanted) ||
      (choice.agency?.shortName.toLocaleLowerCase('sv').startsWith(wanted) ?? false),
  )
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        const exact = choices.find((choice) => choice.name === name.trim())
        onSet(name.trim(), exact?.agency?.id ?? '')
      }}
    >
      <div className="field">
        <label htmlFor={id}>{label}</label>
        <input
          id={id}
          className="input"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the popover was opened to fill this in
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <ul className="choices plain" lang="sv">
        {choices.map((choice) => (
          <li key={choice.agency?.id ?? choice.name}>
            <button
              type="button"
              className="choice-row"
              onClick={() => onSet(choice.agency?.name ?? choice.name, choice.agency?.id ?? '')}
            >
              <span>{choice.agency?.name ?? choice.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <div className="row">
        <button type="submit" className="btn sm">
          {t('fact.save')}
        </button>
        {value === '' ? null : (
          <button type="button" className="btn quiet sm" onClick={() => onSet('', '')}>
            <Icon name="trash" /> {t('fact.clear')}
          </button>
        )}
      </div>
    </form>
  )
}
