import type { WeierstrassPoint } from '@noble/curves/abstract/weierstrass.js'
import { bytesToNumberLE, concatBytes, numberToBytesLE } from '@noble/curves/utils.js'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'

/** A validated public key. Only `decodeGost3410PublicKey` and `deriveGost3410PublicKey` make one. */
export interface Gost3410PublicKey {
  readonly parameters: Gost3410Parameters
  readonly point: WeierstrassPoint<bigint>
}

export interface EncodedGost3410PublicKey {
  readonly parameters: Gost3410Parameters
  /** X ‖ Y, each little-endian and `parameters.size` long. */
  readonly bytes: Uint8Array
}

/**
 * Reads and validates a public key: coordinates below p, on the curve, not the point at infinity, and in the
 * subgroup of order q (which matters for the sets whose cofactor is 4).
 * @returns undefined for anything else.
 */
export function decodeGost3410PublicKey({
  parameters,
  bytes,
}: EncodedGost3410PublicKey): Gost3410PublicKey | undefined {
  const { size, Point } = parameters
  if (bytes.length !== 2 * size) return undefined
  try {
    const x = bytesToNumberLE(bytes.subarray(0, size))
    const y = bytesToNumberLE(bytes.subarray(size))
    const point = Point.fromAffine({ x, y })
    point.assertValidity()
    return { parameters, point }
  } catch {
    // The curve library refuses a bad point by throwing.
    return undefined
  }
}

/** @returns X ‖ Y, each little-endian. */
export function encodeGost3410PublicKey({ parameters, point }: Gost3410PublicKey): Uint8Array {
  const { x, y } = point.toAffine()
  return concatBytes(numberToBytesLE(x, parameters.size), numberToBytesLE(y, parameters.size))
}
