import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import { generateGost3410KeyPair } from '../../main/adapters/gost/gost-3410-key-pair.ts'
import { deriveGost3410PublicKey, type Gost3410PrivateKey } from '../../main/adapters/gost/gost-3410-private-key.ts'
import { gost3410Sign } from '../../main/adapters/gost/gost-3410-sign.ts'
import { gost2015With512 } from '../../main/adapters/gost/gost-algorithms.ts'
import { encodeGostPrivateKey, parseGostPrivateKey } from '../../main/adapters/gost/private-key-info.ts'
import { encodeGostPublicKey } from '../../main/adapters/gost/subject-public-key-info.ts'
import { type KeyAlgorithm, type SignatureSuite, signatureSuites } from './signature-suites.ts'

/** A private key of the stand. */
export interface SigningKey {
  readonly suite: SignatureSuite
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Buffer
  /** Signs data (not its digest) with the suite's algorithm. */
  sign(data: Uint8Array): Buffer
  /** @returns PKCS#8, DER. The caller wipes it. */
  toPkcs8(): Buffer
}

/** Makes a key. RSA (2048 bits) grows in the thread pool, so several grow at once; ГОСТ takes a millisecond. */
export async function generateSigningKey(algorithm: KeyAlgorithm): Promise<SigningKey> {
  if (algorithm === 'gost2015') return gostKey(generateGost3410KeyPair(gost2015With512.parameters).privateKey)
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })
  return rsaKey(privateKey)
}

/** @throws where the bytes are no such key. */
export function importSigningKey(algorithm: KeyAlgorithm, pkcs8: Uint8Array): SigningKey {
  if (algorithm === 'rsa') return rsaKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
  const key = parseGostPrivateKey(pkcs8)
  if (key?.algorithm !== gost2015With512) throw new Error('not a ГОСТ 34.10-2015 key of 512 bits')
  return gostKey(key.privateKey)
}

function rsaKey(privateKey: KeyObject): SigningKey {
  if (privateKey.asymmetricKeyType !== 'rsa') throw new Error('not an RSA key')
  return {
    suite: signatureSuites.rsa,
    publicKeyInfo: createPublicKey(privateKey).export({ format: 'der', type: 'spki' }),
    sign: (data) => sign('sha256', data, privateKey),
    toPkcs8: () => privateKey.export({ format: 'der', type: 'pkcs8' }),
  }
}

function gostKey(privateKey: Gost3410PrivateKey): SigningKey {
  const suite = signatureSuites.gost2015
  const encodePublicKey = (): Buffer =>
    Buffer.from(encodeGostPublicKey({ algorithm: gost2015With512, publicKey: deriveGost3410PublicKey(privateKey) }))
  let publicKeyInfo: Buffer | undefined
  return {
    suite,
    // Computed when it is asked for: whoever only signs need not wait for it.
    get publicKeyInfo() {
      publicKeyInfo ??= encodePublicKey()
      return publicKeyInfo
    },
    sign: (data) => Buffer.from(gost3410Sign({ privateKey, digest: suite.digest(data) })),
    toPkcs8: () => Buffer.from(encodeGostPrivateKey({ algorithm: gost2015With512, privateKey })),
  }
}
