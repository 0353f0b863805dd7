import { expect, test } from 'vitest'
import { decryptRc2Cbc } from '../../../../../src/main/adapters/keystore/rc2.ts'

/** RFC 2268, 5: key, effective key length in bits, plaintext, ciphertext. */
const vectors = [
  ['0000000000000000', 63, '0000000000000000', 'ebb773f993278eff'],
  ['ffffffffffffffff', 64, 'ffffffffffffffff', '278b27e42e2f0d49'],
  ['3000000000000000', 64, '1000000000000001', '30649edf9be7d2c2'],
  ['88', 64, '0000000000000000', '61a8a244adacccf0'],
  ['88bca90e90875a', 64, '0000000000000000', '6ccf4308974c267f'],
  ['88bca90e90875a7f0f79c384627bafb2', 64, '0000000000000000', '1a807d272bbe5db1'],
  ['88bca90e90875a7f0f79c384627bafb2', 128, '0000000000000000', '2269552ab0f85ca6'],
  ['88bca90e90875a7f0f79c384627bafb216f80a6f85920584c42fceb0be255daf1e', 129, '0000000000000000', '5b78d3a43dfff1f1'],
] as const

const hex = (text: string) => Buffer.from(text, 'hex')
const decrypt = (key: string, effectiveBits: number, ciphertext: string, iv = '0000000000000000') =>
  decryptRc2Cbc({ key: hex(key), effectiveBits, iv: hex(iv), ciphertext: hex(ciphertext) }).toString('hex')

test.each(vectors)('the vector of RFC 2268 with key %s and %i bits decrypts', (key, bits, plaintext, ciphertext) => {
  expect(decrypt(key, bits, ciphertext)).toBe(plaintext)
})

test('CBC adds the block before, and the initialization vector to the first', () => {
  const [key, bits, , ciphertext] = vectors[6]
  expect(decrypt(key, bits, `${ciphertext}${ciphertext}`, 'ff00ff00ff00ff00')).toBe(`ff00ff00ff00ff00${ciphertext}`)
})

test('a part of a block is refused', () => {
  expect(() => decrypt('88', 64, '61a8a244adaccc')).toThrow(RangeError)
})
