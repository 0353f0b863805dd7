import { Field } from '@noble/curves/abstract/modular.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createGost3410Field } from '../../../../../src/main/adapters/gost/gost-3410-field.ts'

describe.each([
  [256, 617n],
  [512, 569n],
])('the field of 2^%i - %s elements', (bits, c) => {
  const p = (1n << BigInt(bits)) - c
  const [ours, judge] = [createGost3410Field({ p, bits }), Field(p)]
  const edges = [0n, 1n, 2n, c - 1n, c, c + 1n, p / 2n, 1n << BigInt(bits / 2), p - c, p - 2n, p - 1n]
  const element = fc.oneof(fc.constantFrom(...edges), fc.bigInt({ min: 0n, max: p - 1n }))

  test.each(['add', 'sub', 'mul'] as const)('%s agrees with division', (operation) => {
    for (const left of edges) for (const right of edges) agree(left, right)
    fc.assert(fc.property(element, element, agree), { numRuns: 2_000 })

    function agree(left: bigint, right: bigint): void {
      expect(ours[operation](left, right)).toBe(judge[operation](left, right))
    }
  })

  test.each(['neg', 'sqr', 'inv'] as const)('%s agrees with division', (operation) => {
    const agree = (value: bigint): void => {
      expect(ours[operation](value)).toBe(judge[operation](value))
    }
    // Nothing is the inverse of zero.
    const elements = operation === 'inv' ? element.filter((value) => value !== 0n) : element
    for (const edge of edges) if (edge !== 0n || operation !== 'inv') agree(edge)
    fc.assert(fc.property(elements, agree), { numRuns: 500 })
  })
})

test.each([
  [512, 2n ** 512n + 75n],
  [512, 2n ** 511n - 187n],
])('%i bits: a prime that is not just below the power gets the library’s field', (bits, p) => {
  expect(createGost3410Field({ p, bits }).mul(p - 1n, p - 1n)).toBe(1n)
})
