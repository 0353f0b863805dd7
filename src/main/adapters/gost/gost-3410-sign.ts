import { randomBytes } from 'node:crypto'
import { gost3410DigestToScalar } from './gost-3410-digest.ts'
import { drawGost3410Nonce } from './gost-3410-nonce.ts'
import { type Gost3410PrivateKey, readGost3410Scalar } from './gost-3410-private-key.ts'
import { solveGost3410Signature } from './gost-3410-signature-equation.ts'

export interface Gost3410SignOptions {
  /** Stays the caller's: it is neither kept nor wiped. */
  readonly privateKey: Gost3410PrivateKey
  /** The digest as the hash gives it: 32 bytes with 256-bit parameters, 64 with 512-bit ones. */
  readonly digest: Uint8Array
  /** The system's generator unless a test replaces it. */
  readonly random?: (length: number) => Uint8Array
}

/**
 * Signs a digest with ГОСТ 34.10-2015: RFC 7091 section 6.1, with a hedged nonce.
 *
 * What is constant-time and what is not: the multiplication k·P runs a sequence of point operations that does not
 * depend on k, over a scalar blinded anew each time. The numbers themselves are JavaScript bigints, whose operations
 * take a time that depends a little on their values, and neither they nor the copies that the JavaScript engine makes
 * can be wiped. That is enough on a workstation where no one measures single signatures; elsewhere use a token.
 * @returns r ‖ s, each little-endian and `parameters.size` long: Kazakhstan's order.
 * @throws RangeError where the key or the digest is not of these parameters, and whatever `random` throws.
 */
export function gost3410Sign({ privateKey, digest, random = randomBytes }: Gost3410SignOptions): Uint8Array {
  const { parameters } = privateKey
  const d = readGost3410Scalar(privateKey)
  if (d === undefined) throw new RangeError('private key out of range')
  if (digest.length !== parameters.size) throw new RangeError(`digest of ${digest.length} bytes`)
  const entropy = random(parameters.size)
  if (entropy.length !== parameters.size) throw new RangeError(`entropy of ${entropy.length} bytes`)
  const e = gost3410DigestToScalar(parameters, digest)
  const attempt = (k: bigint): Uint8Array | undefined => solveGost3410Signature({ parameters, d, e, k })
  return drawGost3410Nonce({ privateKey, digest, entropy, attempt })
}
