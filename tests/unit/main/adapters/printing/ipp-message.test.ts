import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeIppResponse, encodeIppRequest, ippTag } from '../../../../../src/main/adapters/printing/ipp-message.ts'
import { attribute, group, integer, message, text } from '../../../../support/printing/ipp-server.ts'

describe('an IPP request', () => {
  test('is encoded as the example of RFC 8010, appendix A.1, begins', () => {
    const bytes = encodeIppRequest({
      operation: 2,
      requestId: 1,
      operationAttributes: [{ tag: ippTag.charset, name: 'attributes-charset', values: ['utf-8'] }],
      jobAttributes: [{ tag: ippTag.integer, name: 'copies', values: [20] }],
    })
    expect(bytes.toString('hex')).toBe(
      [
        '0200000200000001',
        '01',
        `470012${Buffer.from('attributes-charset').toString('hex')}0005${Buffer.from('utf-8').toString('hex')}`,
        '02',
        `210006${Buffer.from('copies').toString('hex')}000400000014`,
        '03',
      ].join(''),
    )
  })

  test('repeats no name for further values', () => {
    const bytes = encodeIppRequest({
      operation: 0x0b,
      requestId: 9,
      operationAttributes: [{ tag: ippTag.keyword, name: 'requested-attributes', values: ['a', 'b'] }],
    })
    expect(bytes.toString('latin1').split('requested-attributes')).toHaveLength(2)
    expect(bytes.subarray(-6).toString('hex')).toBe('000000016203')
  })

  test('refuses what no length field can count', () => {
    const long = { tag: ippTag.text, name: 'x', values: ['y'.repeat(0x8000)] }
    expect(() => encodeIppRequest({ operation: 2, requestId: 1, operationAttributes: [long] })).toThrow(RangeError)
  })
})

describe('an IPP response', () => {
  const whole = message(0, 5, [
    group(4, [
      integer(0x23, 'printer-state', 3),
      text(0x44, 'media-ready', 'a', 'b'),
      attribute(0x22, 'flag', Buffer.of(1)),
      attribute(0x13, 'time-at-processing', Buffer.alloc(0)),
      attribute(0x35, 'said', Buffer.from('0002656e00024f4b', 'hex')),
      // A collection with a collection inside.
      attribute(0x34, 'media-col', Buffer.alloc(0)),
      attribute(0x4a, '', Buffer.from('media-size')),
      attribute(0x34, '', Buffer.alloc(0)),
      attribute(0x4a, '', Buffer.from('x-dimension')),
      integer(0x21, '', 21000),
      attribute(0x37, '', Buffer.alloc(0)),
      attribute(0x37, '', Buffer.alloc(0)),
      integer(0x21, 'after', 7),
    ]),
  ])

  test('is read with its values, collections passed over', () => {
    const response = decodeIppResponse(whole)
    expect(response?.status).toBe(0)
    expect(response?.requestId).toBe(5)
    const printer = response?.groups[1]?.attributes
    expect(printer?.get('printer-state')).toEqual([3])
    expect(printer?.get('media-ready')).toEqual(['a', 'b'])
    expect(printer?.get('flag')).toEqual([true])
    expect(printer?.get('time-at-processing')).toEqual([{ outOfBand: 0x13 }])
    expect(printer?.get('said')).toEqual(['OK'])
    expect(printer?.get('after')).toEqual([7])
  })

  test('is refused when cut anywhere', () => {
    for (let length = 0; length < whole.length; length++) {
      expect(decodeIppResponse(whole.subarray(0, length)), String(length)).toBeUndefined()
    }
  })

  test.each([
    ['a value before any group', Buffer.from('020000000000000121000161000400000001', 'hex')],
    ['a further value before a first', message(0, 1, [group(4, [integer(0x21, '', 1)])])],
    ['one name twice', message(0, 1, [group(4, [integer(0x21, 'a', 1), integer(0x21, 'a', 2)])])],
    ['an integer of three octets', message(0, 1, [group(4, [attribute(0x21, 'a', Buffer.alloc(3))])])],
    ['a collection without an end', message(0, 1, [group(4, [attribute(0x34, 'a', Buffer.alloc(0))])])],
    [
      'collections nested without a bound',
      message(0, 1, [
        group(4, [
          attribute(0x34, 'a', Buffer.alloc(0)),
          ...Array.from({ length: 5000 }, () => attribute(0x34, '', Buffer.alloc(0))),
        ]),
      ]),
    ],
    ['version 9', Buffer.concat([Buffer.of(9, 0), message(0, 1, []).subarray(2)])],
  ])('is refused with %s', (_what, bytes) => {
    expect(decodeIppResponse(bytes)).toBeUndefined()
  })

  test('never throws, whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(whole.length - 1), fc.nat(255), (noise, at, byte) => {
        decodeIppResponse(Buffer.from(noise))
        const changed = Buffer.from(whole)
        changed[at] = byte
        decodeIppResponse(changed)
      }),
      { numRuns: 3000 },
    )
  })
})
