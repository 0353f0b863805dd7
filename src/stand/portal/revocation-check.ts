import { type Certificate, CertificateRevocationList } from 'pkijs'
import { publicKeyInfoOf } from '../certification-authority/issue-certificate.ts'
import { suiteOfSignature } from '../crypto/signature-suites.ts'
import { isSignedBy } from '../crypto/verify-signature.ts'

export type RevocationCheck = (certificate: Certificate, at: Date) => Promise<boolean>

/**
 * Looks a certificate up in its authority's revocation list, asked for anew each time.
 * @param options.list the list, DER.
 * @throws where the list is not the authority's or not of the moment: then the portal can answer nobody.
 */
export function createRevocationCheck(options: {
  readonly list: () => Promise<Buffer>
  readonly authority: Certificate
}): RevocationCheck {
  const publicKeyInfo = publicKeyInfoOf(options.authority)
  return async (certificate, at) => {
    const list = CertificateRevocationList.fromBER(await options.list())
    const suite = suiteOfSignature(list.signatureAlgorithm.algorithmId)
    const signature = list.signatureValue.valueBlock.valueHexView
    const signed = suite !== undefined && isSignedBy({ suite, publicKeyInfo, data: list.tbsView, signature })
    const { nextUpdate } = list
    // Lists count whole seconds.
    const current =
      at.getTime() + 1000 > list.thisUpdate.value.getTime() && nextUpdate !== undefined && at <= nextUpdate.value
    if (!signed || !current) throw new Error('the revocation list is not usable')
    return (list.revokedCertificates ?? []).some(({ userCertificate }) =>
      userCertificate.isEqual(certificate.serialNumber),
    )
  }
}
