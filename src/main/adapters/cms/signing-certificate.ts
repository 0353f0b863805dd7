import type { Certificate } from '../x509/certificate.ts'
import { allowedDigest, digest } from '../x509/digest-algorithms.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import type { SignerIdentifier } from './read-signed-message.ts'
import type { CertificateReference } from './signed-attributes.ts'

/**
 * Finds the signer's certificate among those of the message: exactly one must answer to the identifier.
 * Refusal: NO_SIGNING_CERTIFICATE_FOUND.
 */
export function findSigningCertificate(
  identifier: SignerIdentifier,
  certificates: readonly Certificate[],
): Outcome<Certificate> {
  const [certificate, ...others] = certificates.filter((candidate) => answersTo(candidate, identifier))
  if (certificate === undefined)
    return refuse('NO_SIGNING_CERTIFICATE_FOUND', "the message lacks its signer's certificate")
  if (others.length > 0)
    return refuse('NO_SIGNING_CERTIFICATE_FOUND', 'several certificates answer to the signer identifier')
  return pass(certificate)
}

/**
 * signing-certificate-v2 must mean this very certificate, else another one with the same key could take its place
 * (ETSI EN 319 102-1, 5.2.3). Refusals: SIG_CONSTRAINTS_FAILURE, CRYPTO_CONSTRAINTS_FAILURE.
 */
export function checkCertificateReference(reference: CertificateReference, certificate: Certificate): Outcome<void> {
  const hashAlgorithm = allowedDigest(reference.hashAlgorithm)
  if (hashAlgorithm === undefined) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'signing-certificate-v2 uses a digest outside the list')
  }
  const named = reference.issuerAndSerial
  const matches =
    digest(hashAlgorithm, certificate.der).equals(reference.hash) &&
    (named === undefined || answersTo(certificate, { kind: 'issuer-and-serial', ...named }))
  return matches
    ? pass(undefined)
    : refuse('SIG_CONSTRAINTS_FAILURE', 'signing-certificate-v2 means another certificate')
}

function answersTo(certificate: Certificate, identifier: SignerIdentifier): boolean {
  if (identifier.kind === 'key-identifier') {
    const own = certificate.extensions.subjectKeyIdentifier
    return own !== undefined && Buffer.from(own).equals(identifier.keyIdentifier)
  }
  return (
    Buffer.from(certificate.issuer.der).equals(identifier.issuer) &&
    Buffer.from(certificate.serialNumber).equals(identifier.serialNumber)
  )
}
