import { Enumerated, Integer } from 'asn1js'
import {
  type Certificate,
  CertificateRevocationList,
  type CryptoEngine,
  Extension,
  Extensions,
  RevokedCertificate,
  Time,
} from 'pkijs'
import { authorityKeyIdentifier } from './certificate-extensions.ts'
import type { Issuer } from './issue-certificate.ts'

const KEY_COMPROMISE = 1

/** @returns a version 2 CRL signed with SHA-256, DER. */
export async function issueRevocationList(options: {
  readonly engine: CryptoEngine
  readonly issuer: Issuer
  readonly revoked: readonly Certificate[]
  readonly thisUpdate: Date
  readonly nextUpdate: Date
}): Promise<Buffer> {
  const reason = new Extension({
    extnID: '2.5.29.21',
    critical: false,
    extnValue: new Enumerated({ value: KEY_COMPROMISE }).toBER(false),
  })
  const number = new Extension({
    extnID: '2.5.29.20',
    critical: false,
    extnValue: new Integer({ value: 1 }).toBER(false),
  })
  const list = new CertificateRevocationList()
  list.version = 1
  list.issuer = options.issuer.certificate.subject
  list.thisUpdate = new Time({ type: 0, value: options.thisUpdate })
  list.nextUpdate = new Time({ type: 0, value: options.nextUpdate })
  // An absent list, not an empty one, says that nothing is revoked: RFC 5280, section 5.1.2.6.
  if (options.revoked.length > 0) {
    list.revokedCertificates = options.revoked.map(
      (certificate) =>
        new RevokedCertificate({
          userCertificate: certificate.serialNumber,
          revocationDate: new Time({ type: 0, value: options.thisUpdate }),
          crlEntryExtensions: new Extensions({ extensions: [reason] }),
        }),
    )
  }
  list.crlExtensions = new Extensions({ extensions: [authorityKeyIdentifier(options.issuer.certificate), number] })
  await list.sign(options.issuer.privateKey, 'SHA-256', options.engine)
  return Buffer.from(list.toSchema(true).toBER(false))
}
