import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { generateGost3410KeyPair } from '../../../../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { encodeGost3410PublicKey } from '../../../../../src/main/adapters/gost/gost-3410-public-key.ts'
import { encodeGostPrivateKey, parseGostPrivateKey } from '../../../../../src/main/adapters/gost/private-key-info.ts'
import {
  encodeGostPublicKey,
  parseGostPublicKey,
} from '../../../../../src/main/adapters/gost/subject-public-key-info.ts'
import { bits, integer, nothing, octets, oid, sequence } from '../../../../support/pki-der.ts'
import { everyAlgorithm, flipBit } from './key-material.ts'

const RSA = '1.2.840.113549.1.1.1'

describe.each(everyAlgorithm)('SubjectPublicKeyInfo of %s', (_, algorithm) => {
  const { publicKey } = generateGost3410KeyPair(algorithm.parameters)
  const spki = encodeGostPublicKey({ algorithm, publicKey })
  const point = encodeGost3410PublicKey(publicKey)
  const { keyOid, curveOid, keyDigestOids } = algorithm
  const keyAlgorithm = (key = keyOid, curve = curveOid, digest: string = keyDigestOids[0]) =>
    sequence(oid(key), sequence(oid(curve), oid(digest)))

  test('is written as НУЦ writes it', () => {
    expect(Buffer.from(spki)).toEqual(sequence(keyAlgorithm(), bits(octets(point))))
  })

  test('is read back: the algorithm and the key', () => {
    for (const bytes of [spki, Buffer.from(spki)]) {
      const parsed = parseGostPublicKey(bytes)
      expect(parsed?.algorithm.name).toBe(algorithm.name)
      expect(parsed?.publicKey.point.equals(publicKey.point)).toBe(true)
    }
  })

  test('is read with every digest identifier of the algorithm, and with none', () => {
    for (const digest of keyDigestOids) {
      expect(parseGostPublicKey(sequence(keyAlgorithm(keyOid, curveOid, digest), bits(octets(point))))).toBeDefined()
    }
    const without = sequence(oid(keyOid), sequence(oid(curveOid)))
    expect(parseGostPublicKey(sequence(without, bits(octets(point))))).toBeDefined()
  })

  test.each([
    ['another key algorithm', sequence(keyAlgorithm(RSA), bits(octets(point)))],
    ['another curve', sequence(keyAlgorithm(keyOid, '1.2.643.7.1.2.1.2.2'), bits(octets(point)))],
    ['another digest', sequence(keyAlgorithm(keyOid, curveOid, '2.16.840.1.101.3.4.2.1'), bits(octets(point)))],
    ['no parameters', sequence(sequence(oid(keyOid)), bits(octets(point)))],
    ['NULL parameters', sequence(sequence(oid(keyOid), nothing()), bits(octets(point)))],
    [
      'a third parameter',
      sequence(
        sequence(oid(keyOid), sequence(oid(curveOid), oid(keyDigestOids[0]), oid(curveOid))),
        bits(octets(point)),
      ),
    ],
    [
      'a third item beside the parameters',
      sequence(sequence(oid(keyOid), sequence(oid(curveOid)), nothing()), bits(octets(point))),
    ],
    ['something after the key', sequence(keyAlgorithm(), bits(octets(point)), nothing())],
    ['the key without its OCTET STRING', sequence(keyAlgorithm(), bits(point))],
    ['the key in two OCTET STRINGs', sequence(keyAlgorithm(), bits(octets(octets(point))))],
    ['the key in an OCTET STRING alone', sequence(keyAlgorithm(), octets(point))],
    ['unused bits', sequence(keyAlgorithm(), bits(octets(point), 1))],
    ['an empty key', sequence(keyAlgorithm(), bits(octets(Buffer.alloc(0))))],
    ['no key', sequence(keyAlgorithm())],
    ['a key one octet short', sequence(keyAlgorithm(), bits(octets(point.subarray(1))))],
    ['a key one octet long', sequence(keyAlgorithm(), bits(octets(Buffer.concat([point, Buffer.alloc(1)]))))],
    ['a key of zeros', sequence(keyAlgorithm(), bits(octets(new Uint8Array(point.length))))],
    [
      'octets after the key inside the BIT STRING',
      sequence(keyAlgorithm(), bits(Buffer.concat([octets(point), Buffer.alloc(2)]))),
    ],
    ['octets after the end', Buffer.concat([spki, Buffer.alloc(1)])],
    ['no octets', Buffer.alloc(0)],
    ['two hundred nested sequences', nested(200)],
    ['ten million zeros', Buffer.alloc(10_000_000)],
    ['ten million octets of key', sequence(keyAlgorithm(), bits(octets(Buffer.alloc(10_000_000, 1))))],
  ])('is refused with %s', (_name, bytes) => {
    expect(parseGostPublicKey(bytes)).toBeUndefined()
  })

  test('is refused when cut anywhere', () => {
    for (let length = 0; length < spki.length; length++)
      expect(parseGostPublicKey(spki.subarray(0, length))).toBeUndefined()
  })

  test('is refused when any one bit is turned over', () => {
    for (let bit = 0; bit < 8 * spki.length; bit++) expect(parseGostPublicKey(flipBit(spki, bit))).toBeUndefined()
  })

  test('random octets are refused without an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => parseGostPublicKey(bytes) === undefined))
  })
})

describe.each(everyAlgorithm)('PrivateKeyInfo of %s', (_, algorithm) => {
  const { privateKey, publicKey } = generateGost3410KeyPair(algorithm.parameters)
  const { scalar } = privateKey
  const pkcs8 = encodeGostPrivateKey({ algorithm, privateKey })
  const keyAlgorithm = sequence(
    oid(algorithm.keyOid),
    sequence(oid(algorithm.curveOid), oid(algorithm.keyDigestOids[0])),
  )
  const zero = integer(0)

  test('is written as НУЦ writes it', () => {
    expect(Buffer.from(pkcs8)).toEqual(sequence(zero, keyAlgorithm, octets(octets(scalar))))
  })

  test('is read back, from a Buffer too, and the input is neither changed nor shared', () => {
    for (const bytes of [Uint8Array.from(pkcs8), Buffer.from(pkcs8)]) {
      const parsed = parseGostPrivateKey(bytes)
      expect(Buffer.from(bytes)).toEqual(Buffer.from(pkcs8))
      expect(parsed?.algorithm.name).toBe(algorithm.name)
      expect(parsed?.privateKey.scalar).toEqual(scalar)
      bytes.fill(0)
      expect(parsed?.privateKey.scalar).toEqual(scalar)
    }
  })

  test('may carry attributes, and indefinite lengths as in the PKCS#12 files of НУЦ', () => {
    const attributes = Buffer.from('a000', 'hex')
    expect(parseGostPrivateKey(sequence(zero, keyAlgorithm, octets(octets(scalar)), attributes))).toBeDefined()
    const content = Buffer.concat([zero, keyAlgorithm, octets(octets(scalar))])
    const indefinite = Buffer.concat([Buffer.from('3080', 'hex'), content, Buffer.alloc(2)])
    expect(parseGostPrivateKey(indefinite)?.privateKey.scalar).toEqual(scalar)
  })

  test.each([
    ['version 1', sequence(integer(1), keyAlgorithm, octets(octets(scalar)))],
    ['no version', sequence(keyAlgorithm, octets(octets(scalar)))],
    ['another algorithm', sequence(zero, sequence(oid(RSA), nothing()), octets(octets(scalar)))],
    ['the scalar without its inner OCTET STRING', sequence(zero, keyAlgorithm, octets(scalar))],
    ['an INTEGER for the scalar', sequence(zero, keyAlgorithm, octets(integer(5)))],
    ['a short scalar', sequence(zero, keyAlgorithm, octets(octets(scalar.subarray(1))))],
    ['a long scalar', sequence(zero, keyAlgorithm, octets(octets(Buffer.concat([scalar, Buffer.alloc(1)]))))],
    ['a zero scalar', sequence(zero, keyAlgorithm, octets(octets(new Uint8Array(scalar.length))))],
    ['a scalar above q', sequence(zero, keyAlgorithm, octets(octets(new Uint8Array(scalar.length).fill(0xff))))],
    ['a public key in its place', encodeGostPublicKey({ algorithm, publicKey })],
    ['octets after the end', Buffer.concat([pkcs8, Buffer.alloc(1)])],
    ['no octets', Buffer.alloc(0)],
    ['two hundred nested sequences', nested(200)],
    ['ten million zeros', Buffer.alloc(10_000_000)],
  ])('is refused with %s', (_name, bytes) => {
    expect(parseGostPrivateKey(bytes)).toBeUndefined()
  })

  test('is refused when cut anywhere', () => {
    for (let length = 0; length < pkcs8.length; length++) {
      expect(parseGostPrivateKey(pkcs8.subarray(0, length))).toBeUndefined()
    }
  })

  test('never becomes another key when any one bit before the scalar is turned over', () => {
    for (let bit = 0; bit < 8 * (pkcs8.length - scalar.length); bit++) {
      const parsed = parseGostPrivateKey(flipBit(pkcs8, bit))
      if (parsed !== undefined) expect(parsed).toEqual({ algorithm, privateKey })
    }
  })
})

function nested(depth: number): Buffer {
  // Indefinite lengths, so that the nesting costs two octets a level.
  return Buffer.concat([Buffer.alloc(2 * depth, '3080', 'hex'), Buffer.alloc(2 * depth)])
}
