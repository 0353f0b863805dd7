import { bytesToNumberLE } from '@noble/curves/utils.js'
import type { Gost3410Parameters } from './gost-3410-parameters.ts'

/** The number e of ГОСТ 34.10 (RFC 7091 section 6.1, step 2): the digest read little-endian, modulo q, 0 counted as 1. */
export function gost3410DigestToScalar(parameters: Gost3410Parameters, digest: Uint8Array): bigint {
  const e = bytesToNumberLE(digest) % parameters.q
  return e === 0n ? 1n : e
}
