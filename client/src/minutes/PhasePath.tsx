import { isStepBack, may, nextPhases, PHASES, type Phase, type Role } from '@justera/adjustment'
import { Meeting } from '@justera/protocol'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { request } from '../app/request.ts'
import { Icon } from '../ui/Icon.tsx'
import { ModalDialog } from '../ui/ModalDialog.tsx'
import { Note } from '../ui/Note.tsx'
import { showHelp } from './helpStore.ts'
import { useParts, useSetting } from './minutesContext.tsx'

/** Names of keys are the same in every language of the interface. */
const KEYS = { undo: 'Ctrl+Z', redo: 'Ctrl+Y', print: 'Ctrl+P' } as const

/** By when a menu is gone from the page, so that it is not printed. */
const MENU_CLOSED_MS = 150

/** The quiet path of phases; narrow pages show only where the meeting stands. */
export function PhasePath({ phase }: { readonly phase: Phase }) {
  const { t } = useTranslation(['minutes', 'app'])
  const here = PHASES.indexOf(phase)
  return (
    <>
      <ol className="phases only-wide" aria-label={t('bar.phases')}>
        {PHASES.map((name, n) => (
          <li key={name} aria-current={name === phase ? 'step' : undefined}>
            {n < here ? (
              <>
                <Icon name="check" />
                <span className="vh">{t('bar.phaseDone')}</span>
              </>
            ) : null}
            {name === phase ? <b>{t(`app:phase.${name}`)}</b> : t(`app:phase.${name}`)}
          </li>
        ))}
      </ol>
      <span className="phase-short only-narrow">
        {t(`app:phase.${phase}`)} <span>{t('bar.phaseOf', { n: here + 1 })}</span>
      </span>
    </>
  )
}

/** The secretary's step forward as the page's primary button; everything rarer in a menu beside it. */
export function BarActions({ phase, role }: { readonly phase: Phase; readonly role: Role }) {
  const { t } = useTranslation(['minutes', 'app'])
  const { meetingId, history } = useParts()
  const { writable } = useSetting()
  const navigate = useNavigate()
  const [target, setTarget] = useState<Phase | null>(null)
  const manages = may(role, 'manage', phase)
  const steps = manages ? nextPhases(phase) : []
  const forward = steps.find((step) => !isStepBack(phase, step))
  return (
    <>
      <MenuTrigger>
        <Button className="btn icon quiet" aria-label={t('bar.moreActions')}>
          <Icon name="more" />
        </Button>
        <Popover className="float menu" placement="bottom end">
          <Menu className="menu-list" aria-label={t('bar.moreActions')}>
            {steps.map((step) => (
              <MenuItem key={step} id={step} className="menu-item" onAction={() => setTarget(step)}>
                <Icon name={isStepBack(phase, step) ? 'chevronLeft' : 'chevronRight'} />
                <StepName from={phase} to={step} />
              </MenuItem>
            ))}
            {manages ? (
              <MenuItem
                id="people"
                className="menu-item"
                onAction={() => void navigate({ to: '/meetings/$meetingId/people', params: { meetingId } })}
              >
                <Icon name="people" />
                {t('bar.people')}
              </MenuItem>
            ) : null}
            {manages ? <Separator className="menu-line" /> : null}
            {writable ? (
              <MenuItem id="undo" className="menu-item" onAction={() => void history.undo()}>
                <Icon name="undo" />
                <span>{t('bar.undo')}</span>
                <kbd>{KEYS.undo}</kbd>
              </MenuItem>
            ) : null}
            {writable ? (
              <MenuItem id="redo" className="menu-item" onAction={() => void history.redo()}>
                <Icon name="redo" />
                <span>{t('bar.redo')}</span>
                <kbd>{KEYS.redo}</kbd>
              </MenuItem>
            ) : null}
            <MenuItem id="print" className="menu-item" onAction={() => setTimeout(() => print(), MENU_CLOSED_MS)}>
              <Icon name="print" />
              <span>{t('bar.print')}</span>
              <kbd>{KEYS.print}</kbd>
            </MenuItem>
            <MenuItem id="help" className="menu-item" onAction={showHelp}>
              <Icon name="info" />
              <span>{t('bar.help')}</span>
              <kbd>?</kbd>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      {forward ? (
        <button type="button" className="btn primary only-wide" onClick={() => setTarget(forward)}>
          <StepName from={phase} to={forward} />
        </button>
      ) : null}
      {target ? <PhaseDialog from={phase} to={target} onClose={() => setTarget(null)} /> : null}
    </>
  )
}

function StepName({ from, to }: { readonly from: Phase; readonly to: Phase }) {
  const { t } = useTranslation(['minutes', 'app'])
  if (isStepBack(from, to)) return <span>{t('phase.backTo', { phase: t(`app:phase.${to}`) })}</span>
  return <span>{to === 'drafting' ? t('phase.toDrafting') : t('phase.toComment')}</span>
}

function PhaseDialog({
  from,
  to,
  onClose,
}: {
  readonly from: Phase
  readonly to: Phase
  readonly onClose: () => void
}) {
  const { t } = useTranslation(['minutes', 'app'])
  const { meetingId } = useParts()
  const queries = useQueryClient()
  const back = isStepBack(from, to)
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const name = back
    ? t('phase.backTo', { phase: t(`app:phase.${to}`) })
    : to === 'drafting'
      ? t('phase.toDrafting')
      : t('phase.toComment')
  async function confirm(): Promise<void> {
    if (back && reason.trim() === '') {
      setProblem(t('phase.reasonMissing'))
      return
    }
    setBusy(true)
    const result = await request(Meeting, `/api/meetings/${meetingId}/phase`, {
      method: 'POST',
      json: { to, ...(back ? { reason: reason.trim() } : {}) },
    })
    setBusy(false)
    if (!result.ok) {
      setProblem(t('phase.failed'))
      return
    }
    queries.setQueryData(['meeting', meetingId], result.value)
    onClose()
  }
  return (
    <ModalDialog title={name} closeLabel={t('app:close')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void confirm()
        }}
      >
        <p>{back ? t('phase.backText') : to === 'drafting' ? t('phase.toDraftingText') : t('phase.toCommentText')}</p>
        {back ? (
          <label className="field">
            <span className="label">{t('phase.reason')}</span>
            <textarea
              className="input"
              rows={3}
              maxLength={2000}
              required
              aria-invalid={problem !== null && reason.trim() === ''}
              value={reason}
              onChange={(event) => {
                setReason(event.target.value)
                setProblem(null)
              }}
            />
          </label>
        ) : null}
        {problem ? <Note tone="danger">{problem}</Note> : null}
        <div className="row">
          <button type="submit" className="btn primary" disabled={busy}>
            {back ? t('phase.confirm') : name}
          </button>
          <button type="button" className="btn quiet" onClick={onClose}>
            {t('app:cancel')}
          </button>
        </div>
      </form>
    </ModalDialog>
  )
}
