import { verify } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { type Certificate, CertificateRevocationList } from 'pkijs'

export type RevocationCheck = (certificate: Certificate, at: Date) => Promise<boolean>

/**
 * Looks a certificate up in its authority's revocation list, read anew each time.
 * @throws where the list is not the authority's or not of the moment: then the portal can answer nobody.
 */
export function createRevocationCheck(options: {
  readonly listFile: string
  readonly authority: Certificate
}): RevocationCheck {
  return async (certificate, at) => {
    const list = CertificateRevocationList.fromBER(await readFile(options.listFile))
    const publicKey = Buffer.from(options.authority.subjectPublicKeyInfo.toSchema().toBER(false))
    const signed = verify(
      'sha256',
      list.tbsView,
      { key: publicKey, format: 'der', type: 'spki' },
      list.signatureValue.valueBlock.valueHexView,
    )
    const current = at >= list.thisUpdate.value && list.nextUpdate !== undefined && at <= list.nextUpdate.value
    if (!signed || !current) throw new Error('the revocation list is not usable')
    return (list.revokedCertificates ?? []).some(({ userCertificate }) =>
      userCertificate.isEqual(certificate.serialNumber),
    )
  }
}
