import { type Certificate, CertificateRevocationList } from 'pkijs'
import { publicKeyInfoOf } from '../certification-authority/issue-certificate.ts'
import { suiteOfSignature } from '../crypto/signature-suites.ts'
import { isSignedBy } from '../crypto/verify-signature.ts'

export type RevocationCheck = (certificate: Certificate) => Promise<boolean>

/**
 * Looks a certificate up in its authority's revocation list, asked for anew each time.
 * @param options.list the list, DER.
 * @param options.now the authority's clock, by which the list must be current.
 * @throws where the list is not the authority's or not of the moment: then the portal can answer nobody.
 */
export function createRevocationCheck(options: {
  readonly list: () => Promise<Buffer>
  readonly authority: Certificate
  readonly now: () => Date
}): RevocationCheck {
  const publicKeyInfo = publicKeyInfoOf(options.authority)
  return async (certificate) => {
    const list = CertificateRevocationList.fromBER(await options.list())
    const suite = suiteOfSignature(list.signatureAlgorithm.algorithmId)
    const signature = list.signatureValue.valueBlock.valueHexView
    const signed = suite !== undefined && isSignedBy({ suite, publicKeyInfo, data: list.tbsView, signature })
    const { thisUpdate, nextUpdate } = list
    const at = options.now()
    const current = at >= thisUpdate.value && nextUpdate !== undefined && at <= nextUpdate.value
    if (!signed || !current) throw new Error('the revocation list is not usable')
    return (list.revokedCertificates ?? []).some(({ userCertificate }) =>
      userCertificate.isEqual(certificate.serialNumber),
    )
  }
}
