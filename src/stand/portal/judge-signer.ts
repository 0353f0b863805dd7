import { X509Certificate } from 'node:crypto'
import { BitString } from 'asn1js'
import { type Certificate, CertificatePolicies, ExtKeyUsage } from 'pkijs'
import { certificateDer } from '../certification-authority/issue-certificate.ts'
import { nucProfile } from '../certification-authority/nuc-profile.ts'
import type { RevocationCheck } from './revocation-check.ts'
import type { SignatureRejection } from './signature-rejection.ts'

const OID = {
  userId: '0.9.2342.19200300.100.1.1',
  keyUsage: '2.5.29.15',
  extendedKeyUsage: '2.5.29.37',
  certificatePolicies: '2.5.29.32',
} as const
const NON_REPUDIATION = 0x40
const UNDERSTOOD_CRITICAL: ReadonlySet<string> = new Set([OID.keyUsage, OID.extendedKeyUsage, OID.certificatePolicies])
/** Policies of НУЦ's subscribers: the one since 2022, and the four before. */
const SUBSCRIBER_POLICY = /^1\.2\.398\.3\.3\.2(\.[1-4])?$/

/** The authorities that the portal trusts: a root and the one issuing authority under it. */
export interface TrustedAuthorities {
  readonly root: Certificate
  readonly issuing: Certificate
}

/** @returns the first rule that a signer's certificate breaks at a moment, or undefined. */
export type SignerJudge = (certificate: Certificate, at: Date) => Promise<SignatureRejection | undefined>

/**
 * Judges whether a certificate is an information system's signing certificate of the trusted authority.
 * @throws where the authorities themselves are no chain.
 */
export function createSignerJudge(options: {
  readonly authorities: TrustedAuthorities
  readonly isRevoked: RevocationCheck
}): SignerJudge {
  const { root, issuing } = options.authorities
  const [rootLink, issuingLink] = [linkOf(root), linkOf(issuing)]
  if (!isIssuedBy(rootLink, rootLink) || !isIssuedBy(issuingLink, rootLink)) throw new Error('no chain of authorities')
  return async (certificate, at) => {
    const chain = [certificate, issuing, root]
    if (!isIssuedBy(linkOf(certificate), issuingLink)) return 'foreign-authority'
    if (chain.some((link) => at > link.notAfter.value)) return 'certificate-expired'
    if (chain.some((link) => at < link.notBefore.value)) return 'certificate-not-yet-valid'
    if (await options.isRevoked(certificate, at)) return 'certificate-revoked'
    if (!isForSigning(certificate)) return 'key-not-for-signing'
    if (!isInformationSystem(certificate)) return 'not-an-information-system'
    return undefined
  }
}

function linkOf(certificate: Certificate): X509Certificate {
  return new X509Certificate(certificateDer(certificate))
}

function isIssuedBy(link: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && link.checkIssued(issuer) && link.verify(issuer.publicKey)
}

function isForSigning(certificate: Certificate): boolean {
  const extensions = certificate.extensions ?? []
  if (extensions.some(({ critical, extnID }) => critical && !UNDERSTOOD_CRITICAL.has(extnID))) return false
  const usage = extensions.find(({ extnID }) => extnID === OID.keyUsage)?.parsedValue
  const policies = extensions.find(({ extnID }) => extnID === OID.certificatePolicies)?.parsedValue
  return (
    usage instanceof BitString &&
    ((usage.valueBlock.valueHexView[0] ?? 0) & NON_REPUDIATION) !== 0 &&
    policies instanceof CertificatePolicies &&
    policies.certificatePolicies.some(({ policyIdentifier }) => SUBSCRIBER_POLICY.test(policyIdentifier))
  )
}

function isInformationSystem(certificate: Certificate): boolean {
  const purposes = certificate.extensions?.find(({ extnID }) => extnID === OID.extendedKeyUsage)?.parsedValue
  const userIds = certificate.subject.typesAndValues.filter(({ type }) => type === OID.userId)
  return (
    purposes instanceof ExtKeyUsage &&
    purposes.keyPurposes.includes(nucProfile.legalEntityPurpose) &&
    userIds.length === 1 &&
    userIds[0]?.value.valueBlock.value === nucProfile.informationSystem
  )
}
