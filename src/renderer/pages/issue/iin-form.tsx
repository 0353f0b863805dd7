import { type SyntheticEvent, useEffect, useRef } from 'react'
import { failureText } from '../../../shared/contract/failure-texts.ts'
import { type IinFacts, parseIin } from '../../../shared/domain/iin.ts'
import { Button } from '../../components/button.tsx'
import { Checkbox } from '../../components/checkbox.tsx'
import { StateMark } from '../../components/state-mark.tsx'
import { formatDate } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Translate } from '../../i18n/translator.ts'
import { insertText } from '../../scanner/use-scanner.ts'
import { type IssueState, isIinEditable } from './issue-flow.ts'
import { physicalDigit } from './physical-digit.ts'

interface IinFormProps {
  state: IssueState
  onType: (text: string) => void
  onConfirmWarnings: (confirmed: boolean) => void
  onCheck: () => void
}

const IIN_LENGTH = 12

/** The field where a citizen begins: judged while typed, sent by Enter. */
export function IinForm({ state, onType, onConfirmWarnings, onCheck }: IinFormProps) {
  const { language, t } = useI18n()
  const { iin, stage, warningsConfirmed } = state
  const complete = iin.length === IIN_LENGTH
  const parsed = complete ? parseIin(iin, new Date()) : undefined
  const facts = parsed?.ok === true ? parsed.value : undefined
  const asked = stage.name === 'entry' ? stage.problem?.failure.code : undefined
  const errorCode = parsed?.ok === false ? parsed.failure.code : asked === 'iin.format' ? asked : undefined
  const editable = isIinEditable(stage)
  const confirmation = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (asked === 'iin.warning-unconfirmed') confirmation.current?.focus()
  }, [asked])
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (editable) onCheck()
  }
  const error = errorCode === undefined ? undefined : failureText(errorCode, language)

  return (
    <form className="card iin-form" onSubmit={submit} noValidate>
      <div className="iin-row">
        <div className="field">
          <label htmlFor="iin">{t('issue.iin.label')}</label>
          <input
            id="iin"
            className="input iin-input"
            data-next-action={stage.name === 'entry' && state.interrupted === undefined ? '' : undefined}
            inputMode="numeric"
            autoComplete="off"
            spellCheck={false}
            required
            readOnly={!editable}
            value={iin}
            onChange={(event) => onType(event.currentTarget.value)}
            onKeyDown={(event) => {
              const digit = physicalDigit(event.nativeEvent)
              if (digit === undefined) return
              event.preventDefault()
              insertText(digit)
            }}
            aria-invalid={error !== undefined}
            aria-describedby="iin-hint"
          />
        </div>
        {(editable || stage.name === 'checking') && (
          <Button
            type="submit"
            kind={stage.name === 'entry' || stage.name === 'checking' ? 'primary' : 'secondary'}
            pending={stage.name === 'checking'}
            enterHint={stage.name === 'entry'}
          >
            {t('issue.check')}
          </Button>
        )}
      </div>
      <div id="iin-hint" className="iin-hint" hidden={'check' in stage}>
        {error !== undefined && (
          <p className="field-error" role="alert">
            {error.text} {error.action}
          </p>
        )}
        {error === undefined && facts !== undefined && <DecodedIin facts={facts} />}
        {error === undefined && facts === undefined && (
          <p className="quiet">
            {iin === '' ? t('issue.iin.hint') : t('issue.iin.remaining', { count: IIN_LENGTH - iin.length })}
          </p>
        )}
      </div>
      {facts !== undefined && facts.warnings.length > 0 && (
        <div className="iin-warning">
          {facts.warnings.map((warning) => (
            <StateMark key={warning} tone="warning">
              {t(`issue.iin.warning.${warning}`, { birthDate: shownBirthDate(facts, t) })}
            </StateMark>
          ))}
          <Checkbox
            inputRef={confirmation}
            checked={warningsConfirmed}
            disabled={stage.name !== 'entry'}
            invalid={asked === 'iin.warning-unconfirmed'}
            onChange={onConfirmWarnings}
          >
            {t('issue.iin.confirm')}
          </Checkbox>
          {asked === 'iin.warning-unconfirmed' && (
            <p className="field-error" role="alert">
              {failureText(asked, language)?.action}
            </p>
          )}
        </div>
      )}
    </form>
  )
}

function DecodedIin({ facts }: { facts: IinFacts }) {
  const { t } = useI18n()
  const sex = facts.sex === undefined ? t('person.sex.absent') : t(`person.sex.${facts.sex}`)
  return <p className="iin-decoded">{t('issue.iin.decoded', { birthDate: shownBirthDate(facts, t), sex })}</p>
}

function shownBirthDate(facts: IinFacts, t: Translate): string {
  return facts.birthDate === undefined ? t('person.birthDate.absent') : formatDate(facts.birthDate)
}
