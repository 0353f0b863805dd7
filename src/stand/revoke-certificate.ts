import { join } from 'node:path'
import { readAuthorityDescription } from './certification-authority/authority-description.ts'
import { authorityFiles, subscribers } from './certification-authority/authority-files.ts'
import { serialNumberOf } from './certification-authority/issue-certificate.ts'
import { readCertificate } from './certification-authority/read-authority.ts'
import { createRevocationBook } from './certification-authority/revocation-book.ts'
import { type KeyAlgorithm, keyAlgorithms } from './crypto/signature-suites.ts'

/** Certificates that the authority of a stand can be told to revoke, as `name` in RSA and `name-gost` in ГОСТ. */
export const revocableCertificates: readonly string[] = subscribers
  .filter((name) => name !== 'tls' && name !== 'ocsp')
  .flatMap((name) => [name, `${name}-gost`])

/**
 * Revokes a certificate of a stand, running or not, or lifts a hold.
 * @returns false where there is no authority yet, no such certificate, or no hold to lift.
 */
export async function changeRevocation(options: {
  readonly dataDir: string
  /** One of `revocableCertificates`. */
  readonly name: string
  readonly change: 'revoke' | 'hold' | 'reinstate'
  readonly at: Date
}): Promise<boolean> {
  const { name, change, at } = options
  const files = authorityFiles(join(options.dataDir, 'authority'))
  const algorithm: KeyAlgorithm | undefined = keyAlgorithms.find(
    (one) => name.endsWith('-gost') === (one === 'gost2015'),
  )
  const subscriber = subscribers.find((one) => one === name.replace(/-gost$/, ''))
  if (algorithm === undefined || subscriber === undefined || !revocableCertificates.includes(name)) return false
  if ((await readAuthorityDescription(files)) === undefined) return false
  const serialNumber = serialNumberOf(await readCertificate(files.certificate(subscriber, algorithm)))
  const book = createRevocationBook({ folder: files.revocationsDir })
  if (change === 'reinstate') return book.reinstate({ serialNumber, at })
  await book.revoke({ serialNumber, revokedAt: at, reason: change === 'hold' ? 'certificateHold' : 'keyCompromise' })
  return true
}
