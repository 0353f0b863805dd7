import { expect, test } from 'vitest'
import { citizenAdvice, citizenLanguages } from '../../../../src/renderer/components/citizen-advice.ts'
import { failureCodes } from '../../../../src/shared/contract/failure.ts'

test('every refusal of the portal, and nothing else, comes with words for the citizen', () => {
  const advised = failureCodes.filter((code) => citizenAdvice(code) !== undefined)
  expect(advised).toEqual(failureCodes.filter((code) => code.startsWith('portal.')))
})

test('the register sends to the documentation department, the prosecutor’s record to its own office', () => {
  expect(citizenAdvice('portal.life-status')).toBe('issue.refused.tell.documentation')
  expect(citizenAdvice('portal.exclusion-sign')).toBe('issue.refused.tell.documentation')
  expect(citizenAdvice('portal.prosecutor-record')).toBe('issue.refused.tell.prosecutor')
})

test('the citizen’s words stand in Kazakh and in Russian, whatever language the operator works in', () => {
  expect(citizenLanguages('kk')).toEqual(['kk', 'ru'])
  expect(citizenLanguages('ru')).toEqual(['ru', 'kk'])
  expect(citizenLanguages('en')).toEqual(['en', 'kk', 'ru'])
})
