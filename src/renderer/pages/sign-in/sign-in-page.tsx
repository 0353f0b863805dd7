import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import type { User } from '../../../shared/domain/session.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { Notice } from '../../components/notice.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { KeyFields } from './key-fields.tsx'
import { takeSecret } from './take-secret.ts'
import { usePersonalKey } from './use-personal-key.ts'

type TrainingAccounts = ChannelOutput<'session.current'>['trainingAccounts']

interface SignInPageProps {
  /** Empty in real mode. */
  trainingAccounts: TrainingAccounts
  /** Whether a person's token can be asked. */
  personalToken: boolean
  sessionEnded: boolean
  /** What the operator did in the shift that he has just closed. */
  closedShift: ChannelOutput<'shift.close'> | undefined
  startFailure: ShownFailure | undefined
  onSignedIn: (user: User) => void
}

interface Missing {
  readonly login: boolean
  readonly password: boolean
}

export function SignInPage({
  trainingAccounts,
  personalToken,
  sessionEnded,
  closedShift,
  startFailure,
  onSignedIn,
}: SignInPageProps) {
  const arm = useArm()
  const { t } = useI18n()
  const login = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [missing, setMissing] = useState<Missing>({ login: false, password: false })
  const [failure, setFailure] = useState<ShownFailure>()
  const [byKey, setByKey] = useState(false)
  useEffect(() => {
    document.title = t('app.title', { page: t('signIn.title') })
  }, [t])
  useEffect(() => {
    if (!byKey) login.current?.focus()
  }, [byKey])

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy || login.current === null || password.current === null) return
    const absent = { login: login.current.value.trim() === '', password: password.current.value === '' }
    setMissing(absent)
    if (absent.login) return login.current.focus()
    if (absent.password) return password.current.focus()
    setBusy(true)
    setFailure(undefined)
    const secret = takeSecret(password.current)
    const result = await arm.invoke('session.sign-in', { login: login.current.value.trim(), password: secret })
    secret.fill(0)
    setBusy(false)
    if (result.ok) return onSignedIn(result.value)
    setFailure(result.failure)
    password.current?.focus()
  }

  const key = usePersonalKey({ hasToken: personalToken })
  const submitKey = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy) return
    const taken = key.take()
    if (taken === undefined) return
    setBusy(true)
    setFailure(undefined)
    const result = await arm.invoke('session.sign-in-by-key', taken)
    taken.pin.fill(0)
    setBusy(false)
    if (result.ok) return onSignedIn(result.value)
    setFailure(result.failure)
    key.focusPin()
  }
  const switchTo = (next: boolean) => {
    setFailure(undefined)
    setByKey(next)
  }

  const fill = (account: TrainingAccounts[number]) => {
    if (login.current === null || password.current === null) return
    login.current.value = account.login
    password.current.value = account.password
    setMissing({ login: false, password: false })
    password.current.focus()
  }

  return (
    <main className="window-content window-content-centred" id="content" tabIndex={-1}>
      <div className="sign-in">
        <form className="sign-in-form" onSubmit={byKey ? submitKey : submit} noValidate>
          <h1>{t('signIn.title')}</h1>
          {sessionEnded && failure === undefined && (
            <Notice tone="information" title={t('signIn.sessionEnded')} role="status" />
          )}
          {closedShift !== undefined && !sessionEnded && failure === undefined && (
            <Notice tone="success" title={t('shift.closed')} role="status">
              <p>{t('shift.summary', summaryOf(closedShift))}</p>
            </Notice>
          )}
          {failure === undefined && startFailure !== undefined && (
            <FailureAlert title={t('app.notReady')} failure={startFailure} />
          )}
          {failure !== undefined && <FailureAlert title={t('signIn.failed')} failure={failure} />}
          {byKey ? (
            <KeyFields idPrefix="sign-in" hasToken={personalToken} personalKey={key} />
          ) : (
            <>
              <div className="field">
                <label htmlFor="login">{t('signIn.login')}</label>
                <input
                  ref={login}
                  id="login"
                  className="input"
                  autoComplete="username"
                  autoCapitalize="none"
                  spellCheck={false}
                  maxLength={64}
                  required
                  aria-invalid={missing.login}
                  aria-describedby={missing.login ? 'login-error' : undefined}
                />
                {missing.login && (
                  <p className="field-error" id="login-error">
                    {t('signIn.loginRequired')}
                  </p>
                )}
              </div>
              <div className="field">
                <label htmlFor="password">{t('signIn.password')}</label>
                <input
                  ref={password}
                  id="password"
                  className="input"
                  type="password"
                  autoComplete="current-password"
                  maxLength={256}
                  required
                  aria-invalid={missing.password}
                  aria-describedby={missing.password ? 'password-error' : undefined}
                />
                {missing.password && (
                  <p className="field-error" id="password-error">
                    {t('signIn.passwordRequired')}
                  </p>
                )}
              </div>
            </>
          )}
          <Button type="submit" pending={busy}>
            {t('signIn.submit')}
          </Button>
          <Button kind="quiet" onPress={() => switchTo(!byKey)}>
            {t(byKey ? 'signIn.byPassword' : 'signIn.byKey')}
          </Button>
        </form>
        {trainingAccounts.length > 0 && !byKey && (
          <section className="training-accounts" aria-labelledby="training-accounts-title">
            <h2 id="training-accounts-title">{t('signIn.training.title')}</h2>
            <p className="quiet">{t('signIn.training.hint')}</p>
            <ul>
              {trainingAccounts.map((account) => (
                <li key={account.login}>
                  <TrainingAccount account={account} onChoose={fill} />
                </li>
              ))}
            </ul>
            <p className="quiet">{t('mode.training.hint')}</p>
          </section>
        )}
      </div>
    </main>
  )
}

interface TrainingAccountProps {
  account: TrainingAccounts[number]
  onChoose: (account: TrainingAccounts[number]) => void
}

function TrainingAccount({ account, onChoose }: TrainingAccountProps) {
  const { t } = useI18n()
  return (
    <button type="button" className="training-account" onClick={() => onChoose(account)}>
      <span className="training-account-role">{t(`role.${account.role}`)}</span>{' '}
      <TrainingWord name={t('signIn.login')} word={account.login} />{' '}
      <TrainingWord name={t('signIn.password')} word={account.password} />
    </button>
  )
}

function TrainingWord({ name, word }: { name: string; word: string }) {
  return (
    <span className="training-account-word">
      {name} <code>{word}</code>
    </span>
  )
}

function summaryOf({ issued, handed, refused, unknown }: ChannelOutput<'shift.close'>) {
  return { issued, handed, refused, unknown }
}
