import type { Certificate } from './certificate.ts'
import type { NameConstraints } from './certificate-extensions.ts'
import { isEmptyName, isWithin } from './distinguished-name.ts'
import type { GeneralName } from './general-name.ts'

/**
 * Whether the names of a certificate obey the constraints of an authority above it (RFC 5280, 4.2.1.10). Each
 * authority's constraints are asked on their own, which is the intersection that 6.1.4 (g) describes.
 */
export function namesAreWithin(certificate: Certificate, constraints: NameConstraints): boolean {
  return namesOf(certificate).every((name) => {
    if (constraints.excluded.some((subtree) => sameKind(name, subtree) && matches(name, subtree) !== false))
      return false
    const permitted = constraints.permitted.filter((subtree) => sameKind(name, subtree))
    return permitted.length === 0 || permitted.some((subtree) => matches(name, subtree) === true)
  })
}

/** Subject and alternative names; e-mail addresses inside the subject count where no alternative name is given. */
function namesOf({ subject, extensions }: Certificate): readonly GeneralName[] {
  const directory: readonly GeneralName[] = isEmptyName(subject) ? [] : [{ kind: 'directory', value: subject }]
  const alternative =
    extensions.subjectAltNames ?? subject.emailAddresses.map((value): GeneralName => ({ kind: 'email', value }))
  return [...directory, ...alternative]
}

function sameKind(name: GeneralName, subtree: GeneralName): boolean {
  return name.kind === 'other' && subtree.kind === 'other' ? name.tag === subtree.tag : name.kind === subtree.kind
}

/** @returns undefined where it cannot be told: then neither permitted nor safe from being excluded. */
function matches(name: GeneralName, subtree: GeneralName): boolean | undefined {
  if (name.kind === 'directory' && subtree.kind === 'directory') return isWithin(name.value, subtree.value)
  if (name.kind === 'dns' && subtree.kind === 'dns') return isWithinDomain(name.value, subtree.value)
  if (name.kind === 'email' && subtree.kind === 'email') return matchesEmail(name.value, subtree.value)
  if (name.kind === 'uri' && subtree.kind === 'uri') return matchesUri(name.value, subtree.value)
  if (name.kind === 'ip' && subtree.kind === 'ip') return matchesAddress(name.value, subtree.value)
  return undefined
}

/** "Any DNS name that can be constructed by adding zero or more labels to the left." */
function isWithinDomain(host: string, domain: string): boolean {
  const [lowerHost, lowerDomain] = [host.toLowerCase(), domain.toLowerCase()]
  return lowerDomain === '' || lowerHost === lowerDomain || isBelow(lowerHost, lowerDomain)
}

function isBelow(host: string, domain: string): boolean {
  return host.endsWith(domain.startsWith('.') ? domain : `.${domain}`)
}

/** A constraint is a mailbox, a host, or with a leading dot all hosts below a domain. */
function matchesEmail(address: string, constraint: string): boolean | undefined {
  const at = address.lastIndexOf('@')
  if (at < 1) return undefined
  const host = address.slice(at + 1)
  const constraintAt = constraint.lastIndexOf('@')
  if (constraintAt < 0) return matchesHost(host, constraint)
  return (
    address.slice(0, at) === constraint.slice(0, constraintAt) && sameHost(host, constraint.slice(constraintAt + 1))
  )
}

function matchesUri(uri: string, constraint: string): boolean | undefined {
  const authority = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#:@[\]]+)(?::[0-9]*)?(?:[/?#]|$)/.exec(uri)
  const host = authority?.[1]
  // RFC 5280: a URI without a host name, an address included, is refused where URIs are constrained.
  if (host === undefined || /^[0-9.]+$/.test(host)) return undefined
  return matchesHost(host, constraint)
}

function matchesHost(host: string, constraint: string): boolean {
  return constraint.startsWith('.') ? isBelow(host.toLowerCase(), constraint.toLowerCase()) : sameHost(host, constraint)
}

function sameHost(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

/** A constraint is an address followed by a mask of the same length. */
function matchesAddress(address: Uint8Array, subtree: Uint8Array): boolean | undefined {
  if (address.length !== 4 && address.length !== 16) return undefined
  if (subtree.length !== 2 * address.length) return subtree.length === 8 || subtree.length === 32 ? false : undefined
  return address.every((octet, i) => {
    const mask = subtree[address.length + i] ?? 0
    return (octet & mask) === ((subtree[i] ?? 0) & mask)
  })
}
