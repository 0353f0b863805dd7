import { expect, test } from 'vitest'
import { gostAlgorithms } from '../../../../../src/main/adapters/gost/gost-algorithms.ts'
import { everyAlgorithm } from './key-material.ts'

test.each(everyAlgorithm)('%s signs digests of the length of its curve', (_, { parameters, createHash }) => {
  expect(createHash().outputLength).toBe(parameters.size)
})

test.each(everyAlgorithm)('%s has a base point of order q', (_, { parameters: { Point, q } }) => {
  expect(
    Point.BASE.multiplyUnsafe(q - 1n)
      .add(Point.BASE)
      .is0(),
  ).toBe(true)
})

test('no two algorithms share an identifier', () => {
  for (const key of ['keyOid', 'curveOid', 'signatureOid', 'digestOid', 'xmlSignatureUri', 'xmlDigestUri'] as const) {
    expect(new Set(gostAlgorithms.map((algorithm) => algorithm[key])).size).toBe(gostAlgorithms.length)
  }
})

test('each hash starts afresh', () => {
  for (const { createHash } of gostAlgorithms) {
    const first = createHash().update(Buffer.from('a')).digest()
    expect(createHash().update(Buffer.from('a')).digest()).toEqual(first)
  }
})
