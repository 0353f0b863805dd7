import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { precomputeGost3410PublicKey } from '../../../../../src/main/adapters/gost/gost-3410-precompute.ts'
import { readGost3410Scalar } from '../../../../../src/main/adapters/gost/gost-3410-private-key.ts'
import { gost3410Sign } from '../../../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost3410Verify } from '../../../../../src/main/adapters/gost/gost-3410-verify.ts'
import { everyAlgorithm, flipBit, littleEndian } from './key-material.ts'

describe.each(everyAlgorithm)('%s', (_, { parameters, createHash }) => {
  const { q, size } = parameters
  const { privateKey, publicKey } = generateGost3410KeyPair(parameters)
  const digest = createHash().update(Buffer.from('Өтініш')).digest()
  const signature = gost3410Sign({ privateKey, digest })
  const [r, s] = [signature.subarray(0, size), signature.subarray(size)]
  const accepts = (forged: Uint8Array, signed: Uint8Array = digest): boolean =>
    gost3410Verify({ publicKey, digest: signed, signature: forged })
  const number = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)

  test('accepts the right signature, from a Buffer and from a view into something larger', () => {
    expect(accepts(signature)).toBe(true)
    expect(accepts(Buffer.from(signature), Buffer.from(digest))).toBe(true)
    const larger = Buffer.concat([Buffer.alloc(3, 0xff), signature, Buffer.alloc(3, 0xff)])
    expect(accepts(larger.subarray(3, 3 + 2 * size))).toBe(true)
  })

  test('accepts signatures of random keys over random digests', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: size, maxLength: size }), (random) => {
        const pair = generateGost3410KeyPair(parameters)
        const made = gost3410Sign({ privateKey: pair.privateKey, digest: random })
        expect(gost3410Verify({ publicKey: pair.publicKey, digest: random, signature: made })).toBe(true)
        expect(gost3410Verify({ publicKey, digest: random, signature: made })).toBe(false)
      }),
      { numRuns: 10 },
    )
  })

  test('refuses the signature with any one octet changed, and the digest likewise', () => {
    for (let octet = 0; octet < 2 * size; octet++) {
      expect(accepts(flipBit(signature, 8 * octet + (octet % 8)))).toBe(false)
    }
    for (let octet = 0; octet < size; octet += 4) {
      expect(accepts(signature, flipBit(digest, 8 * octet + (octet % 8)))).toBe(false)
    }
  })

  test.each([
    ['r = 0', littleEndian(parameters, 0n, number(s))],
    ['s = 0', littleEndian(parameters, number(r), 0n)],
    ['r = s = 0', new Uint8Array(2 * size)],
    ['r = q', littleEndian(parameters, q, number(s))],
    ['s = q', littleEndian(parameters, number(r), q)],
    ['all ones', new Uint8Array(2 * size).fill(0xff)],
    ['s negated', littleEndian(parameters, number(r), q - number(s))],
    ['r negated', littleEndian(parameters, q - number(r), number(s))],
    ['s before r', Buffer.concat([s, r])],
    ['the big-endian order of RFC 4491', Uint8Array.from(signature).reverse()],
    ['r and s big-endian in their places', Buffer.concat([Buffer.from(r).reverse(), Buffer.from(s).reverse()])],
    ['nothing', new Uint8Array(0)],
    ['one octet too few', signature.subarray(1)],
    ['one octet cut off', signature.subarray(0, 2 * size - 1)],
    ['one octet too many', Buffer.concat([signature, Buffer.alloc(1)])],
    ['twice as long', Buffer.concat([signature, signature])],
    ['a zero octet more in each number', Buffer.concat([r, Buffer.alloc(1), s, Buffer.alloc(1)])],
    ['a million octets', Buffer.alloc(1_000_000, 1)],
  ])('refuses a signature with %s', (_name, forged) => {
    expect(accepts(forged)).toBe(false)
  })

  test('refuses r and s that are right modulo q but not below it', () => {
    // Only where 2^(8·size) leaves room above q; else the number does not fit, which is the same refusal.
    const limit = 1n << BigInt(8 * size)
    for (const [first, second] of [
      [number(r) + q, number(s)],
      [number(r), number(s) + q],
    ] as const) {
      if (first < limit && second < limit) expect(accepts(littleEndian(parameters, first, second))).toBe(false)
    }
  })

  test('refuses a signature made so that the sum of points is the point at infinity', () => {
    const d = readGost3410Scalar(privateKey) ?? 0n
    const chosen = 5n
    expect(accepts(littleEndian(parameters, chosen, parameters.Point.Fn.mul(chosen, d)))).toBe(false)
  })

  test.each([
    ['shorter', digest.subarray(1)],
    ['longer', Buffer.concat([digest, Buffer.alloc(1)])],
    ['empty', new Uint8Array(0)],
    ['of the other length', new Uint8Array(size === 32 ? 64 : 32)],
    ['big-endian', Uint8Array.from(digest).reverse()],
  ])('refuses a digest that is %s', (_name, changed) => {
    expect(accepts(signature, changed)).toBe(false)
  })

  test('judges alike once the key is precomputed', () => {
    const pair = generateGost3410KeyPair(parameters)
    const made = gost3410Sign({ privateKey: pair.privateKey, digest })
    precomputeGost3410PublicKey(pair.publicKey)
    expect(gost3410Verify({ publicKey: pair.publicKey, digest, signature: made })).toBe(true)
    expect(gost3410Verify({ publicKey: pair.publicKey, digest, signature: flipBit(made, 9) })).toBe(false)
    expect(gost3410Verify({ publicKey: pair.publicKey, digest, signature })).toBe(false)
  })
})
