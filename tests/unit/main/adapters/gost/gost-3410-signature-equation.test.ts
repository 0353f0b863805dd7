import { describe, expect, test } from 'vitest'
import { gost3410DigestToScalar } from '../../../../../src/main/adapters/gost/gost-3410-digest.ts'
import { tc26Gost3410With512ParamSetA } from '../../../../../src/main/adapters/gost/gost-3410-parameter-sets.ts'
import { deriveGost3410PublicKey } from '../../../../../src/main/adapters/gost/gost-3410-private-key.ts'
import { solveGost3410Signature } from '../../../../../src/main/adapters/gost/gost-3410-signature-equation.ts'
import { gost3410Verify } from '../../../../../src/main/adapters/gost/gost-3410-verify.ts'
import { littleEndian } from './key-material.ts'
import { publishedExamples } from './published-examples.ts'

describe('the published examples', () => {
  test.each(publishedExamples.map((example) => [example.source, example] as const))(
    '%s: the public key, the signature and its verification come out as printed',
    (_, { parameters, d, x, y, e, k, r, s }) => {
      const publicKey = deriveGost3410PublicKey({ parameters, scalar: littleEndian(parameters, d) })
      expect(publicKey.point.toAffine()).toEqual({ x, y })

      const digest = littleEndian(parameters, e)
      expect(gost3410DigestToScalar(parameters, digest)).toBe(e)
      const signature = solveGost3410Signature({ parameters, d, e, k })
      expect(signature).toEqual(new Uint8Array(littleEndian(parameters, r, s)))
      expect(gost3410Verify({ publicKey, digest, signature: littleEndian(parameters, r, s) })).toBe(true)
    },
  )
})

describe('the digest as a number', () => {
  const parameters = tc26Gost3410With512ParamSetA
  const toScalar = (number: bigint): bigint => gost3410DigestToScalar(parameters, littleEndian(parameters, number))

  test('is read little-endian', () => {
    expect(gost3410DigestToScalar(parameters, Uint8Array.of(1, 2, ...new Uint8Array(62)))).toBe(0x0201n)
  })

  test('is taken modulo q', () => {
    expect(toScalar(parameters.q + 5n)).toBe(5n)
  })

  test.each([
    ['zero', 0n],
    ['q', parameters.q],
  ])('counts as one where it is %s', (_, number) => {
    expect(toScalar(number)).toBe(1n)
  })
})

test('a nonce that gives s = 0 gives no signature', () => {
  const parameters = tc26Gost3410With512ParamSetA
  const k = 7n
  const d = 11n
  const r = parameters.Point.BASE.multiply(k).x % parameters.q
  const { Fn } = parameters.Point
  const e = Fn.neg(Fn.mul(Fn.mul(r, d), Fn.inv(k)))
  expect(solveGost3410Signature({ parameters, d, e, k })).toBeUndefined()
})
