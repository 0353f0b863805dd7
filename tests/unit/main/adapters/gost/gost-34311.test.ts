import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGost34311 } from '../../../../../src/main/adapters/gost/gost-34311.ts'

const hash = (message: Uint8Array): string => Buffer.from(createGost34311().update(message).digest()).toString('hex')

describe('ГОСТ 34.311-95', () => {
  test.each([
    // RFC 5831 section 7.3 prints its two digests with the last octet first.
    ['This is message, length=32 bytes', 'b1c466d37519b82e8319819ff32595e047a28cb6f83eff1c6916a815a637fffa'],
    [
      'Suppose the original message has length = 50 bytes',
      '471aba57a60a770d3a76130635c1fbea4ef14de51f78b4ae57dd893b62f55208',
    ],
    ['abc', 'f3134348c44fb1b2a277729e2285ebb5cb5e0f29c975bc753b70497c06a4d51d'],
    ['', 'ce85b99cc46752fffee35cab9a7b0278abb4c2d2055cff685af4912c49490f8d'],
  ])('gives the published digest of %j', (message, digest) => {
    expect(hash(Buffer.from(message))).toBe(digest)
  })

  test('carries over the whole width when the blocks are added up', () => {
    // Judged by RHash: 0xff octets make every word of the sum overflow into the next.
    expect(hash(Buffer.alloc(192, 0xff))).toBe('274397dcf7a5f8d520e67ecf3c157b6e56db832e3e859d5a3f87014253e9907a')
  })

  test('gives one digest however the message is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.array(fc.nat(70), { maxLength: 12 }), (message, cuts) => {
        const inPieces = createGost34311()
        let offset = 0
        for (const cut of cuts) {
          inPieces.update(message.subarray(offset, offset + cut))
          offset += cut
        }
        const digest = inPieces.update(message.subarray(offset)).digest()
        expect(Buffer.from(digest).toString('hex')).toBe(hash(message))
      }),
    )
  })

  test('is spent once the digest has been taken', () => {
    const hashing = createGost34311()
    hashing.digest()
    expect(() => hashing.update(Buffer.from('abc'))).toThrow('taken')
    expect(() => hashing.digest()).toThrow('taken')
  })

  test('says how long its digest is', () => {
    expect(createGost34311().outputLength).toBe(32)
  })
})
