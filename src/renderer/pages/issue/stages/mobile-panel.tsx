import { type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { failureText } from '../../../../shared/contract/failure-texts.ts'
import { readMobileNumber, smsCodeForm } from '../../../../shared/domain/mobile-number.ts'
import { operatorSkipReasons } from '../../../../shared/domain/service-steps.ts'
import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { Notice } from '../../../components/notice.tsx'
import { Verbatim } from '../../../components/verbatim.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import { insertText } from '../../../scanner/use-scanner.ts'
import type { MgovSkipReason, Stage } from '../issue-flow.ts'
import { physicalDigit } from '../physical-digit.ts'

interface MobilePanelProps {
  stage: Extract<Stage, { name: 'mobile' | 'code' }>
  onNumber: (number: string) => void
  onCode: (code: string) => void
  onOtherNumber: () => void
  onSkip: (reason: MgovSkipReason) => void
}

const LONGEST_NUMBER = 20
const CODE_LENGTH = 6

/** mGov: a number, then the code that came to it. Whatever goes wrong, the envelope is one press away. */
export function MobilePanel({ stage, onNumber, onCode, onOtherNumber, onSkip }: MobilePanelProps) {
  const { language, t } = useI18n()
  const [number, setNumber] = useState('+7 ')
  const [code, setCode] = useState('')
  const [wrong, setWrong] = useState<'mgov.number' | 'mgov.code'>()
  const field = useRef<HTMLInputElement>(null)
  const { problem, asking = false } = stage
  const isCode = stage.name === 'code'
  const failed = problem?.failure.code
  const sent = stage.name === 'code' ? stage.sent.requestId : undefined
  useEffect(() => {
    if (sent !== undefined) setCode('')
  }, [sent])
  useEffect(() => {
    if (failed !== 'mgov.wrong-code') return
    setCode('')
    field.current?.focus()
  }, [failed])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (asking) return
    const form = isCode ? smsCodeForm.test(code) : readMobileNumber(number) !== undefined
    setWrong(form ? undefined : isCode ? 'mgov.code' : 'mgov.number')
    if (!form) field.current?.focus()
    else if (isCode) onCode(code)
    else onNumber(number)
  }
  const type = (text: string) => {
    setWrong(undefined)
    if (isCode) setCode(text.replace(/[^0-9]/g, '').slice(0, CODE_LENGTH))
    else setNumber(text.replace(/[^0-9+() -]/g, ''))
  }
  const error = wrong === undefined ? undefined : failureText(wrong, language)
  return (
    <section className="panel">
      {problem !== undefined && (
        <FailureAlert title={t(isCode ? 'issue.mgov.failed.code' : 'issue.mgov.failed.number')} {...problem}>
          {stage.name === 'code' && stage.attemptsLeft !== undefined && (
            <p>{t('issue.mgov.attemptsLeft', { count: stage.attemptsLeft })}</p>
          )}
        </FailureAlert>
      )}
      {stage.name === 'code' && problem === undefined && (
        <Notice tone="information" title={t('issue.mgov.sent', { number: stage.sent.number })} role="status">
          <Verbatim>{stage.sent.message}</Verbatim>
        </Notice>
      )}
      <form className="card mobile-form" onSubmit={submit} noValidate aria-labelledby="mobile-title">
        <h2 id="mobile-title">{t('issue.mgov.title')}</h2>
        <p className="quiet">
          {t(
            isCode
              ? 'issue.mgov.codeText'
              : stage.issued === undefined
                ? 'issue.mgov.textRegistered'
                : 'issue.mgov.text',
          )}
        </p>
        <div className="iin-row">
          <div className="field">
            <label htmlFor="mobile">{t(isCode ? 'issue.mgov.code' : 'issue.mgov.number')}</label>
            <input
              // Another field, not the same one with another name.
              key={stage.name}
              ref={field}
              id="mobile"
              className="input iin-input"
              data-next-action=""
              inputMode="numeric"
              autoComplete="off"
              spellCheck={false}
              required
              maxLength={isCode ? CODE_LENGTH : LONGEST_NUMBER}
              value={isCode ? code : number}
              onChange={(event) => type(event.currentTarget.value)}
              onKeyDown={(event) => {
                const digit = physicalDigit(event.nativeEvent)
                if (digit === undefined) return
                event.preventDefault()
                insertText(digit)
              }}
              aria-invalid={error !== undefined}
              {...(error === undefined ? {} : { 'aria-describedby': 'mobile-problem' })}
            />
          </div>
          <Button type="submit" enterHint pending={asking}>
            {t(isCode ? 'issue.mgov.confirm' : 'issue.mgov.send')}
          </Button>
        </div>
        {error !== undefined && (
          <p id="mobile-problem" className="field-error" role="alert">
            {error.text} {error.action}
          </p>
        )}
      </form>
      <div className="actions">
        {isCode && (
          <Button kind="secondary" disabled={asking} onPress={onOtherNumber}>
            {t('issue.mgov.again')}
          </Button>
        )}
        <SkipForm disabled={asking} onSkip={onSkip} />
      </div>
    </section>
  )
}

/** mGov may always be left out: with a reason, which the log keeps. */
function SkipForm({ disabled, onSkip }: { disabled: boolean; onSkip: (reason: MgovSkipReason) => void }) {
  const { t } = useI18n()
  const [reason, setReason] = useState<MgovSkipReason>(operatorSkipReasons.mgov[0])
  return (
    <div className="skip-row">
      <div className="field">
        <label htmlFor="skip-reason">{t('issue.mgov.skipReason')}</label>
        <select
          id="skip-reason"
          className="input"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value as MgovSkipReason)}
        >
          {operatorSkipReasons.mgov.map((name) => (
            <option key={name} value={name}>
              {t(`outcome.skipped.${name}`)}
            </option>
          ))}
        </select>
      </div>
      <Button kind="secondary" disabled={disabled} onPress={() => onSkip(reason)}>
        {t('issue.mgov.skip')}
      </Button>
    </div>
  )
}
