import { expect, test } from 'vitest'
import { failureCodes } from '../../../src/shared/contract/failure.ts'
import { refusalAdvice, translatePortalMessage } from '../../../src/shared/contract/refusal-texts.ts'
import { languages } from '../../../src/shared/domain/language.ts'
import { exclusionSignCodes, portalMessages } from '../../../src/shared/domain/reference-data.ts'

test('the refusals of the portal, and nothing else, say what to tell the citizen and where he goes', () => {
  const advised = failureCodes.filter((code) => refusalAdvice(code) !== undefined)
  expect(advised).toEqual(failureCodes.filter((code) => code.startsWith('portal.')))
  expect(refusalAdvice('toString')).toBeUndefined()
  for (const code of advised) {
    const advice = refusalAdvice(code)
    const tell = languages.map((language) => advice?.tell[language])
    expect(new Set(tell).size, code).toBe(languages.length)
    for (const language of languages) expect(advice?.place[language], `${code} ${language}`).toMatch(/\S/)
  }
})

test('each refusal goes to the office of its own', () => {
  expect(refusalAdvice('portal.life-status')?.place.ru).toBe('Отдел документирования населения в ЦОН')
  expect(refusalAdvice('portal.exclusion-sign')).toBe(refusalAdvice('portal.life-status'))
  expect(refusalAdvice('portal.prosecutor-record')?.place.ru).toContain('www.pravstat.kz')
})

test('every refusal of the sources is translated with its own code; Russian is not, and no message is guessed', () => {
  const refusals = [
    portalMessages.deceased,
    portalMessages.prosecutorRecord,
    portalMessages.personUnknown,
    ...exclusionSignCodes.map(portalMessages.excluded),
  ]
  for (const language of ['kk', 'en'] as const) {
    const said = refusals.map((message) => translatePortalMessage(message, language) ?? '')
    expect(new Set(said).size, language).toBe(refusals.length)
    for (const text of said) expect(text).toMatch(language === 'kk' ? /[әғқңөұүһі]/i : /^[^а-яё]+$/i)
    expect(translatePortalMessage(portalMessages.excluded('7'), language)).toContain('7')
  }
  expect(translatePortalMessage(portalMessages.deceased, 'ru')).toBeUndefined()
  expect(translatePortalMessage(`${portalMessages.deceased} `, 'kk')).toBeUndefined()
})
