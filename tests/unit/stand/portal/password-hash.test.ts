import { expect, test } from 'vitest'
import { hashPassword, isPasswordRight } from '../../../../src/stand/portal/password-hash.ts'

const password = Buffer.from('Abcdef1!')

test('only the password that was hashed is right, and two hashes of it differ', async () => {
  const [first, second] = await Promise.all([hashPassword(password), hashPassword(password)])
  expect(await isPasswordRight(password, first)).toBe(true)
  expect(await isPasswordRight(Buffer.from('Abcdef1?'), first)).toBe(false)
  expect(await isPasswordRight(Buffer.alloc(0), first)).toBe(false)
  expect(first.salt).not.toBe(second.salt)
  expect(first.hash).not.toBe(second.hash)
})

test('nothing is right where there is no hash', async () => {
  expect(await isPasswordRight(password, undefined)).toBe(false)
})
