import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createStreebog } from '../../../../../src/main/adapters/gost/streebog.ts'

/** RFC 6986 section 10 prints messages and digests with the last octet first; here they stand in the order of files. */
const M1 = Buffer.from('012345678901234567890123456789012345678901234567890123456789012')
/** «Се ветри, Стрибожи внуци, веютъ с моря стрѣлами на храбрыя плъкы Игоревы» in windows-1251. */
const M2 = Buffer.from(
  'd1e520e2e5f2f0e82c20d1f2f0e8e1eee6e820e2edf3f6e82c20e2e5fef2fa20f120eceef0ff20f1f2f0e5ebe0ece820ede020f5f0e0e1f0' +
    'fbff20efebfaeafb20c8e3eef0e5e2fb',
  'hex',
)

const hash = (bits: 256 | 512, message: Uint8Array): string =>
  Buffer.from(createStreebog({ bits }).update(message).digest()).toString('hex')

describe('Streebog', () => {
  test.each([
    [
      'first example of RFC 6986',
      M1,
      '1b54d01a4af5b9d5cc3d86d68d285462b19abc2475222f35c085122be4ba1ffa00ad30f8767b3a82384c6574f024c311e2a481332b08ef7f41797891c1646f48',
      '9d151eefd8590b89daa6ba6cb74af9275dd051026bb149a452fd84e5e57b5500',
    ],
    [
      'second example of RFC 6986',
      M2,
      '1e88e62226bfca6f9994f1f2d51569e0daf8475a3b0fe61a5300eee46d961376035fe83549ada2b8620fcd7c496ce5b33f0cb9dddc2b6460143b03dabac9fb28',
      '9dd2fe4e90409e5da87f53976d7405b0c0cac628fc669a741d50063c557e8f50',
    ],
    [
      'empty message',
      Buffer.alloc(0),
      '8e945da209aa869f0455928529bcae4679e9873ab707b55315f56ceb98bef0a7362f715528356ee83cda5f2aac4c6ad2ba3a715c1bcd81cb8e9f90bf4c1c1a8a',
      '3f539a213e97c802cc229d474c6aa32a825a360b2a933a949fd925208d9ce1bb',
    ],
  ])('gives the published digests of the %s', (_, message, with512, with256) => {
    expect(hash(512, message)).toBe(with512)
    expect(hash(256, message)).toBe(with256)
  })

  test('carries over the whole width when the blocks are added up', () => {
    // Judged by OpenSSL's gost engine: 0xff octets make every word of the sum overflow into the next.
    expect(hash(512, Buffer.alloc(192, 0xff))).toBe(
      '55d8f76f0894bde0ec14c906f95be44ec9eac0ab5d05fb1a8aa92bee629b1dab9f1d2552e2d3a1aab9ce2c07941b06dbac5baff6ce461df2f7c60a8a763cc1e9',
    )
  })

  test('gives one digest however the message is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.array(fc.nat(150), { maxLength: 12 }), (message, cuts) => {
        const whole = createStreebog({ bits: 512 }).update(message).digest()
        const inPieces = createStreebog({ bits: 512 })
        let offset = 0
        for (const cut of cuts) {
          inPieces.update(message.subarray(offset, offset + cut))
          offset += cut
        }
        expect(inPieces.update(message.subarray(offset)).digest()).toEqual(whole)
      }),
    )
  })

  test('leaves what it was given unchanged and keeps no view of it', () => {
    const message = Buffer.from('the same bytes')
    const hashing = createStreebog({ bits: 256 }).update(message)
    message.fill(0)
    expect(Buffer.from(hashing.digest()).toString('hex')).toBe(hash(256, Buffer.from('the same bytes')))
  })

  test('is spent once the digest has been taken', () => {
    const hashing = createStreebog({ bits: 512 })
    hashing.digest()
    expect(() => hashing.update(M1)).toThrow('taken')
    expect(() => hashing.digest()).toThrow('taken')
  })

  test('says how long its digest is', () => {
    expect(createStreebog({ bits: 256 }).outputLength).toBe(32)
    expect(createStreebog({ bits: 512 }).outputLength).toBe(64)
  })
})
