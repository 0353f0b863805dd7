import { type ChangeEvent, type KeyboardEvent, type SyntheticEvent, useEffect, useRef, useState } from 'react'
import { failureText } from '../../../../shared/contract/failure-texts.ts'
import {
  checkIdentityDocument,
  type DocumentKind,
  dayFromTyped,
  dayInKazakhstan,
  documentKinds,
  documentNumbers,
  type IdentityDocument,
  shownDay,
  typedDay,
} from '../../../../shared/domain/identity-document.ts'
import { Button } from '../../../components/button.tsx'
import { FailureAlert } from '../../../components/failure-alert.tsx'
import { useI18n } from '../../../i18n/i18n-context.ts'
import { insertText } from '../../../scanner/use-scanner.ts'
import type { ScannedDocument, Stage } from '../issue-flow.ts'
import { physicalDigit } from '../physical-digit.ts'

interface DocumentPanelProps {
  stage: Extract<Stage, { name: 'document' }>
  scanned: ScannedDocument | undefined
  /** No request follows: the citizen came for mGov alone. */
  mgovOnly: boolean
  onDocument: (document: IdentityDocument, scanned: boolean) => void
  onNext: () => void
}

const WHOLE_DAY = 'DD.MM.YYYY'.length

/** What the operator reads off the document; a full field passes the focus on, and Enter ends the step. */
export function DocumentPanel({ stage, scanned, mgovOnly, onDocument, onNext }: DocumentPanelProps) {
  const { language, t } = useI18n()
  const [kind, setKind] = useState<DocumentKind>('identity-card')
  const [number, setNumber] = useState(scanned?.number ?? '')
  const [until, setUntil] = useState(scanned === undefined ? '' : shownDay(scanned.validUntil))
  const [issued, setIssued] = useState('')
  const [wrong, setWrong] = useState<string>()
  const numberField = useRef<HTMLInputElement>(null)
  const untilField = useRef<HTMLInputElement>(null)
  const submitPlace = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (scanned === undefined) return
    setKind('identity-card')
    setNumber(scanned.number)
    setUntil(shownDay(scanned.validUntil))
    setWrong(undefined)
    submitPlace.current?.querySelector<HTMLElement>('button')?.focus()
  }, [scanned])
  const isScan =
    scanned !== undefined && scanned.number === number && shownDay(scanned.validUntil) === until && issued === ''

  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    const issuedOn = issued === '' ? undefined : (dayFromTyped(issued) ?? '')
    const document: IdentityDocument = {
      kind,
      number,
      validUntil: dayFromTyped(until) ?? '',
      ...(issuedOn === undefined ? {} : { issuedOn }),
    }
    const checked = checkIdentityDocument(document, dayInKazakhstan(new Date()))
    // An expired document goes to the log too: somebody was turned away with it.
    if (checked.ok || checked.failure.code === 'document.expired') {
      setWrong(undefined)
      onDocument(document, isScan)
      return
    }
    setWrong(checked.failure.code)
    const field = checked.failure.code === 'document.number' ? numberField : untilField
    field.current?.focus()
  }
  const typeNumber = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const typed = currentTarget.value.toUpperCase().replace(/[^0-9A-Z]/g, '')
    setNumber(typed)
    setWrong(undefined)
    if (documentNumbers[kind].form.test(typed)) untilField.current?.focus()
  }
  const typeUntil = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    setUntil(typedDay(currentTarget.value))
    setWrong(undefined)
  }
  const error = wrong === undefined ? undefined : failureText(wrong, language)
  const digitKeys = (event: KeyboardEvent) => {
    const digit = physicalDigit(event.nativeEvent)
    if (digit === undefined) return
    event.preventDefault()
    insertText(digit)
  }
  const about = error === undefined ? {} : { 'aria-describedby': 'document-problem' }

  return (
    <section className="panel">
      {stage.problem !== undefined && <FailureAlert title={t('issue.document.failed')} {...stage.problem} />}
      <form className="card document-form" onSubmit={submit} noValidate aria-labelledby="document-title">
        <h2 id="document-title">{t('issue.document.title')}</h2>
        <p className="quiet">{t(isScan ? 'issue.document.scanned' : 'issue.document.text')}</p>
        <div className="document-row">
          <div className="field">
            <label htmlFor="document-kind">{t('issue.document.kind')}</label>
            <select
              id="document-kind"
              className="input"
              value={kind}
              onChange={(event) => setKind(event.currentTarget.value as DocumentKind)}
            >
              {documentKinds.map((name) => (
                <option key={name} value={name}>
                  {t(`issue.document.kind.${name}`)}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor="document-number">{t('issue.document.number')}</label>
            <input
              ref={numberField}
              id="document-number"
              className="input digits-input"
              data-next-action={isScan ? undefined : ''}
              autoComplete="off"
              spellCheck={false}
              required
              maxLength={documentNumbers[kind].length}
              value={number}
              onChange={typeNumber}
              onKeyDown={digitKeys}
              aria-invalid={wrong === 'document.number'}
              {...about}
            />
          </div>
          <div className="field">
            <label htmlFor="document-until">{t('issue.document.validUntil')}</label>
            <input
              ref={untilField}
              id="document-until"
              className="input digits-input"
              inputMode="numeric"
              placeholder={t('issue.document.dateForm')}
              autoComplete="off"
              required
              maxLength={WHOLE_DAY}
              value={until}
              onChange={typeUntil}
              onKeyDown={digitKeys}
              aria-invalid={wrong === 'document.date'}
              {...about}
            />
          </div>
          <div className="field">
            <label htmlFor="document-issued">{t('issue.document.issuedOn')}</label>
            <input
              id="document-issued"
              className="input digits-input"
              inputMode="numeric"
              placeholder={t('issue.document.dateForm')}
              autoComplete="off"
              maxLength={WHOLE_DAY}
              value={issued}
              onChange={(event) => setIssued(typedDay(event.currentTarget.value))}
              onKeyDown={digitKeys}
            />
          </div>
        </div>
        {error !== undefined && (
          <p id="document-problem" className="field-error" role="alert">
            {error.text} {error.action}
          </p>
        )}
        <div className="actions" ref={submitPlace}>
          <Button kind="quiet" onPress={onNext}>
            {t('issue.next')}
          </Button>
          <Button type="submit" nextAction={isScan} enterHint pending={stage.recording === true}>
            {t(
              stage.check.steps?.agreement === true && stage.reissueReason === undefined
                ? 'issue.document.submitAndPrint'
                : mgovOnly
                  ? 'issue.document.submit'
                  : 'issue.document.submitAndSend',
            )}
          </Button>
        </div>
      </form>
    </section>
  )
}
