import { describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { tc26Gost3410With256ParamSetA } from '../../../../../src/main/adapters/gost/gost-3410-parameter-sets.ts'
import { deriveGost3410PublicKey } from '../../../../../src/main/adapters/gost/gost-3410-private-key.ts'
import {
  decodeGost3410PublicKey,
  encodeGost3410PublicKey,
} from '../../../../../src/main/adapters/gost/gost-3410-public-key.ts'
import { everyAlgorithm, flipBit, littleEndian } from './key-material.ts'

describe.each(everyAlgorithm)('%s', (_, { parameters }) => {
  const { size, Point } = parameters
  const p = Point.Fp.ORDER
  const base = Point.BASE.toAffine()
  const decode = (bytes: Uint8Array) => decodeGost3410PublicKey({ parameters, bytes })

  test('a public key survives encoding and decoding', () => {
    const { publicKey } = generateGost3410KeyPair(parameters)
    const bytes = encodeGost3410PublicKey(publicKey)
    expect(bytes).toHaveLength(2 * size)
    expect(decode(bytes)?.point.equals(publicKey.point)).toBe(true)
    expect(decode(Buffer.from(bytes))?.point.equals(publicKey.point)).toBe(true)
  })

  test('the key of d = 1 is the base point, X before Y, little-endian', () => {
    const publicKey = deriveGost3410PublicKey({ parameters, scalar: littleEndian(parameters, 1n) })
    expect(encodeGost3410PublicKey(publicKey)).toEqual(new Uint8Array(littleEndian(parameters, base.x, base.y)))
  })

  test('new keys differ, and their scalars are in range', () => {
    const scalars = Array.from({ length: 20 }, () => generateGost3410KeyPair(parameters).privateKey.scalar)
    expect(new Set(scalars.map((scalar) => Buffer.from(scalar).toString('hex'))).size).toBe(20)
    expect(scalars.every((scalar) => scalar.length === size)).toBe(true)
  })

  test.each([
    ['the point at infinity as zeros', new Uint8Array(2 * size)],
    ['a point beside the curve', littleEndian(parameters, base.x, base.y + 1n)],
    ['Y before X', littleEndian(parameters, base.y, base.x)],
    ['big-endian numbers', Buffer.from(littleEndian(parameters, base.y, base.x)).reverse()],
    ['X = p', littleEndian(parameters, p, base.y)],
    ['Y = p', littleEndian(parameters, base.x, p)],
    ['all ones', new Uint8Array(2 * size).fill(0xff)],
    ['one octet too few', littleEndian(parameters, base.x, base.y).subarray(1)],
    ['one octet too many', Buffer.concat([littleEndian(parameters, base.x, base.y), Buffer.alloc(1)])],
    ['X alone', littleEndian(parameters, base.x)],
    ['nothing', new Uint8Array(0)],
    ['a prefix octet as in SEC 1', Buffer.concat([Buffer.of(4), littleEndian(parameters, base.x, base.y)])],
  ])('refuses %s', (_name, bytes) => {
    expect(decode(bytes)).toBeUndefined()
  })

  test('refuses a right X written as X + p', () => {
    const limit = 1n << BigInt(8 * size)
    if (base.x + p < limit) expect(decode(littleEndian(parameters, base.x + p, base.y))).toBeUndefined()
    else expect(base.x).toBeGreaterThan(1000n)
  })

  test('refuses a right key with any one octet changed', () => {
    const bytes = encodeGost3410PublicKey(generateGost3410KeyPair(parameters).publicKey)
    for (let octet = 0; octet < bytes.length; octet++) expect(decode(flipBit(bytes, 8 * octet + 3))).toBeUndefined()
  })
})

describe('256-A, whose curve has four times as many points as its subgroup', () => {
  const parameters = tc26Gost3410With256ParamSetA
  const { Point, q } = parameters
  const { Fp } = Point
  const { a, b } = Point.CURVE()
  const decode = (x: bigint, y: bigint) =>
    decodeGost3410PublicKey({ parameters, bytes: littleEndian(parameters, x, y) })

  /** Some point of order 4: q times a point that lies outside the subgroup. */
  function pointOfOrderFour() {
    for (let x = 1n; ; x++) {
      const square = Fp.add(Fp.add(Fp.mul(Fp.sqr(x), x), Fp.mul(a, x)), b)
      if (Fp.pow(square, (Fp.ORDER - 1n) / 2n) !== 1n) continue
      const point = Point.fromAffine({ x, y: Fp.sqrt(square) })
      try {
        const torsion = point.multiplyUnsafe(q - 1n).add(point)
        if (!torsion.is0()) return torsion
      } catch {
        // Order 2: the library does not hold a point with Y = 0.
      }
    }
  }

  const four = pointOfOrderFour()
  const { x, y } = four.toAffine()
  const slope = Fp.mul(Fp.add(Fp.mul(3n, Fp.sqr(x)), a), Fp.inv(Fp.mul(2n, y)))
  const xOfOrderTwo = Fp.sub(Fp.sqr(slope), Fp.mul(2n, x))

  test('the points of small order that the refusals are about are on the curve', () => {
    const onCurve = Fp.add(Fp.add(Fp.mul(Fp.sqr(xOfOrderTwo), xOfOrderTwo), Fp.mul(a, xOfOrderTwo)), b)
    expect(onCurve).toBe(0n)
    expect(Fp.sqr(y)).toBe(Fp.add(Fp.add(Fp.mul(Fp.sqr(x), x), Fp.mul(a, x)), b))
  })

  test('refuses the point of order 2', () => {
    expect(decode(xOfOrderTwo, 0n)).toBeUndefined()
  })

  test('refuses both points of order 4', () => {
    expect(decode(x, y)).toBeUndefined()
    expect(decode(x, Fp.neg(y))).toBeUndefined()
  })

  test('refuses a right key to which a point of small order was added', () => {
    const key = generateGost3410KeyPair(parameters).publicKey.point
    const withFour = key.add(four)
    const withTwo = withFour.add(four)
    const withThree = withTwo.add(four)
    for (const shifted of [withFour, withTwo, withThree]) {
      const affine = shifted.toAffine()
      expect(decode(affine.x, affine.y)).toBeUndefined()
    }
    const back = withThree.add(four).toAffine()
    expect(decode(back.x, back.y)).toBeDefined()
  })
})
