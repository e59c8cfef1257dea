import type { ReactNode } from 'react'
import { ModalDialog } from './ModalDialog.tsx'

/** Asks before something that cannot be taken back. The safe answer has the focus. */
export function ConfirmDialog({
  title,
  confirmLabel,
  cancelLabel,
  onConfirm,
  onCancel,
  children,
}: {
  readonly title: string
  readonly confirmLabel: string
  readonly cancelLabel: string
  readonly onConfirm: () => void
  readonly onCancel: () => void
  readonly children: ReactNode
}) {
  return (
    <ModalDialog title={title} closeLabel={cancelLabel} onClose={onCancel} alert>
      {children}
      <div className="modal-do">
        {/* biome-ignore lint/a11y/noAutofocus: an alert dialog must take the focus, and the safe answer is the right place for it */}
        <button type="button" className="btn" autoFocus onClick={onCancel}>
          {cancelLabel}
        </button>
        <button type="button" className="btn danger" onClick={onConfirm}>
          {confirmLabel}
        </button>
      </div>
    </ModalDialog>
  )
}
