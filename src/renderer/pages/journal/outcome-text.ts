import { outcomeText as knownOutcomeText } from '../../../shared/contract/event-texts.ts'
import type { Language } from '../../../shared/domain/language.ts'

/** An outcome in words, and one that nobody knows as it was written. */
export function outcomeText(outcome: string, language: Language): string {
  return knownOutcomeText(outcome, language) ?? outcome
}
