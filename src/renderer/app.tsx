import { useCallback, useEffect, useMemo, useState } from 'react'
import type { ChannelOutput } from '../shared/contract/channels.ts'
import type { User } from '../shared/domain/session.ts'
import { type ArmBridge, createArmClient } from './arm-client.ts'
import { ArmContext } from './arm-context.ts'
import { Button } from './components/button.tsx'
import { FailureAlert } from './components/failure-alert.tsx'
import type { ShownFailure } from './components/shown-failure.ts'
import { HelpRoot } from './help/help-root.tsx'
import { useI18n } from './i18n/i18n-context.ts'
import { FirstAdministratorPage } from './pages/sign-in/first-administrator-page.tsx'
import { OpenVaultPage } from './pages/sign-in/open-vault-page.tsx'
import { SignInPage } from './pages/sign-in/sign-in-page.tsx'
import { UnlockPage } from './pages/sign-in/unlock-page.tsx'
import { Header } from './shell/header.tsx'
import { LeaveGuardRoot } from './shell/leave-guard.tsx'
import { StatusLine } from './shell/status-line.tsx'
import { useUserSigns } from './shell/use-user-signs.ts'
import { useWorkstationStatus } from './shell/use-workstation-status.ts'
import { Workplace } from './shell/workplace.tsx'

type Session = ChannelOutput<'session.current'>
type Start =
  | { readonly state: 'starting' }
  | { readonly state: 'failed'; readonly failure: ShownFailure }
  | { readonly state: 'ready'; readonly session: Session; readonly ended: boolean }

/** The window: the header and the status line stay, between them the sign-in page or the workplace. */
export function App({ bridge }: { bridge: ArmBridge }) {
  const { t } = useI18n()
  const [start, setStart] = useState<Start>({ state: 'starting' })
  const setUser = useCallback(
    (user: User | null, ended = false) =>
      setStart((now) =>
        now.state === 'ready' ? { ...now, session: { ...now.session, user, locked: false }, ended } : now,
      ),
    [],
  )
  const client = useMemo(() => createArmClient({ bridge, onSessionLost: () => setUser(null, true) }), [bridge, setUser])
  const load = useCallback(async () => {
    const current = await client.invoke('session.current', undefined)
    setStart(
      current.ok
        ? { state: 'ready', session: current.value, ended: false }
        : { state: 'failed', failure: current.failure },
    )
  }, [client])
  useEffect(() => {
    load()
  }, [load])
  useEffect(
    () =>
      client.onNotice('session.changed', ({ state }) => {
        if (state === 'locked') {
          setStart((now) =>
            now.state === 'ready' ? { ...now, session: { ...now.session, locked: true }, ended: false } : now,
          )
        }
        if (state === 'ended') setUser(null, true)
      }),
    [client, setUser],
  )
  const session = start.state === 'ready' ? start.session : undefined
  useUserSigns(client, session?.user != null && !session.locked)
  const [shift, setShift] = useState<ChannelOutput<'shift.close'>>()
  const { status, failure } = useWorkstationStatus(client)

  const closeShift = async () => {
    const closed = await client.invoke('shift.close', undefined)
    if (!closed.ok) return
    setShift(closed.value)
    setUser(null)
  }
  const signOut = async () => {
    await client.invoke('session.sign-out', undefined)
    setUser(null)
  }

  const user = session?.user ?? null
  const mode = session?.mode
  return (
    <ArmContext value={client}>
      <LeaveGuardRoot>
        <HelpRoot>
          <div className="window">
            <a className="skip-link" href="#content">
              {t('app.skipToContent')}
            </a>
            <Header mode={mode} user={user} onCloseShift={closeShift} onSignOut={signOut} />
            {start.state === 'starting' && (
              <main className="window-content window-content-centred" id="content" tabIndex={-1}>
                <p role="status">{t('app.starting')}</p>
              </main>
            )}
            {start.state === 'failed' && (
              <main className="window-content window-content-centred" id="content" tabIndex={-1}>
                <FailureAlert title={t('app.start-failed')} failure={start.failure}>
                  <Button onPress={load}>{t('common.retry')}</Button>
                </FailureAlert>
              </main>
            )}
            {session?.needs === 'vault-passphrase' && <OpenVaultPage onOpened={load} />}
            {session?.needs === 'first-administrator' && user === null && (
              <FirstAdministratorPage
                onCreated={(created) => {
                  setUser(created)
                  load()
                }}
              />
            )}
            {start.state === 'ready' && start.session.needs === 'nothing' && user === null && (
              <SignInPage
                trainingAccounts={start.session.trainingAccounts}
                personalToken={start.session.personalToken}
                sessionEnded={start.ended}
                closedShift={shift}
                startFailure={failure}
                onSignedIn={(signedIn) => {
                  setShift(undefined)
                  setUser(signedIn)
                }}
              />
            )}
            {user !== null && session?.locked === true && (
              <UnlockPage user={user} onUnlocked={setUser} onSignOut={signOut} />
            )}
            {user !== null && session?.locked === false && (
              <Workplace key={user.login} user={user} status={status} training={mode === 'training'} />
            )}
            <StatusLine status={status} />
          </div>
        </HelpRoot>
      </LeaveGuardRoot>
    </ArmContext>
  )
}
