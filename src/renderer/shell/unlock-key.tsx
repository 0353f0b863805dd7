import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { useArm } from '../arm-context.ts'
import { Button } from '../components/button.tsx'
import { FailureAlert } from '../components/failure-alert.tsx'
import type { ShownFailure } from '../components/shown-failure.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import { takeSecret } from '../pages/sign-in/take-secret.ts'

/** Once a shift: until the signing key is open nobody can be served. */
export function UnlockKey() {
  const arm = useArm()
  const { t } = useI18n()
  const pin = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<ShownFailure>()
  useEffect(() => pin.current?.focus(), [])

  const submit = async (event: SyntheticEvent) => {
    event.preventDefault()
    if (busy || pin.current === null || pin.current.value === '') return pin.current?.focus()
    setBusy(true)
    setFailure(undefined)
    const secret = takeSecret(pin.current)
    const result = await arm.invoke('key.unlock', { pin: secret })
    secret.fill(0)
    setBusy(false)
    if (result.ok) return
    setFailure(result.failure)
    pin.current?.focus()
  }

  return (
    <section className="page" aria-labelledby="unlock-key-title">
      <form className="sign-in-form" onSubmit={submit} noValidate>
        <h1 id="unlock-key-title">{t('unlockKey.title')}</h1>
        <p className="quiet">{t('unlockKey.hint')}</p>
        {failure !== undefined && <FailureAlert title={t('unlockKey.failed')} failure={failure} />}
        <div className="field">
          <label htmlFor="pin">{t('unlockKey.pin')}</label>
          <input ref={pin} id="pin" className="input" type="password" autoComplete="off" maxLength={256} required />
        </div>
        <Button type="submit" pending={busy}>
          {t('unlockKey.submit')}
        </Button>
      </form>
    </section>
  )
}
