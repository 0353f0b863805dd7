import { describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { drawGost3410Nonce } from '../../../../../src/main/adapters/gost/gost-3410-nonce.ts'
import {
  cryptoProParamSetA,
  tc26Gost3410With256ParamSetA,
  tc26Gost3410With512ParamSetA,
} from '../../../../../src/main/adapters/gost/gost-3410-parameter-sets.ts'
import { gost3410Sign } from '../../../../../src/main/adapters/gost/gost-3410-sign.ts'
import { gost3410Verify } from '../../../../../src/main/adapters/gost/gost-3410-verify.ts'
import { createStreebog } from '../../../../../src/main/adapters/gost/streebog.ts'
import { everyAlgorithm, littleEndian } from './key-material.ts'

const parameters = tc26Gost3410With512ParamSetA
const { privateKey, publicKey } = generateGost3410KeyPair(parameters)
const digestOf = (text: string): Uint8Array => createStreebog({ bits: 512 }).update(Buffer.from(text)).digest()
const rOf = (signature: Uint8Array): string => Buffer.from(signature.subarray(0, parameters.size)).toString('hex')
/** A generator that is broken: always the same. */
const constantRandom = (length: number): Uint8Array => new Uint8Array(length).fill(0x42)

describe('the nonce', () => {
  test('never repeats: a thousand signatures of one digest have a thousand different r', () => {
    const digest = digestOf('one and the same')
    const seen = new Set(Array.from({ length: 1000 }, () => rOf(gost3410Sign({ privateKey, digest }))))
    expect(seen.size).toBe(1000)
  })

  test('differs between digests even where the random generator is broken', () => {
    const seen = new Set(
      Array.from({ length: 100 }, (_, index) =>
        rOf(gost3410Sign({ privateKey, digest: digestOf(`document ${index}`), random: constantRandom })),
      ),
    )
    expect(seen.size).toBe(100)
  })

  test('differs between keys even where the random generator is broken', () => {
    const digest = digestOf('one document')
    const other = generateGost3410KeyPair(parameters).privateKey
    const r = rOf(gost3410Sign({ privateKey, digest, random: constantRandom }))
    expect(rOf(gost3410Sign({ privateKey: other, digest, random: constantRandom }))).not.toBe(r)
  })

  test('differs between curves even where key, digest and random numbers are the same', () => {
    const scalar = new Uint8Array(32).fill(0x11)
    const digest = new Uint8Array(32).fill(0x22)
    const draw = (curve: typeof parameters): bigint =>
      drawGost3410Nonce({
        privateKey: { parameters: curve, scalar },
        digest,
        entropy: constantRandom(32),
        attempt: (k) => k,
      })
    expect(draw(cryptoProParamSetA)).not.toBe(draw(tc26Gost3410With256ParamSetA))
    expect(draw(cryptoProParamSetA)).toBe(draw(cryptoProParamSetA))
  })

  test('depends on the random numbers', () => {
    const digest = digestOf('one document')
    const first = gost3410Sign({ privateKey, digest, random: constantRandom })
    expect(rOf(gost3410Sign({ privateKey, digest, random: constantRandom }))).toBe(rOf(first))
    const second = gost3410Sign({ privateKey, digest, random: (length) => new Uint8Array(length).fill(0x43) })
    expect(rOf(second)).not.toBe(rOf(first))
    expect(gost3410Verify({ publicKey, digest, signature: second })).toBe(true)
  })

  test.each(everyAlgorithm)('is between 0 and q and uses the whole range: %s', (_, { parameters: curve }) => {
    const entropies = Array.from({ length: 200 }, (_unused, index) => new Uint8Array(curve.size).fill(index))
    const nonces = entropies.map((entropy) =>
      drawGost3410Nonce({
        privateKey: { parameters: curve, scalar: littleEndian(curve, 3n) },
        digest: new Uint8Array(curve.size),
        entropy,
        attempt: (k) => k,
      }),
    )
    expect(nonces.every((k) => k > 0n && k < curve.q)).toBe(true)
    const inUpperHalf = nonces.filter((k) => k > curve.q / 2n).length
    expect(inUpperHalf).toBeGreaterThan(50)
    expect(inUpperHalf).toBeLessThan(150)
  })

  test('is drawn again where the attempt fails', () => {
    const tried: bigint[] = []
    const accepted = drawGost3410Nonce({
      privateKey,
      digest: digestOf('again'),
      entropy: constantRandom(parameters.size),
      attempt: (k) => {
        tried.push(k)
        return tried.length === 3 ? k : undefined
      },
    })
    expect(new Set(tried).size).toBe(3)
    expect(accepted).toBe(tried[2])
  })
})

describe('refusals to sign', () => {
  const digest = digestOf('refused')

  test.each([
    ['zero', littleEndian(parameters, 0n)],
    ['q', littleEndian(parameters, parameters.q)],
    ['above q', new Uint8Array(parameters.size).fill(0xff)],
    ['too short', new Uint8Array(parameters.size - 1).fill(1)],
    ['too long', new Uint8Array(parameters.size + 1).fill(1)],
    ['empty', new Uint8Array(0)],
  ])('a private key that is %s', (_, scalar) => {
    expect(() => gost3410Sign({ privateKey: { parameters, scalar }, digest })).toThrow('private key out of range')
  })

  test.each([0, 32, 63, 65])('a digest of %i bytes', (length) => {
    expect(() => gost3410Sign({ privateKey, digest: new Uint8Array(length) })).toThrow(RangeError)
  })

  test('a generator that fails: no signature is made with less entropy', () => {
    const failing = (): Uint8Array => {
      throw new Error('no entropy')
    }
    expect(() => gost3410Sign({ privateKey, digest, random: failing })).toThrow('no entropy')
    expect(() => gost3410Sign({ privateKey, digest, random: () => new Uint8Array(8) })).toThrow(RangeError)
  })

  test('the key in use is left as it was', () => {
    const before = Uint8Array.from(privateKey.scalar)
    gost3410Sign({ privateKey, digest })
    expect(privateKey.scalar).toEqual(before)
  })
})
