import { type SyntheticEvent, useRef, useState } from 'react'
import { registrationLimits } from '../../../shared/domain/registration.ts'
import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { KeyFields } from '../sign-in/key-fields.tsx'
import { takeSecret } from '../sign-in/take-secret.ts'
import { type TakenKey, usePersonalKey } from '../sign-in/use-personal-key.ts'
import { isReasonEnough } from './issue-flow.ts'

export interface ReprintApproval {
  readonly reason: string
  readonly approver: { readonly login: string; readonly password: Uint8Array<ArrayBuffer> } | TakenKey
}

interface ReprintFormProps {
  /** A form beside others needs ids of its own. */
  idPrefix: string
  onApprove: (approval: ReprintApproval) => void
  onBack?: () => void
}

const { min, max } = registrationLimits.reissueReason

/** The supervisor comes to this counter: the operator's reason, the supervisor's own login and password. */
export function ReprintForm({ idPrefix, onApprove, onBack }: ReprintFormProps) {
  const { t } = useI18n()
  const reason = useRef<HTMLInputElement>(null)
  const login = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)
  const [missing, setMissing] = useState(false)
  const [byKey, setByKey] = useState(false)
  const key = usePersonalKey({ hasToken: false })
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (byKey) {
      const short = reason.current === null || !isReasonEnough(reason.current.value)
      setMissing(short)
      if (short) return reason.current?.focus()
      const approver = key.take()
      if (approver !== undefined && reason.current !== null) onApprove({ reason: reason.current.value, approver })
      return
    }
    if (reason.current === null || login.current === null || password.current === null) return
    const wrong = [
      isReasonEnough(reason.current.value) ? undefined : reason.current,
      login.current.value.trim() === '' ? login.current : undefined,
      password.current.value === '' ? password.current : undefined,
    ].find((field) => field !== undefined)
    setMissing(wrong !== undefined)
    if (wrong !== undefined) return wrong.focus()
    onApprove({
      reason: reason.current.value,
      approver: { login: login.current.value.trim(), password: takeSecret(password.current) },
    })
  }
  const hint = `${idPrefix}-hint`
  return (
    <form className="card reprint" onSubmit={submit} noValidate aria-labelledby={`${idPrefix}-title`}>
      <h3 id={`${idPrefix}-title`}>{t('issue.reprint.title')}</h3>
      <p className="quiet">{t('issue.reprint.text')}</p>
      <div className="field">
        <label htmlFor={`${idPrefix}-reason`}>{t('issue.reprint.reason')}</label>
        <input
          ref={reason}
          id={`${idPrefix}-reason`}
          className="input"
          autoComplete="off"
          required
          maxLength={max}
          // biome-ignore lint/a11y/noAutofocus: the form opens because its button was pressed.
          autoFocus
          aria-describedby={hint}
        />
      </div>
      {byKey ? (
        <KeyFields idPrefix={idPrefix} hasToken={false} personalKey={key} />
      ) : (
        <div className="reprint-approver">
          <div className="field">
            <label htmlFor={`${idPrefix}-login`}>{t('issue.reprint.login')}</label>
            <input
              ref={login}
              id={`${idPrefix}-login`}
              className="input"
              autoComplete="off"
              autoCapitalize="none"
              spellCheck={false}
              required
              maxLength={64}
              aria-describedby={hint}
            />
          </div>
          <div className="field">
            <label htmlFor={`${idPrefix}-password`}>{t('issue.reprint.password')}</label>
            <input
              ref={password}
              id={`${idPrefix}-password`}
              className="input"
              type="password"
              autoComplete="off"
              required
              maxLength={256}
              aria-describedby={hint}
            />
          </div>
        </div>
      )}
      <p id={hint} className={missing ? 'field-error' : 'quiet'} role={missing ? 'alert' : undefined}>
        {missing ? t('issue.reprint.missing', { min }) : t('issue.registered.reasonHint')}
      </p>
      <div className="dialog-actions">
        <Button type="submit">{t('issue.reprint.submit')}</Button>
        <Button kind="quiet" onPress={() => setByKey(!byKey)}>
          {t(byKey ? 'issue.reprint.byPassword' : 'issue.reprint.byKey')}
        </Button>
        {onBack !== undefined && (
          <Button kind="quiet" onPress={onBack}>
            {t('issue.reprint.back')}
          </Button>
        )}
      </div>
    </form>
  )
}
