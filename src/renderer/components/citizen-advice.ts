import { type Language, languages } from '../../shared/domain/language.ts'
import type { MessageKey } from '../i18n/ru.ts'

const ADVICE: Readonly<Record<string, MessageKey>> = {
  'portal.life-status': 'issue.refused.tell.documentation',
  'portal.exclusion-sign': 'issue.refused.tell.documentation',
  'portal.prosecutor-record': 'issue.refused.tell.prosecutor',
  'portal.person-unknown': 'issue.refused.tell.unknown',
  'portal.signature-rejected': 'issue.refused.tell.later',
  'portal.failed': 'issue.refused.tell.later',
}

/**
 * What the operator tells a citizen whom the portal refused: where to go and with which papers, by the instruction
 * «Регистрация нового пользователя на Портале», section III.
 * @returns undefined where the failure is not the portal's answer about the citizen's request.
 */
export function citizenAdvice(code: string): MessageKey | undefined {
  return ADVICE[code]
}

/** In which languages the words for the citizen are shown: the operator's first, and always both languages of the state. */
export function citizenLanguages(operators: Language): readonly Language[] {
  return [operators, ...languages.filter((language) => language !== operators && language !== 'en')]
}
