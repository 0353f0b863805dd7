import { randomBytes } from 'node:crypto'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { verifySignature } from '../x509/signature-algorithms.ts'
import type { SigningIdentity } from './signing-identity.ts'

/**
 * Proves by a test signature over random octets that a key belongs to its certificate and is on the list of keys.
 * A key that does not is closed. Failure: `sign.key-unreadable`, and those of signing.
 */
export async function proveIdentity(identity: SigningIdentity): Promise<Result<SigningIdentity>> {
  const sample = randomBytes(32)
  const signed = await identity.sign(sample)
  if (!signed.ok) {
    identity.close()
    return signed
  }
  const { algorithm, certificate } = identity
  const verified = verifySignature({
    algorithm,
    publicKeyInfo: certificate.publicKeyInfo,
    data: sample,
    signature: signed.value,
  })
  if (verified.ok) return succeed(identity)
  identity.close()
  return fail({ code: 'sign.key-unreadable', detail: `the test signature failed: ${verified.refusal.reason}` })
}
