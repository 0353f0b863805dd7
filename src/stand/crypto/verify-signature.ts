import { createPublicKey, verify } from 'node:crypto'
import { gost3410Verify } from '../../main/adapters/gost/gost-3410-verify.ts'
import { gost2015With512 } from '../../main/adapters/gost/gost-algorithms.ts'
import { parseGostPublicKey } from '../../main/adapters/gost/subject-public-key-info.ts'
import type { SignatureSuite } from './signature-suites.ts'

const MIN_RSA_BITS = 2048

/**
 * Whether a key made a signature over data. The key must be of the suite's kind: an algorithm named by a message never
 * decides how its key is read.
 * @param options.publicKeyInfo SubjectPublicKeyInfo, DER.
 */
export function isSignedBy(options: {
  readonly suite: SignatureSuite
  readonly publicKeyInfo: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
}): boolean {
  const { suite, publicKeyInfo, data, signature } = options
  if (suite.algorithm === 'gost2015') {
    const key = parseGostPublicKey(publicKeyInfo)
    if (key?.algorithm !== gost2015With512) return false
    return gost3410Verify({ publicKey: key.publicKey, digest: suite.digest(data), signature })
  }
  try {
    const key = createPublicKey({ key: Buffer.from(publicKeyInfo), format: 'der', type: 'spki' })
    const bits = key.asymmetricKeyType === 'rsa' ? (key.asymmetricKeyDetails?.modulusLength ?? 0) : 0
    return bits >= MIN_RSA_BITS && verify('sha256', data, key, signature)
  } catch {
    return false
  }
}
