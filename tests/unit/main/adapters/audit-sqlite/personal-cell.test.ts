import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lookupValue, openCell, sealCell } from '../../../../../src/main/adapters/audit-sqlite/personal-cell.ts'
import { madeUpIin } from './audit-log-fixture.ts'

const dataKey = randomBytes(32)
const place = { logId: randomBytes(16), seq: 7, column: 'iin_cipher' } as const

describe('a personal cell', () => {
  it('opens under its key and in its place, for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        expect(openCell({ dataKey, place, sealed: sealCell({ dataKey, place, text }) })).toBe(text)
      }),
    )
  })

  it('does not open in another row, column or log, nor under another key', () => {
    const sealed = sealCell({ dataKey, place, text: madeUpIin(1) })
    expect(openCell({ dataKey, place: { ...place, seq: 8 }, sealed })).toBeUndefined()
    expect(openCell({ dataKey, place: { ...place, column: 'person_cipher' }, sealed })).toBeUndefined()
    expect(openCell({ dataKey, place: { ...place, logId: randomBytes(16) }, sealed })).toBeUndefined()
    expect(openCell({ dataKey: randomBytes(32), place, sealed })).toBeUndefined()
  })

  it('does not open altered in any byte, or cut', () => {
    const sealed = sealCell({ dataKey, place, text: madeUpIin(1) })
    for (let position = 0; position < sealed.length; position++) {
      const altered = Uint8Array.from(sealed, (byte, index) => (index === position ? byte ^ 1 : byte))
      expect(openCell({ dataKey, place, sealed: altered })).toBeUndefined()
      expect(openCell({ dataKey, place, sealed: sealed.subarray(0, position) })).toBeUndefined()
    }
  })

  it('never looks the same twice, while its lookup value does under one key and not under another', () => {
    const text = madeUpIin(1)
    expect(sealCell({ dataKey, place, text })).not.toEqual(sealCell({ dataKey, place, text }))
    const lookupKey = randomBytes(32)
    expect(lookupValue({ lookupKey, iin: text })).toEqual(lookupValue({ lookupKey, iin: text }))
    expect(lookupValue({ lookupKey, iin: madeUpIin(2) })).not.toEqual(lookupValue({ lookupKey, iin: text }))
    expect(lookupValue({ lookupKey: randomBytes(32), iin: text })).not.toEqual(lookupValue({ lookupKey, iin: text }))
  })
})
