import { bytesToNumberLE } from '@noble/curves/utils.js'
import { gost3410DigestToScalar } from './gost-3410-digest.ts'
import type { Gost3410PublicKey } from './gost-3410-public-key.ts'

export interface Gost3410VerifyOptions {
  readonly publicKey: Gost3410PublicKey
  /** The digest as the hash gives it: 32 bytes with 256-bit parameters, 64 with 512-bit ones. */
  readonly digest: Uint8Array
  /** r ‖ s, each little-endian and `parameters.size` long: Kazakhstan's order. */
  readonly signature: Uint8Array
}

/**
 * Verifies a signature of ГОСТ 34.10-2015, GOST R 34.10-2012 or ГОСТ 34.310-2004: RFC 7091 section 6.2.
 * @returns false for every signature that does not verify, malformed ones included; never throws.
 */
export function gost3410Verify({ publicKey, digest, signature }: Gost3410VerifyOptions): boolean {
  const { parameters, point } = publicKey
  const { q, size, Point } = parameters
  if (digest.length !== size || signature.length !== 2 * size) return false
  const r = bytesToNumberLE(signature.subarray(0, size))
  const s = bytesToNumberLE(signature.subarray(size))
  if (r === 0n || r >= q || s === 0n || s >= q) return false
  const v = Point.Fn.inv(gost3410DigestToScalar(parameters, digest))
  const z1 = Point.Fn.mul(s, v)
  const z2 = Point.Fn.neg(Point.Fn.mul(r, v))
  const c = Point.BASE.multiplyUnsafe(z1).add(point.multiplyUnsafe(z2))
  return !c.is0() && c.x % q === r
}
