import { randomBytes, webcrypto } from 'node:crypto'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { OpenedKey } from '../keystore/pkcs12-key-store.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { verifySignature } from '../x509/signature-algorithms.ts'

export interface SigningIdentity {
  readonly certificate: Certificate
  /** What the key file holds beside it. */
  readonly others: readonly Certificate[]
  /** RSASSA-PKCS1-v1_5 with SHA-256, not extractable. */
  readonly privateKey: webcrypto.CryptoKey
}

const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/**
 * Turns an opened key into one that can only sign, and proves by a test signature that it belongs to its certificate.
 * The opened key is wiped. Failure: `sign.key-unreadable`.
 */
export async function importSigningIdentity(opened: OpenedKey): Promise<Result<SigningIdentity>> {
  const certificate = parseCertificate(opened.certificate)
  const privateKey = await importPrivateKey(opened.privateKeyPkcs8)
  if (certificate === undefined || privateKey === undefined) return unreadable('the key is not RSA')
  const sample = randomBytes(32)
  const signature = new Uint8Array(await webcrypto.subtle.sign(RSA_SHA256, privateKey, sample))
  const { publicKeyInfo } = certificate
  const verified = verifySignature({
    algorithm: { kind: 'rsa', digest: 'sha256' },
    publicKeyInfo,
    data: sample,
    signature,
  })
  if (!verified.ok) return unreadable(`the test signature failed: ${verified.refusal.reason}`)
  const others = opened.chain.flatMap((der) => parseCertificate(der) ?? [])
  return succeed({ certificate, others, privateKey })
}

async function importPrivateKey(pkcs8: Buffer): Promise<webcrypto.CryptoKey | undefined> {
  try {
    return await webcrypto.subtle.importKey('pkcs8', pkcs8, RSA_SHA256, false, ['sign'])
  } catch {
    return undefined
  } finally {
    pkcs8.fill(0)
  }
}

function unreadable(detail: string): Result<SigningIdentity> {
  return fail({ code: 'sign.key-unreadable', detail })
}
