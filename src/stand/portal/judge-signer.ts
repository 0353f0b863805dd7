import { BitString } from 'asn1js'
import { BasicConstraints, type Certificate, CertificatePolicies, ExtKeyUsage } from 'pkijs'
import { publicKeyInfoOf } from '../certification-authority/issue-certificate.ts'
import { nucProfile } from '../certification-authority/nuc-profile.ts'
import { suiteOfSignature } from '../crypto/signature-suites.ts'
import { isSignedBy } from '../crypto/verify-signature.ts'
import type { RevocationCheck } from './revocation-check.ts'
import type { SignatureRejection } from './signature-rejection.ts'

const OID = {
  basicConstraints: '2.5.29.19',
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
  if (!isIssuedBy(root, root) || !isIssuedBy(issuing, root)) throw new Error('no chain of authorities')
  return async (certificate, at) => {
    const chain = [certificate, issuing, root]
    if (!isIssuedBy(certificate, issuing)) return 'foreign-authority'
    if (chain.some((link) => at > link.notAfter.value)) return 'certificate-expired'
    if (chain.some((link) => at < link.notBefore.value)) return 'certificate-not-yet-valid'
    if (await options.isRevoked(certificate)) return 'certificate-revoked'
    if (!isForSigning(certificate)) return 'key-not-for-signing'
    if (!isInformationSystem(certificate)) return 'not-an-information-system'
    return undefined
  }
}

/** The issuer's key made the signature, in an algorithm of its own kind that the certificate names twice alike. */
export function isIssuedBy(certificate: Certificate, issuer: Certificate): boolean {
  const suite = suiteOfSignature(certificate.signatureAlgorithm.algorithmId)
  const constraints = issuer.extensions?.find(({ extnID }) => extnID === OID.basicConstraints)?.parsedValue
  return (
    suite !== undefined &&
    certificate.signature.algorithmId === suite.signatureOid &&
    constraints instanceof BasicConstraints &&
    constraints.cA === true &&
    certificate.issuer.isEqual(issuer.subject) &&
    isSignedBy({
      suite,
      publicKeyInfo: publicKeyInfoOf(issuer),
      data: certificate.tbsView,
      signature: certificate.signatureValue.valueBlock.valueHexView,
    })
  )
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
