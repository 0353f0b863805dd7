import type { Certificate } from './certificate.ts'
import { keyUsageBits } from './certificate-extensions.ts'
import { type Outcome, pass, refuse } from './outcome.ts'

/** Purposes under which documents are signed; Kazakhstan's own lie below 1.2.398.3.3.4.1. */
const SIGNING_PURPOSES: ReadonlySet<string> = new Set([
  '2.5.29.37.0', // any
  '1.3.6.1.5.5.7.3.4', // e-mail protection
  '1.3.6.1.5.5.7.3.36', // document signing, RFC 9336
])
const KAZAKHSTAN_PURPOSES = '1.2.398.3.3.4.1.'

/**
 * Whether a certificate is for signing documents: nonRepudiation asserted, and, where purposes are named, one of
 * them ours. A certificate for TLS, timestamps or OCSP alone is refused. Refusal: CHAIN_CONSTRAINTS_FAILURE.
 */
export function checkSigningUsage(certificate: Certificate): Outcome<void> {
  const { keyUsage, extendedKeyUsage } = certificate.extensions
  const { text } = certificate.subject
  if (keyUsage?.has(keyUsageBits.nonRepudiation) !== true) {
    return refuse('CHAIN_CONSTRAINTS_FAILURE', `"${text}" lacks key usage nonRepudiation`)
  }
  if (extendedKeyUsage !== undefined && !extendedKeyUsage.some(isSigningPurpose)) {
    return refuse('CHAIN_CONSTRAINTS_FAILURE', `"${text}" is not for signing by its extended key usage`)
  }
  return pass(undefined)
}

function isSigningPurpose(oid: string): boolean {
  return SIGNING_PURPOSES.has(oid) || oid.startsWith(KAZAKHSTAN_PURPOSES)
}
