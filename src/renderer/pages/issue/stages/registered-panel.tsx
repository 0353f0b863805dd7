import { type SyntheticEvent, useRef, useState } from 'react'
import { registrationLimits } from '../../../../shared/domain/registration.ts'
import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import { isReasonEnough, type Stage } from '../issue-flow.ts'
import { NextCitizen } from './next-citizen.tsx'

interface RegisteredPanelProps {
  stage: Extract<Stage, { name: 'registered' }>
  onReissue: (reason: string) => void
  onMgov: () => void
  onNext: () => void
}

const { min, max } = registrationLimits.reissueReason

/** The service ends here, unless the citizen has lost the password: that is a separate action with a reason. */
export function RegisteredPanel({ stage, onReissue, onMgov, onNext }: RegisteredPanelProps) {
  const { t } = useI18n()
  const [reason, setReason] = useState('')
  const [tooShort, setTooShort] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (isReasonEnough(reason)) return onReissue(reason)
    setTooShort(true)
    field.current?.focus()
  }
  const type = (text: string) => {
    setReason(text)
    if (isReasonEnough(text)) setTooShort(false)
  }
  return (
    <section className="panel">
      {stage.problem !== undefined && <FailureAlert title={t('issue.failed.reissue')} {...stage.problem} />}
      <Notice tone="warning" title={t('issue.registered.title')} role="alert">
        <p>{t('issue.registered.text')}</p>
      </Notice>
      <NextCitizen onNext={onNext} />
      <form className="card reissue" onSubmit={submit} noValidate>
        <h2>{t('issue.registered.lost')}</h2>
        <p className="quiet">{t('issue.registered.lostText')}</p>
        <div className="reissue-row">
          <div className="field">
            <label htmlFor="reason">{t('issue.registered.reason')}</label>
            <input
              ref={field}
              id="reason"
              className="input"
              autoComplete="off"
              required
              maxLength={max}
              value={reason}
              onChange={(event) => type(event.currentTarget.value)}
              aria-invalid={tooShort}
              aria-describedby="reason-hint"
            />
          </div>
          <Button type="submit" kind="secondary">
            {t('issue.registered.reissue')}
          </Button>
        </div>
        <p id="reason-hint" className={tooShort ? 'field-error' : 'quiet'} role={tooShort ? 'alert' : undefined}>
          {tooShort ? t('issue.registered.reasonTooShort', { min }) : t('issue.registered.reasonHint')}
        </p>
      </form>
      {stage.check.steps?.mgov === true && (
        <section className="card reissue" aria-labelledby="mgov-only-title">
          <h2 id="mgov-only-title">{t('issue.registered.mgov')}</h2>
          <div className="reissue-row">
            <p className="quiet">{t('issue.registered.mgovText')}</p>
            <Button kind="secondary" pending={stage.recording === true} onPress={onMgov}>
              {t('issue.registered.mgovConnect')}
            </Button>
          </div>
        </section>
      )}
    </section>
  )
}
