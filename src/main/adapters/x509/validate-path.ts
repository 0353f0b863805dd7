import type { CandidatePath } from './build-paths.ts'
import { type Certificate, isSelfIssued } from './certificate.ts'
import { keyUsageBits, type NameConstraints } from './certificate-extensions.ts'
import { sameName } from './distinguished-name.ts'
import { namesAreWithin } from './name-constraints.ts'
import { type Outcome, pass, refuse } from './outcome.ts'
import { PolicyGraph, type PolicyInputs } from './policy-graph.ts'
import { certificateSignatureAlgorithm, type VerifySignature, verifySignature } from './signature-algorithms.ts'
import { checkValidity } from './validity.ts'

/**
 * Certification path validation, RFC 5280, 6.1, without revocation. The anchor is trusted as it is: name and key
 * are taken from it, nothing in it is judged.
 * @param options.at the moment for which every certificate of the path must be valid.
 * @returns refusals NO_CERTIFICATE_CHAIN_FOUND (a link's signature is wrong: this is no path),
 * CRYPTO_CONSTRAINTS_FAILURE, EXPIRED, NOT_YET_VALID, CERTIFICATE_CHAIN_GENERAL_FAILURE (a rule of the path).
 */
export function validatePath(options: {
  readonly path: CandidatePath
  readonly at: Date
  readonly policy: PolicyInputs
  readonly verify?: VerifySignature
}): Outcome<void> {
  const { path, at, verify = verifySignature } = options
  const signatures = checkSignatures(path, verify)
  if (!signatures.ok) return signatures
  for (const certificate of path.certificates) {
    const validity = checkValidity(certificate, at)
    if (!validity.ok) return validity
  }
  for (const check of [checkUnknownExtensions, checkAuthorities, checkNames]) {
    const outcome = check(path.certificates)
    if (!outcome.ok) return outcome
  }
  return checkPolicies(path.certificates, options.policy)
}

/** 6.1.3 (a) (1) and (4): each certificate names the one above and is signed with its key. */
function checkSignatures({ anchor, certificates }: CandidatePath, verify: VerifySignature): Outcome<void> {
  let issuer = anchor
  for (const certificate of certificates) {
    const algorithm = certificateSignatureAlgorithm(certificate.signatureAlgorithm)
    if (algorithm === undefined) {
      return refuse('CRYPTO_CONSTRAINTS_FAILURE', about(certificate, 'is signed with an algorithm outside the list'))
    }
    if (!sameName(certificate.issuer, issuer.subject)) return notIssued(certificate, issuer)
    const verified = verify({
      algorithm,
      publicKeyInfo: issuer.publicKeyInfo,
      data: certificate.tbs,
      signature: certificate.signature,
    })
    if (!verified.ok) {
      const { subIndication, reason } = verified.refusal
      return subIndication === 'SIG_CRYPTO_FAILURE'
        ? notIssued(certificate, issuer)
        : refuse(subIndication, about(issuer, `has ${reason}`))
    }
    issuer = certificate
  }
  return pass(undefined)
}

/** 6.1.4 (o) and 6.1.5 (f). */
function checkUnknownExtensions(certificates: readonly Certificate[]): Outcome<void> {
  for (const certificate of certificates) {
    const [oid] = certificate.extensions.unknownCritical
    if (oid !== undefined) return broken(certificate, `has the unknown critical extension ${oid}`)
  }
  return pass(undefined)
}

/** 6.1.4 (k)–(n): whoever issues is an authority, may sign certificates, and has room below. */
function checkAuthorities(certificates: readonly Certificate[]): Outcome<void> {
  let room = Infinity
  for (const authority of certificates.slice(0, -1)) {
    const { basicConstraints, keyUsage } = authority.extensions
    if (basicConstraints?.ca !== true) return broken(authority, 'is no authority, yet issued a certificate')
    if (keyUsage?.has(keyUsageBits.keyCertSign) !== true) return broken(authority, 'may not sign certificates')
    if (!isSelfIssued(authority)) {
      if (room === 0) return broken(authority, 'is one authority more than the path length allows')
      room -= 1
    }
    room = Math.min(room, basicConstraints.pathLength ?? Infinity)
  }
  return pass(undefined)
}

/** 6.1.3 (b) and (c). */
function checkNames(certificates: readonly Certificate[]): Outcome<void> {
  const constraints: NameConstraints[] = []
  for (const [position, certificate] of certificates.entries()) {
    const exempt = isSelfIssued(certificate) && position < certificates.length - 1
    if (!exempt && !constraints.every((subtrees) => namesAreWithin(certificate, subtrees))) {
      return broken(certificate, 'has a name outside the constraints of an authority above')
    }
    if (certificate.extensions.nameConstraints) constraints.push(certificate.extensions.nameConstraints)
  }
  return pass(undefined)
}

function checkPolicies(certificates: readonly Certificate[], inputs: PolicyInputs): Outcome<void> {
  const last = certificates.at(-1)
  if (last === undefined) return pass(undefined)
  const graph = new PolicyGraph({ inputs, pathLength: certificates.length })
  for (const certificate of certificates) {
    const isFinal = certificate === last
    const selfIssued = isSelfIssued(certificate)
    if (!graph.enter(certificate.extensions, { isFinal, selfIssued })) {
      return broken(certificate, 'leaves no valid policy where one is required')
    }
    if (!isFinal && !graph.leave(certificate.extensions, { selfIssued })) {
      return broken(certificate, 'maps the policy that stands for any')
    }
  }
  return graph.accepts(last.extensions) ? pass(undefined) : broken(last, 'has no acceptable policy')
}

function notIssued(certificate: Certificate, issuer: Certificate): Outcome<void> {
  return refuse(
    'NO_CERTIFICATE_CHAIN_FOUND',
    about(certificate, `is not signed by the key of "${issuer.subject.text}"`),
  )
}

function broken(certificate: Certificate, what: string): Outcome<void> {
  return refuse('CERTIFICATE_CHAIN_GENERAL_FAILURE', about(certificate, what))
}

function about(certificate: Certificate, what: string): string {
  return `"${certificate.subject.text}" ${what}`
}
