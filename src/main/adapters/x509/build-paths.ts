import type { Certificate } from './certificate.ts'
import { sameName } from './distinguished-name.ts'

/** A chain of names from an anchor down to the certificate in question. Nothing in it has been checked. */
export interface CandidatePath {
  readonly anchor: Certificate
  /** From the certificate that the anchor issued to the one in question; empty where that one is the anchor. */
  readonly certificates: readonly Certificate[]
}

/** No authority of ours has more than three tiers; PKITS needs eight. */
const MAX_CERTIFICATES = 10
/** Many authorities of one name could multiply the paths: after so many the search gives up. */
const MAX_PATHS = 32
const MAX_STEPS = 1_000

/**
 * Finds paths by names alone (RFC 4158), from the certificate upwards. It ends at anchors only: a self-signed
 * certificate that came from anywhere else is one more certificate. No certificate occurs twice in a path.
 */
export function buildPaths(options: {
  readonly certificate: Certificate
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
}): readonly CandidatePath[] {
  const { certificate, anchors, intermediates } = options
  const found: CandidatePath[] = []
  let steps = 0

  const extend = (certificates: readonly [Certificate, ...Certificate[]]): void => {
    steps += 1
    if (steps > MAX_STEPS) return
    const [top, ...below] = certificates
    const anchor = anchors.find((candidate) => candidate.sha256 === top.sha256)
    if (anchor !== undefined) {
      found.push({ anchor, certificates: below })
      return
    }
    for (const issuer of possibleIssuers(top, anchors)) found.push({ anchor: issuer, certificates })
    if (certificates.length >= MAX_CERTIFICATES) return
    for (const issuer of possibleIssuers(top, intermediates)) {
      if (found.length >= MAX_PATHS) return
      if (!certificates.some((used) => used.sha256 === issuer.sha256)) extend([issuer, ...certificates])
    }
  }

  extend([certificate])
  return found.slice(0, MAX_PATHS)
}

/** Certificates with the issuer's name, those whose key identifier fits first. */
function possibleIssuers(certificate: Certificate, pool: readonly Certificate[]): readonly Certificate[] {
  const named = pool.filter((candidate) => sameName(candidate.subject, certificate.issuer))
  return named.sort((a, b) => Number(keyIdentifierFits(certificate, b)) - Number(keyIdentifierFits(certificate, a)))
}

function keyIdentifierFits(certificate: Certificate, issuer: Certificate): boolean {
  const wanted = certificate.extensions.authorityKeyIdentifier
  const offered = issuer.extensions.subjectKeyIdentifier
  return wanted !== undefined && offered !== undefined && Buffer.from(wanted).equals(offered)
}
