import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react'
import { AlertDialog } from '../components/alert-dialog.tsx'
import { Button } from '../components/button.tsx'
import { useI18n } from '../i18n/i18n-context.ts'

/** What a page says when somebody wants to leave it. */
export interface LeaveGuard {
  readonly cost: () => 'free' | 'password' | 'wait' | 'changes'
  /** Gives up what the page holds. */
  readonly giveUp: () => Promise<void>
}

interface GuardContext {
  readonly setGuard: (guard: LeaveGuard | undefined) => void
  readonly requestLeave: (leave: () => void) => void
}

const Context = createContext<GuardContext>({ setGuard: () => undefined, requestLeave: (leave) => leave() })

/** Asks the page before leaving it. @returns a function that leaves at once where leaving costs nothing. */
export function useRequestLeave(): (leave: () => void) => void {
  return useContext(Context).requestLeave
}

/** Registers a page's guard while the page is shown. The guard must keep its identity between renders. */
export function useLeaveGuard(guard: LeaveGuard): void {
  const { setGuard } = useContext(Context)
  useEffect(() => {
    setGuard(guard)
    return () => setGuard(undefined)
  }, [guard, setGuard])
}

interface Asked {
  readonly cost: 'password' | 'wait' | 'changes'
  readonly leave: () => void
}

/** A password that waits for its envelope must not be lost by a stray click: this asks first. */
export function LeaveGuardRoot({ children }: { children: ReactNode }) {
  const { t } = useI18n()
  const guard = useRef<LeaveGuard>(undefined)
  const [asked, setAsked] = useState<Asked>()
  const setGuard = useCallback((next: LeaveGuard | undefined) => {
    guard.current = next
  }, [])
  const requestLeave = useCallback((leave: () => void) => {
    const cost = guard.current?.cost() ?? 'free'
    if (cost === 'free') leave()
    else setAsked({ cost, leave })
  }, [])
  const context = useMemo(() => ({ setGuard, requestLeave }), [setGuard, requestLeave])
  const stay = () => setAsked(undefined)
  const leave = async () => {
    await guard.current?.giveUp()
    stay()
    asked?.leave()
  }
  return (
    <Context value={context}>
      {children}
      {asked?.cost === 'password' && (
        <AlertDialog title={t('issue.leave.title')} onDismiss={stay}>
          <p>{t('issue.leave.text')}</p>
          <div className="dialog-actions">
            <Button autoFocus onPress={stay}>
              {t('issue.leave.stay')}
            </Button>
            <Button kind="danger" onPress={leave}>
              {t('issue.leave.leave')}
            </Button>
          </div>
        </AlertDialog>
      )}
      {asked?.cost === 'changes' && (
        <AlertDialog title={t('leave.changes.title')} onDismiss={stay}>
          <p>{t('leave.changes.text')}</p>
          <div className="dialog-actions">
            <Button autoFocus onPress={stay}>
              {t('issue.leave.stay')}
            </Button>
            <Button kind="danger" onPress={leave}>
              {t('leave.changes.leave')}
            </Button>
          </div>
        </AlertDialog>
      )}
      {asked?.cost === 'wait' && (
        <AlertDialog title={t('issue.leave.wait.title')} onDismiss={stay}>
          <p>{t('issue.leave.wait.text')}</p>
          <div className="dialog-actions">
            <Button autoFocus onPress={stay}>
              {t('issue.leave.stay')}
            </Button>
          </div>
        </AlertDialog>
      )}
    </Context>
  )
}
