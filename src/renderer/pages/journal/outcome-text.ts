import { failureText } from '../../../shared/contract/failure-texts.ts'
import type { Language } from '../../../shared/domain/language.ts'
import { skipReasons } from '../../../shared/domain/service-steps.ts'
import type { Translate } from '../../i18n/translator.ts'

/** An outcome in words: a failure code by its text, a known word translated, anything else as it was written. */
export function outcomeText(outcome: string, language: Language, t: Translate): string {
  if (outcome === 'expired') return t('outcome.expired')
  if (outcome === 'done') return t('outcome.done')
  const skipped = skipReasons.find((reason) => reason === outcome)
  if (skipped !== undefined) return t(`outcome.skipped.${skipped}`)
  return failureText(outcome, language)?.text ?? outcome
}
