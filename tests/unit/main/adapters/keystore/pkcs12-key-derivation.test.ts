import { expect, test } from 'vitest'
import { deriveFromPassword, toBmpPassword } from '../../../../../src/main/adapters/keystore/pkcs12-key-derivation.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

/** The vectors that OpenSSL and BouncyCastle share for the derivation with SHA-1. */
test.each([
  ['smeg', 'key', '0a58cf64530d823f', 1, 24, '8aaae6297b6cb04642ab5b077851284eb7128f1a2a7fbca3'],
  ['smeg', 'iv', '0a58cf64530d823f', 1, 8, '79993dfe048d3b76'],
  ['smeg', 'key', '642b99ab44fb4b1f', 1, 24, 'f3a95fec48d7711e985cfe67908c5ab79fa3d7c5caa5d966'],
  ['smeg', 'iv', '642b99ab44fb4b1f', 1, 8, 'c0a38d64a79bea1d'],
  ['smeg', 'mac', '3d83c0e4546ac140', 1, 20, '8d967d88f6caa9d714800ab3d48051d63f73a312'],
  ['queeg', 'key', '05dec959acff72f7', 1000, 24, 'ed2034e36328830ff09df1e1a07dd357185dac0d4f9eb3d4'],
  ['queeg', 'iv', '05dec959acff72f7', 1000, 8, '11dedad7758d4860'],
  ['queeg', 'key', '1682c0fc5b3f7ec5', 1000, 24, '483dd6e919d7de2e8e648ba8f862f3fbfbdc2bcb2c02957f'],
  ['queeg', 'mac', '263216fcc2fab31c', 1000, 20, '5ec4c7a80df652294c3925b6489a7ab857c83476'],
] as const)('password %s for %s with salt %s', (text, purpose, salt, iterations, length, expected) => {
  const password = toBmpPassword(Buffer.from(text))
  if (password === undefined) throw new Error('the password is UTF-8')
  const derived = deriveFromPassword({ digest: 'sha1', purpose, password, salt: hex(salt), iterations, length })
  expect(derived.toString('hex')).toBe(expected)
})

test.each(['', 'Qwerty12', 'пароль', 'құпия сөз', '€ and 😀', '\u{10ffff}'])(
  '"%s" becomes UTF-16 with two zero octets',
  (text) => {
    const expected = Buffer.from(`${text}\0`, 'utf16le').swap16()
    expect(toBmpPassword(Buffer.from(text, 'utf8'))).toEqual(expected)
  },
)

test.each(['ff', 'c3', 'c328', 'e28228', 'f0288cbc', '80', 'c080', 'f8a1a1a1a1', 'f4908080'])(
  'the octets %s are no UTF-8',
  (octets) => {
    expect(toBmpPassword(hex(octets))).toBeUndefined()
  },
)
