import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { bytesToNumberLE } from '@noble/curves/utils.js'
import { gost3410DigestToScalar } from '../../src/main/adapters/gost/gost-3410-digest.ts'
import { generateGost3410KeyPair } from '../../src/main/adapters/gost/gost-3410-key-pair.ts'
import { deriveGost3410PublicKey, type Gost3410PrivateKey } from '../../src/main/adapters/gost/gost-3410-private-key.ts'
import { gost3410Sign } from '../../src/main/adapters/gost/gost-3410-sign.ts'
import { solveGost3410Signature } from '../../src/main/adapters/gost/gost-3410-signature-equation.ts'
import { type GostAlgorithm, gost2015With512, gostAlgorithms } from '../../src/main/adapters/gost/gost-algorithms.ts'
import { encodeGostPublicKey } from '../../src/main/adapters/gost/subject-public-key-info.ts'
import * as der from './pki-der.ts'

export interface GostKeys {
  readonly algorithm: GostAlgorithm
  readonly privateKey: Gost3410PrivateKey
  /** Instead of a random one: for what is to come out the same each time. */
  readonly nonce?: (digest: Uint8Array) => bigint
}

export interface TestKeys {
  /** Not there where the keys are ГОСТ. */
  readonly privateKey: KeyObject
  readonly gost?: GostKeys
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Buffer
}

const made = new Map<string, TestKeys>()

/** RSA keys by name: the same name gives the same keys, for making them is slow. */
export function rsaKeys(name: string, { bits = 2048, exponent = 65_537 } = {}): TestKeys {
  const known = made.get(`${name}/${bits}/${exponent}`)
  if (known !== undefined) return known
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: exponent })
  const keys = { privateKey, publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }) }
  made.set(`${name}/${bits}/${exponent}`, keys)
  return keys
}

export function ecKeys(): TestKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }) }
}

/** ГОСТ keys by name. */
export function gostKeys(name: string, algorithm: GostAlgorithm = gost2015With512): TestKeys {
  const known = made.get(`${name}/${algorithm.name}`)
  if (known !== undefined) return known
  const keys = gostKeysOf(algorithm, generateGost3410KeyPair(algorithm.parameters).privateKey)
  made.set(`${name}/${algorithm.name}`, keys)
  return keys
}

/** The same from a scalar, and on request with another public key than its own. */
export function gostKeysOf(
  algorithm: GostAlgorithm,
  privateKey: Gost3410PrivateKey,
  publicKeyInfo: Buffer = Buffer.from(
    encodeGostPublicKey({ algorithm, publicKey: deriveGost3410PublicKey(privateKey) }),
  ),
): TestKeys {
  return {
    publicKeyInfo,
    gost: { algorithm, privateKey },
    get privateKey(): KeyObject {
      throw new Error('a ГОСТ key is no KeyObject')
    },
  }
}

export const rsaWithDigest = {
  md5: '1.2.840.113549.1.1.4',
  sha1: '1.2.840.113549.1.1.5',
  sha256: '1.2.840.113549.1.1.11',
  sha384: '1.2.840.113549.1.1.12',
  sha512: '1.2.840.113549.1.1.13',
} as const
export type RsaDigest = keyof typeof rsaWithDigest

/** AlgorithmIdentifier of a signature by these keys: RSA with the digest asked for, ГОСТ with its own. */
export function signatureAlgorithm({ gost }: TestKeys, digest: RsaDigest = 'sha256'): Buffer {
  return der.sequence(der.oid(gost?.algorithm.signatureOid ?? rsaWithDigest[digest]), der.nothing())
}

export function signatureBy(keys: TestKeys, data: Uint8Array, digest: string = 'sha256'): Buffer {
  const { gost } = keys
  if (gost === undefined) return sign(digest, data, keys.privateKey)
  const hash = hashOf(gost.algorithm.name, data)
  if (gost.nonce === undefined) return Buffer.from(gost3410Sign({ privateKey: gost.privateKey, digest: hash }))
  const { parameters, scalar } = gost.privateKey
  const signature = solveGost3410Signature({
    parameters,
    d: bytesToNumberLE(scalar),
    e: gost3410DigestToScalar(parameters, hash),
    k: gost.nonce(hash),
  })
  if (signature === undefined) throw new Error('another nonce is needed')
  return Buffer.from(signature)
}

/** A digest by node's name, or by the name of the ГОСТ algorithm that it belongs to. */
export function hashOf(digest: string, data: Uint8Array): Buffer {
  const gost = gostAlgorithms.find(({ name }) => name === digest)
  return gost === undefined
    ? createHash(digest).update(data).digest()
    : Buffer.from(gost.createHash().update(data).digest())
}
