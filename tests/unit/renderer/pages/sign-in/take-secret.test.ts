import { expect, test } from 'vitest'
import { takeSecret } from '../../../../../src/renderer/pages/sign-in/take-secret.ts'

test('the field is empty once its text was taken as UTF-8 bytes', () => {
  const field = { value: 'пароль1' }
  expect(Buffer.from(takeSecret(field)).toString('utf8')).toBe('пароль1')
  expect(field.value).toBe('')
})
