import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeFields } from '../../../../../src/main/adapters/audit-sqlite/canonical-fields.ts'

const anyValue = fc.oneof(
  fc.constant(null),
  fc.maxSafeInteger(),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.uint8Array({ maxLength: 20 }),
)

describe('the canonical form', () => {
  it('is the documented bytes', () => {
    const encoded = encodeFields('d', [null, -2, 'Ж', Buffer.of(9, 8)])
    expect(encoded.toString('hex')).toBe(
      ['0200000001' + '64', '00', '01fffffffffffffffe', '0200000002' + 'd096', '0300000002' + '0908'].join(''),
    )
  })

  it('is the same for the same values and never for other values, or values split in another way', () => {
    fc.assert(
      fc.property(fc.array(anyValue, { maxLength: 6 }), fc.array(anyValue, { maxLength: 6 }), (one, other) => {
        const same = JSON.stringify(one.map(describeValue)) === JSON.stringify(other.map(describeValue))
        expect(encodeFields('d', one).equals(encodeFields('d', other))).toBe(same)
        expect(encodeFields('d', one).equals(encodeFields('e', one))).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('tells an absent value, an empty text and empty bytes apart', () => {
    const forms = [null, '', Buffer.alloc(0), 0].map((value) => encodeFields('d', [value]).toString('hex'))
    expect(new Set(forms).size).toBe(4)
  })

  it.each([1.5, Number.NaN, 2 ** 53])('refuses %s, which SQLite would keep as another number', (value) => {
    expect(() => encodeFields('d', [value])).toThrow(RangeError)
  })
})

function describeValue(value: null | number | string | Uint8Array): string {
  return value instanceof Uint8Array ? `bytes ${Buffer.from(value).toString('hex')}` : `${typeof value} ${value}`
}
