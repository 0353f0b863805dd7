import { concatBytes, numberToBytesLE } from '@noble/curves/utils.js'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'

export interface Gost3410SignatureEquation {
  readonly parameters: Gost3410Parameters
  /** The private key. */
  readonly d: bigint
  /** The digest as a scalar. */
  readonly e: bigint
  /** The nonce, 0 < k < q. It must never serve twice. */
  readonly k: bigint
}

/**
 * r = (k·P).x mod q, s = rd + ke mod q: RFC 7091 section 6.1, steps 3–6, apart from the drawing of k.
 * @returns r ‖ s, each little-endian, or undefined where one of them is zero and another nonce is needed.
 */
export function solveGost3410Signature({ parameters, d, e, k }: Gost3410SignatureEquation): Uint8Array | undefined {
  const { q, size, Point } = parameters
  const r = Point.BASE.multiply(k).x % q
  const s = Point.Fn.add(Point.Fn.mul(r, d), Point.Fn.mul(k, e))
  if (r === 0n || s === 0n) return undefined
  return concatBytes(numberToBytesLE(r, size), numberToBytesLE(s, size))
}
