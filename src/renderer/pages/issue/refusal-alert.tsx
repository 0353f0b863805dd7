import { useEffect, useState } from 'react'
import { failureText } from '../../../shared/contract/failure-texts.ts'
import type { RefusalAdvice } from '../../../shared/contract/refusal-texts.ts'
import { translatePortalMessage } from '../../../shared/contract/refusal-texts.ts'
import { type Language, languages } from '../../../shared/domain/language.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { Notice } from '../../components/notice.tsx'
import { References } from '../../components/references.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { Verbatim } from '../../components/verbatim.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { Problem } from './issue-flow.ts'

interface RefusalAlertProps {
  problem: Problem
  advice: RefusalAdvice
}

/** The portal refused: its words, what they say, what to tell the citizen in his language, and a note for him. */
export function RefusalAlert({ problem: { failure, requestId }, advice }: RefusalAlertProps) {
  const { language, t } = useI18n()
  const [spoken, setSpoken] = useState<Language>(language)
  const known = failureText(failure.code, language)
  const message = failure.portalMessage
  const translation = message === undefined ? undefined : translatePortalMessage(message, spoken)
  return (
    <Notice tone="refusal" title={t('issue.refused.title')} role="alert">
      <p>{known?.text ?? t('failure.unlisted')}</p>
      {message !== undefined && <Verbatim>{message}</Verbatim>}
      <CitizenLanguage spoken={spoken} onChange={setSpoken} />
      <dl className="advice">
        {translation !== undefined && (
          <div>
            <dt>{t('issue.refused.translation')}</dt>
            <dd lang={spoken}>{translation}</dd>
          </div>
        )}
        <div>
          <dt>{t('issue.refused.tell')}</dt>
          <dd lang={spoken}>{advice.tell[spoken]}</dd>
        </div>
        <div>
          <dt>{t('issue.refused.place')}</dt>
          <dd lang={spoken}>{advice.place[spoken]}</dd>
        </div>
        <div>
          <dt>{t('common.next')}</dt>
          <dd>{known?.action ?? t('failure.unlisted.action')}</dd>
        </div>
      </dl>
      {requestId !== undefined && <RefusalNote requestId={requestId} language={spoken} />}
      <References requestId={requestId} failure={failure} />
    </Notice>
  )
}

function CitizenLanguage({ spoken, onChange }: { spoken: Language; onChange: (language: Language) => void }) {
  const { t } = useI18n()
  return (
    <fieldset className="citizen-language">
      <legend>{t('issue.refused.language')}</legend>
      {languages.map((language) => (
        <label key={language}>
          <input
            type="radio"
            name="citizen-language"
            checked={spoken === language}
            onChange={() => onChange(language)}
          />
          {t(`issue.refused.language.${language}`)}
        </label>
      ))}
    </fieldset>
  )
}

/** Prints the note by its button, or by Ctrl+P from anywhere on the page. */
function RefusalNote({ requestId, language }: { requestId: string; language: Language }) {
  const arm = useArm()
  const { t } = useI18n()
  const [pending, setPending] = useState(false)
  const [printed, setPrinted] = useState<string>()
  const [failure, setFailure] = useState<ShownFailure>()
  const [asked, setAsked] = useState(0)
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.code !== 'KeyP' || !event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return
      event.preventDefault()
      if (!event.repeat) setAsked((times) => times + 1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another language alone prints nothing.
  useEffect(() => {
    if (asked === 0) return
    setPending(true)
    setFailure(undefined)
    arm.invoke('refusal.print-note', { requestId, language }).then((result) => {
      setPending(false)
      if (result.ok) setPrinted(result.value.place)
      else setFailure(result.failure)
    })
  }, [asked])
  return (
    <div className="refusal-note">
      <Button kind="secondary" pending={pending} onPress={() => setAsked((times) => times + 1)}>
        {t('issue.refused.note')} <kbd>Ctrl+P</kbd>
      </Button>
      <p role="status">{printed !== undefined && t('issue.refused.notePrinted', { place: printed })}</p>
      {failure !== undefined && <FailureAlert title={t('issue.refused.noteFailed')} failure={failure} />}
    </div>
  )
}
