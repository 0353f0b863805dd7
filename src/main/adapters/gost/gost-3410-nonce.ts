import { createHmac } from 'node:crypto'
import { bytesToNumberLE, concatBytes, createHmacDrbg } from '@noble/curves/utils.js'
import type { Gost3410PrivateKey } from './gost-3410-private-key.ts'

export interface Gost3410NonceOptions<T> {
  readonly privateKey: Gost3410PrivateKey
  readonly digest: Uint8Array
  /** Fresh from the system's generator, as long as the key. */
  readonly entropy: Uint8Array
  /** Called with one nonce after another, 0 < k < q, until it returns a value. */
  readonly attempt: (k: bigint) => T | undefined
}

const HMAC_BYTES = 64

/**
 * Draws a hedged nonce: RFC 6979 section 3.6 over HMAC-SHA-512, seeded with the key, the digest and fresh entropy.
 * With good entropy it is random; with entropy that repeats or is known it is still secret, and differs between two
 * digests, so that a broken generator does not give the key away. The name of the curve is in the seed because one
 * nonce on two curves would.
 */
export function drawGost3410Nonce<T>({ privateKey, digest, entropy, attempt }: Gost3410NonceOptions<T>): T {
  const { parameters, scalar } = privateKey
  const { q, size } = parameters
  const excessBits = BigInt(8 * size - q.toString(2).length)
  const seed = concatBytes(scalar, digest, entropy, Buffer.from(parameters.name))
  try {
    return createHmacDrbg<T>(
      HMAC_BYTES,
      size,
      hmacSha512,
    )(seed, (bytes) => {
      const k = bytesToNumberLE(bytes.subarray(0, size)) >> excessBits
      return k > 0n && k < q ? attempt(k) : undefined
    })
  } finally {
    seed.fill(0)
  }
}

function hmacSha512(key: Uint8Array, message: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHmac('sha512', key).update(message).digest())
}
