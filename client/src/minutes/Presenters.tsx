import {
  addPresenter,
  type ItemId,
  movePresenter,
  type Presenter,
  setPresenterName,
  setPresenterRemoved,
} from '@justera/minutes'
import { useId, useState } from 'react'
import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { useAttendance, usePresenters } from './documentHooks.ts'
import { InPlaceText } from './InPlace.tsx'
import { useParts, useSetting } from './minutesContext.tsx'
import { PAGE_ORIGIN } from './pageOrigin.ts'

/** Who presents an item: several is normal. Taken from the attendance, or written freely. */
export function Presenters({ id }: { readonly id: ItemId }) {
  const { t } = useTranslation('minutes')
  const { doc } = useParts()
  const { writable } = useSetting()
  const presenters = usePresenters(doc, id)
  if (presenters.length === 0 && !writable) return null
  return (
    <div className="pres">
      <span className="label">{t('item.presenters')}</span>
      <ul className="plain" lang="sv">
        {presenters.map((presenter, n) => (
          <li key={presenter.id}>
            {writable ? (
              <PresenterButton item={id} presenter={presenter} n={n} last={n === presenters.length - 1} />
            ) : (
              presenter.name
            )}
          </li>
        ))}
      </ul>
      {writable ? <AddPresenter item={id} present={presenters.map(({ name }) => name)} /> : null}
    </div>
  )
}

function PresenterButton({
  item,
  presenter,
  n,
  last,
}: {
  readonly item: ItemId
  readonly presenter: Presenter
  readonly n: number
  readonly last: boolean
}) {
  const { t } = useTranslation('minutes')
  const { doc, history } = useParts()
  const field = useId()
  const remove = (close: () => void): void => {
    const set = (removed: boolean): void => setPresenterRemoved(doc, item, presenter.id, removed, PAGE_ORIGIN)
    close()
    set(true)
    history.record({ undo: () => set(false), redo: () => set(true) })
  }
  return (
    <DialogTrigger>
      <Button className="inplace-value" aria-label={t('item.editPresenter', { name: presenter.name })}>
        {presenter.name || t('attendance.nameless')}
      </Button>
      <Popover className="float pop" placement="bottom start">
        <Dialog className="pop-in" aria-label={t('item.editPresenter', { name: presenter.name })}>
          {({ close }) => (
            <div className="form">
              <div className="field">
                <label htmlFor={field}>{t('item.presenterName')}</label>
                <InPlaceText
                  id={field}
                  className="boxed"
                  value={presenter.name}
                  onCommit={(name) => setPresenterName(doc, item, presenter.id, name, PAGE_ORIGIN)}
                />
              </div>
              <div className="row">
                <button
                  type="button"
                  className="btn icon quiet"
                  aria-label={t('attendance.up')}
                  disabled={n === 0}
                  onClick={() => movePresenter(doc, item, presenter.id, n - 1, PAGE_ORIGIN)}
                >
                  <Icon name="arrowUp" />
                </button>
                <button
                  type="button"
                  className="btn icon quiet"
                  aria-label={t('attendance.down')}
                  disabled={last}
                  onClick={() => movePresenter(doc, item, presenter.id, n + 1, PAGE_ORIGIN)}
                >
                  <Icon name="arrowDown" />
                </button>
                <button type="button" className="btn quiet sm" onClick={() => remove(close)}>
                  <Icon name="trash" /> {t('attendance.remove')}
                </button>
                <button type="button" className="btn sm push" onClick={close}>
                  {t('attendance.done')}
                </button>
              </div>
            </div>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function AddPresenter({ item, present }: { readonly item: ItemId; readonly present: readonly string[] }) {
  const { t } = useTranslation('minutes')
  return (
    <DialogTrigger>
      <Button className="btn link add-presenter" aria-label={t('item.addPresenter')}>
        <Icon name="plus" />
        <span className="add-words">{present.length === 0 ? t('item.addPresenter') : null}</span>
      </Button>
      <Popover className="float pop" placement="bottom start">
        <Dialog className="pop-in" aria-label={t('item.addPresenter')}>
          {({ close }) => <NewPresenter item={item} present={present} onDone={close} />}
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function NewPresenter({
  item,
  present,
  onDone,
}: {
  readonly item: ItemId
  readonly present: readonly string[]
  readonly onDone: () => void
}) {
  const { t } = useTranslation('minutes')
  const { doc, history } = useParts()
  const attendance = useAttendance(doc)
  const [name, setName] = useState('')
  const field = useId()
  const wanted = name.trim().toLocaleLowerCase('sv')
  const people = attendance
    .filter(({ status, name: known }) => status !== 'absent' && known !== '' && !present.includes(known))
    .filter(({ name: known, agency }) => `${known} ${agency}`.toLocaleLowerCase('sv').includes(wanted))
  function add(chosen: string): void {
    if (chosen.trim() === '') return
    const id = addPresenter(doc, item, chosen.trim(), PAGE_ORIGIN)
    const set = (removed: boolean): void => setPresenterRemoved(doc, item, id, removed, PAGE_ORIGIN)
    history.record({ undo: () => set(true), redo: () => set(false) })
    onDone()
  }
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault()
        add(name)
      }}
    >
      <div className="field">
        <label htmlFor={field}>{t('item.presenterHint')}</label>
        <input
          id={field}
          className="input"
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: the dialog was opened to write here
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </div>
      <ul className="choices plain" lang="sv">
        {people.slice(0, 30).map((attendee) => (
          <li key={attendee.id}>
            <button type="button" className="choice-row" onClick={() => add(attendee.name)}>
              <span>{attendee.name}</span>
              <span className="muted small">{attendee.agency}</span>
            </button>
          </li>
        ))}
      </ul>
      {wanted !== '' ? (
        <button type="submit" className="btn sm">
          {t('attendance.addOne')}
        </button>
      ) : null}
    </form>
  )
}
