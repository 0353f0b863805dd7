import { describe, expect, test } from 'vitest'
import { fitSize } from '../../../../../src/main/adapters/envelope-pdf/fit-size.ts'

describe('fitting a line', () => {
  test('leaves the size of what fits', () => {
    expect(fitSize({ natural: 100, available: 100, size: 20, minSize: 8 })).toBe(20)
    expect(fitSize({ natural: 10, available: 100, size: 20, minSize: 8 })).toBe(20)
  })

  test('shrinks what is too wide until it fits exactly', () => {
    expect(fitSize({ natural: 200, available: 100, size: 20, minSize: 8 })).toBe(10)
    expect(fitSize({ natural: 250, available: 100, size: 20, minSize: 8 })).toBe(8)
  })

  test('gives up where the line would be hard to read', () => {
    expect(fitSize({ natural: 251, available: 100, size: 20, minSize: 8 })).toBeUndefined()
  })
})
