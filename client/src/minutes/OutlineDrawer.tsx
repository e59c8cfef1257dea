import { useState } from 'react'
import { Button, Dialog, Modal, ModalOverlay } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { Icon } from '../ui/Icon.tsx'
import { OutlineContent } from './Outline.tsx'

/** By when the drawer has let go of the page's scrolling and given the focus back. */
const CLOSED_MS = 60

/** Opens the outline as a drawer, where the page is too narrow to keep it beside the document. */
export function OutlineButton() {
  const { t } = useTranslation('minutes')
  const [open, setOpen] = useState(false)
  return (
    <>
      <button
        type="button"
        className="btn icon quiet only-narrow outline-button"
        aria-label={t('bar.outline')}
        aria-expanded={open}
        onClick={() => setOpen(true)}
      >
        <Icon name="outline" />
      </button>
      {open ? (
        <ModalOverlay className="veil side" isOpen isDismissable onOpenChange={setOpen}>
          <Modal className="drawer">
            <Dialog className="drawer-in" aria-label={t('outline.label')}>
              <Button
                className="btn icon quiet drawer-close"
                aria-label={t('outline.close')}
                onPress={() => setOpen(false)}
              >
                <Icon name="close" />
              </Button>
              <OutlineContent
                onChoose={(act) => {
                  setOpen(false)
                  setTimeout(act, CLOSED_MS)
                }}
              />
            </Dialog>
          </Modal>
        </ModalOverlay>
      ) : null}
    </>
  )
}
