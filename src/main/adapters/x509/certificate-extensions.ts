import {
  type Asn1Node,
  boolean,
  contextChildren,
  contextPrimitive,
  isBoolean,
  isContext,
  namedBits,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
  smallUnsigned,
} from '../asn1/asn1-node.ts'
import { MalformedAsn1, readDer } from '../asn1/read-asn1.ts'
import { type DistributionPoint, distributionPoint } from './distribution-point.ts'
import { extensionList } from './extension.ts'
import { type GeneralName, generalName } from './general-name.ts'

/** Bit numbers of KeyUsage, RFC 5280, 4.2.1.3. */
export const keyUsageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  keyEncipherment: 2,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
} as const

export const ANY_POLICY = '2.5.29.32.0'
const ID_AD_OCSP = '1.3.6.1.5.5.7.48.1'

export interface NameConstraints {
  readonly permitted: readonly GeneralName[]
  readonly excluded: readonly GeneralName[]
}

/** What the extensions of RFC 5280, 4.2 say; each is absent where the certificate has none. */
export interface CertificateExtensions {
  readonly basicConstraints?: { readonly ca: boolean; readonly pathLength?: number }
  readonly keyUsage?: ReadonlySet<number>
  readonly extendedKeyUsage?: readonly string[]
  readonly subjectKeyIdentifier?: Uint8Array
  readonly authorityKeyIdentifier?: Uint8Array
  readonly subjectAltNames?: readonly GeneralName[]
  readonly nameConstraints?: NameConstraints
  readonly certificatePolicies?: ReadonlySet<string>
  readonly policyMappings?: readonly { readonly issuerDomain: string; readonly subjectDomain: string }[]
  readonly policyConstraints?: { readonly requireExplicitPolicy?: number; readonly inhibitPolicyMapping?: number }
  readonly inhibitAnyPolicy?: number
  readonly crlDistributionPoints?: readonly DistributionPoint[]
  /** Where deltas are found (4.2.1.15). */
  readonly freshestCrl?: readonly DistributionPoint[]
  /** Addresses of OCSP responders (4.2.2.1), as they are written. */
  readonly ocspResponders?: readonly string[]
  /** id-pkix-ocsp-nocheck, RFC 6960, 4.2.2.2.1: an OCSP responder whose own status nobody is to ask. */
  readonly ocspNoCheck?: boolean
  /** Critical extensions that are not read here: whoever relies on the certificate must refuse it. */
  readonly unknownCritical: readonly string[]
}

type Known = Omit<CertificateExtensions, 'unknownCritical'>

const readers: Readonly<Record<string, (value: Asn1Node) => Known>> = {
  '2.5.29.14': (value) => ({ subjectKeyIdentifier: octetString(value) }),
  '2.5.29.15': (value) => ({ keyUsage: namedBits(value) }),
  '2.5.29.17': (value) => ({ subjectAltNames: nonEmpty(sequence(value)).map(generalName) }),
  '2.5.29.19': basicConstraints,
  '2.5.29.30': (value) => ({ nameConstraints: nameConstraints(value) }),
  '2.5.29.32': certificatePolicies,
  '2.5.29.31': (value) => ({ crlDistributionPoints: nonEmpty(sequence(value)).map(distributionPoint) }),
  '2.5.29.33': policyMappings,
  '2.5.29.35': authorityKeyIdentifier,
  '2.5.29.36': policyConstraints,
  '2.5.29.37': (value) => ({ extendedKeyUsage: nonEmpty(sequence(value)).map(objectIdentifier) }),
  '2.5.29.46': (value) => ({ freshestCrl: nonEmpty(sequence(value)).map(distributionPoint) }),
  '1.3.6.1.5.5.7.1.1': authorityInformationAccess,
  '1.3.6.1.5.5.7.48.1.5': () => ({ ocspNoCheck: true }),
  '2.5.29.54': (value) => ({ inhibitAnyPolicy: smallInteger(value) }),
}

/**
 * Reads the extensions of a certificate.
 * @throws MalformedAsn1
 */
export function certificateExtensions(nodes: readonly Asn1Node[]): CertificateExtensions {
  const unknownCritical: string[] = []
  let known: Known = {}
  for (const { oid, critical, value } of extensionList(nodes)) {
    const read = Object.hasOwn(readers, oid) ? readers[oid] : undefined
    if (read !== undefined) known = { ...known, ...read(readDer(value)) }
    else if (critical) unknownCritical.push(oid)
  }
  return { ...known, unknownCritical }
}

function basicConstraints(value: Asn1Node): Known {
  const fields = [...sequence(value)]
  const ca = isBoolean(fields[0]) && boolean(fields.shift())
  const pathLength = fields.length > 0 ? smallInteger(fields.shift()) : undefined
  if (fields.length > 0) throw new MalformedAsn1('BasicConstraints malformed')
  return { basicConstraints: { ca, ...(pathLength === undefined ? {} : { pathLength }) } }
}

function authorityKeyIdentifier(value: Asn1Node): Known {
  const identifier = sequence(value).find((field) => isContext(field, 0))
  return identifier === undefined ? {} : { authorityKeyIdentifier: contextPrimitive(identifier, 0) }
}

function nameConstraints(value: Asn1Node): NameConstraints {
  const fields = [...sequence(value)]
  const subtrees = (tag: number) =>
    isContext(fields[0], tag) ? nonEmpty(contextChildren(fields.shift(), tag)).map(generalSubtree) : []
  const constraints = { permitted: subtrees(0), excluded: subtrees(1) }
  if (fields.length > 0) throw new MalformedAsn1('NameConstraints malformed')
  return constraints
}

/** RFC 5280 knows no minimum but 0, which DER leaves out, and no maximum. */
function generalSubtree(node: Asn1Node): GeneralName {
  const [base, ...bounds] = sequence(node)
  if (bounds.length > 0) throw new MalformedAsn1('GeneralSubtree with bounds')
  return generalName(base)
}

function certificatePolicies(value: Asn1Node): Known {
  const policies = nonEmpty(sequence(value)).map((policy) => objectIdentifier(sequence(policy)[0]))
  if (new Set(policies).size !== policies.length) throw new MalformedAsn1('a policy occurs twice')
  return { certificatePolicies: new Set(policies) }
}

function policyMappings(value: Asn1Node): Known {
  const mappings = nonEmpty(sequence(value)).map((mapping) => {
    const [issuerDomain, subjectDomain] = sequence(mapping)
    return { issuerDomain: objectIdentifier(issuerDomain), subjectDomain: objectIdentifier(subjectDomain) }
  })
  return { policyMappings: mappings }
}

function policyConstraints(value: Asn1Node): Known {
  const fields = [...sequence(value)]
  const skipCerts = (tag: number) =>
    isContext(fields[0], tag) ? smallUnsigned(contextPrimitive(fields.shift(), tag)) : undefined
  const requireExplicitPolicy = skipCerts(0)
  const inhibitPolicyMapping = skipCerts(1)
  if (fields.length > 0) throw new MalformedAsn1('PolicyConstraints malformed')
  return {
    policyConstraints: {
      ...(requireExplicitPolicy === undefined ? {} : { requireExplicitPolicy }),
      ...(inhibitPolicyMapping === undefined ? {} : { inhibitPolicyMapping }),
    },
  }
}

function authorityInformationAccess(value: Asn1Node): Known {
  const ocspResponders = nonEmpty(sequence(value)).flatMap((description) => {
    const [method, location, ...surplus] = sequence(description)
    if (surplus.length > 0) throw new MalformedAsn1('AccessDescription')
    const name = generalName(location)
    return objectIdentifier(method) === ID_AD_OCSP && name.kind === 'uri' ? [name.value] : []
  })
  return ocspResponders.length === 0 ? {} : { ocspResponders }
}

function nonEmpty(nodes: readonly Asn1Node[]): readonly Asn1Node[] {
  if (nodes.length === 0) throw new MalformedAsn1('empty list')
  return nodes
}
