import type { ReactNode } from 'react'
import { Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'

interface AlertDialogProps {
  title: string
  /** What Escape does; without it the question must be answered. */
  onDismiss?: () => void
  children: ReactNode
}

/** A question over the page. It never closes by a click beside it: that is too easily a slip. */
export function AlertDialog({ title, onDismiss, children }: AlertDialogProps) {
  return (
    <ModalOverlay
      className="dialog-overlay"
      isOpen
      isKeyboardDismissDisabled={onDismiss === undefined}
      onOpenChange={(open) => {
        if (!open) onDismiss?.()
      }}
    >
      <Modal className="dialog-modal">
        <Dialog className="dialog" role="alertdialog">
          <Heading slot="title" className="dialog-title" level={2}>
            {title}
          </Heading>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
