import type { Certificate } from './certificate.ts'
import { type Outcome, pass, refuse } from './outcome.ts'

/** Both ends belong to the validity (RFC 5280, 4.1.2.5). Refusals: EXPIRED, NOT_YET_VALID. */
export function checkValidity(certificate: Certificate, at: Date): Outcome<void> {
  const { notBefore, notAfter, subject } = certificate
  if (at < notBefore) return refuse('NOT_YET_VALID', `"${subject.text}" is valid from ${notBefore.toISOString()}`)
  if (at > notAfter) return refuse('EXPIRED', `"${subject.text}" was valid until ${notAfter.toISOString()}`)
  return pass(undefined)
}
