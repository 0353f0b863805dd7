import { expect, test } from 'vitest'
import { generatePassword } from '../../../../src/stand/portal/generate-password.ts'
import { newPasswordProblem } from '../../../../src/stand/portal-web/password-rules.ts'

const problem = (next: string, current = 'Old-Passw0rd', repeated = next) =>
  newPasswordProblem({ current, next, repeated })

test.each(['Abcdef1!', 'A1b2~~~~', `Aa1!${'x'.repeat(60)}`])('%s is allowed', (next) => {
  expect(problem(next)).toBeUndefined()
})

test.each([
  ['Abcde1!', /короче 8/],
  [`Aa1!${'x'.repeat(61)}`, /длиннее 64/],
  ['Abcdef 1!', /без пробелов/],
  ['Abcdef1!ж', /латинские/],
  ['abcdef1!', /заглавную/],
  ['ABCDEF1!', /строчную/],
  ['Abcdefg!', /цифру/],
  ['Abcdefg1', /знак/],
])('%s is refused and told why', (next, message) => {
  expect(problem(next)).toMatch(message)
})

test('a wrong repetition and the current password are refused', () => {
  expect(problem('Abcdef1!', 'Old-Passw0rd', 'Abcdef1?')).toMatch(/не совпадают/)
  expect(problem('Abcdef1!', 'Abcdef1!')).toMatch(/совпадает с текущим/)
})

test('every issued password keeps the rules that citizens must keep', () => {
  for (let round = 0; round < 500; round += 1) expect(problem(generatePassword().toString('latin1'))).toBeUndefined()
})
