import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeDetails, encodeDetails } from '../../../../../src/main/adapters/audit-sqlite/canonical-details.ts'

describe('details', () => {
  it('are written with sorted keys, also where keys look like numbers', () => {
    expect(encodeDetails({ b: 'x', '2': 'y', '10': 'z', a: '"\\\n\u0001Ж' })).toBe(
      '{"10":"z","2":"y","a":"\\"\\\\\\n\\u0001Ж","b":"x"}',
    )
  })

  it('come back as they were, whatever the order in which they were given', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.string()), (details) => {
        expect(decodeDetails(encodeDetails(details))).toEqual({ ...details })
        const reversed = Object.fromEntries(Object.entries(details).reverse())
        expect(encodeDetails(reversed)).toBe(encodeDetails(details))
      }),
    )
  })

  it.each(['', '{', '[]', 'null', '"x"', '{"a":1}', '{"a":{}}'])(
    'that nobody could have written are left out: %s',
    (json) => {
      expect(decodeDetails(json)).toBeUndefined()
    },
  )
})
