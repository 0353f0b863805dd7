import { bytesToNumberLE } from '@noble/curves/utils.js'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'
import type { Gost3410PublicKey } from './gost-3410-public-key.ts'

/** A private key. Whoever made or read it owns `scalar` and wipes it (`scalar.fill(0)`) when done. */
export interface Gost3410PrivateKey {
  readonly parameters: Gost3410Parameters
  /** d, 0 < d < q, little-endian, `parameters.size` long. */
  readonly scalar: Uint8Array
}

/** @returns d as a number, or undefined where the bytes are not a private key of these parameters. */
export function readGost3410Scalar({ parameters, scalar }: Gost3410PrivateKey): bigint | undefined {
  if (scalar.length !== parameters.size) return undefined
  const d = bytesToNumberLE(scalar)
  return d > 0n && d < parameters.q ? d : undefined
}

/**
 * The public key d·P of a private key.
 * @throws RangeError where the scalar is out of range: the parser and the generator never make such a key.
 */
export function deriveGost3410PublicKey(privateKey: Gost3410PrivateKey): Gost3410PublicKey {
  const d = readGost3410Scalar(privateKey)
  if (d === undefined) throw new RangeError('private key out of range')
  const { parameters } = privateKey
  return { parameters, point: parameters.Point.BASE.multiply(d) }
}
