import { Field, type IField } from '@noble/curves/abstract/modular.js'

/**
 * The field of p elements. Every curve of ГОСТ 34.10 in use has p = 2^bits − c with a small c: what stands above the bits
 * comes down c-fold (2^bits ≡ c), where the library's own field divides, also after an addition. Another p, such as the
 * one of the standard's example, gets the library's field. All elements are reduced.
 */
export function createGost3410Field({ p, bits }: { readonly p: bigint; readonly bits: number }): IField<bigint> {
  const field = Field(p)
  const width = BigInt(bits)
  const c = (1n << width) - p
  if (c <= 0n || c >= 1n << 32n) return field

  // 2·bits come down to bits + 33, then to bits + 1: one subtraction is left.
  const fold = (value: bigint): bigint => BigInt.asUintN(bits, value) + (value >> width) * c
  const reduce = (product: bigint): bigint => {
    const folded = fold(fold(product))
    return folded >= p ? folded - p : folded
  }
  return Object.create(field, {
    add: {
      value(left: bigint, right: bigint): bigint {
        const sum = left + right
        return sum >= p ? sum - p : sum
      },
    },
    sub: {
      value(left: bigint, right: bigint): bigint {
        const difference = left - right
        return difference < 0n ? difference + p : difference
      },
    },
    neg: { value: (element: bigint): bigint => (element === 0n ? 0n : p - element) },
    mul: { value: (left: bigint, right: bigint): bigint => reduce(left * right) },
    sqr: { value: (element: bigint): bigint => reduce(element * element) },
  })
}
