import type { ReactNode } from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { Icon } from './Icon.tsx'

/**
 * A window over the page: takes the focus, keeps it, gives it back, closes on Escape.
 * Mount it while it is open.
 */
export function ModalDialog({
  title,
  closeLabel,
  onClose,
  alert = false,
  children,
}: {
  readonly title: string
  readonly closeLabel: string
  readonly onClose: () => void
  /** a question that must be answered: no close button, a press outside does nothing */
  readonly alert?: boolean
  readonly children: ReactNode
}) {
  return (
    <ModalOverlay
      className="veil"
      isOpen
      isDismissable={!alert}
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Modal className="modal">
        <Dialog role={alert ? 'alertdialog' : 'dialog'} className="modal-in">
          <header className="modal-h">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            {alert ? null : (
              <Button className="btn icon quiet" aria-label={closeLabel} onPress={onClose}>
                <Icon name="close" />
              </Button>
            )}
          </header>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
