import { numberToBytesLE } from '@noble/curves/utils.js'
import type { Gost3410Parameters } from '../../../../../src/main/adapters/gost/gost-3410-parameters.ts'
import { gostAlgorithms } from '../../../../../src/main/adapters/gost/gost-algorithms.ts'

/** Numbers one after the other, each little-endian in the length of the parameters: a key's X ‖ Y, a signature's r ‖ s. */
export function littleEndian({ size }: Gost3410Parameters, ...numbers: readonly bigint[]): Uint8Array {
  return Buffer.concat(numbers.map((number) => numberToBytesLE(number, size)))
}

/** Rows for `test.each`: the name of the algorithm, then the algorithm. */
export const everyAlgorithm = gostAlgorithms.map((algorithm) => [algorithm.name, algorithm] as const)

/** A copy with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = Uint8Array.from(bytes)
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return copy
}
