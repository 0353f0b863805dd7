import { X } from 'lucide-react'
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react'
import { Button, Dialog, Heading, Modal, ModalOverlay } from 'react-aria-components'
import { useI18n } from '../i18n/i18n-context.ts'
import type { HelpPlace } from './help-article.ts'

const HelpContent = lazy(async () => ({ default: (await import('./help-content.tsx')).HelpContent }))

interface HelpContext {
  readonly open: () => void
  readonly setPlace: (place: HelpPlace) => void
}

const Context = createContext<HelpContext>({ open: () => undefined, setPlace: () => undefined })

/** @returns a function that opens help over whatever is on the screen. */
export function useOpenHelp(): () => void {
  return useContext(Context).open
}

/** Says which page F1 asks about while the caller is shown. */
export function useHelpPlace(place: HelpPlace): void {
  const { setPlace } = useContext(Context)
  useEffect(() => {
    setPlace(place)
    return () => setPlace('sign-in')
  }, [place, setPlace])
}

/** F1 opens help beside the page, and closes it; the page stays as it is, a password that waits included. */
export function HelpRoot({ children }: { children: ReactNode }) {
  const { t } = useI18n()
  const [isOpen, setOpen] = useState(false)
  const [place, setPlace] = useState<HelpPlace>('sign-in')
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'F1' || event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return
      event.preventDefault()
      if (!event.repeat) setOpen((now) => !now)
    }
    window.addEventListener('keydown', press, { capture: true })
    return () => window.removeEventListener('keydown', press, { capture: true })
  }, [])
  const open = useCallback(() => setOpen(true), [])
  const context = useMemo(() => ({ open, setPlace }), [open])
  return (
    <Context value={context}>
      {children}
      <ModalOverlay className="drawer-overlay" isOpen={isOpen} onOpenChange={setOpen} isDismissable>
        <Modal className="drawer-modal">
          <Dialog className="drawer">
            <header className="drawer-header">
              <Heading slot="title" className="dialog-title" level={1}>
                {t('help.title')}
              </Heading>
              <Button className="drawer-close" aria-label={t('help.close')} onPress={() => setOpen(false)}>
                <X aria-hidden="true" />
              </Button>
            </header>
            <Suspense>
              <HelpContent place={place} />
            </Suspense>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </Context>
  )
}
