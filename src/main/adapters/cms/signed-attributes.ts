import {
  type Asn1Node,
  contextChildren,
  encoding,
  integerOctets,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
} from '../asn1/asn1-node.ts'
import { asn1Time } from '../asn1/asn1-time.ts'
import { MalformedAsn1, readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'

export const attributeTypes = {
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  /** Unsigned, ETSI EN 319 122-1, 5.3. */
  signatureTimeStampToken: '1.2.840.113549.1.9.16.2.14',
} as const

/** The first ESSCertIDv2 (RFC 5035): the certificate that the signer meant. */
export interface CertificateReference {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly hash: Uint8Array
  readonly issuerAndSerial?: { readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
}

/** The attributes that a verdict may use; plain CMS (RFC 5652, 11) requires the first two. */
export interface MessageAttributes {
  readonly contentType: string
  readonly messageDigest: Uint8Array
  readonly signingTime?: Date
  readonly signingCertificate?: CertificateReference
}

/** The four attributes of CAdES-BES (ETSI EN 319 122-1, 5) that every message to and from the portal must carry. */
export type SignedAttributes = Required<MessageAttributes>

const SHA256: AlgorithmIdentifier = { oid: '2.16.840.1.101.3.4.2.1' }

/**
 * Reads signed attributes: DER in DER's order, no type twice, and each known one with one value. Others may stand
 * beside them and mean nothing here.
 * @returns undefined where any of this does not hold, or one that plain CMS requires is missing.
 */
export function readMessageAttributes(der: Uint8Array): MessageAttributes | undefined {
  return unlessMalformed(() => {
    const nodes = setOf(readDer(der))
    requireDerOrder(nodes)
    const values = new Map<string, readonly Asn1Node[]>()
    for (const node of nodes) {
      const [type, set, ...surplus] = sequence(node)
      const oid = objectIdentifier(type)
      if (surplus.length > 0 || values.has(oid)) throw new MalformedAsn1('Attribute')
      values.set(oid, setOf(set))
    }
    const single = (oid: string): Asn1Node => {
      const [value, ...more] = values.get(oid) ?? []
      if (value === undefined || more.length > 0) throw new MalformedAsn1(`attribute ${oid}`)
      return value
    }
    const { contentType, messageDigest, signingTime, signingCertificateV2 } = attributeTypes
    return {
      contentType: objectIdentifier(single(contentType)),
      messageDigest: octetString(single(messageDigest)),
      ...(values.has(signingTime) ? { signingTime: asn1Time(single(signingTime)) } : {}),
      ...(values.has(signingCertificateV2)
        ? { signingCertificate: certificateReference(single(signingCertificateV2)) }
        : {}),
    }
  })
}

/** The same where all four of CAdES-BES are required. */
export function readSignedAttributes(der: Uint8Array): SignedAttributes | undefined {
  const attributes = readMessageAttributes(der)
  if (attributes === undefined) return undefined
  const { contentType, messageDigest, signingTime, signingCertificate } = attributes
  if (signingTime === undefined || signingCertificate === undefined) return undefined
  return { contentType, messageDigest, signingTime, signingCertificate }
}

/** X.690, 11.6: elements of a SET OF stand in ascending order of their encodings. */
function requireDerOrder(nodes: readonly Asn1Node[]): void {
  const encodings = nodes.map((node) => Buffer.from(encoding(node)))
  const ordered = encodings.every((current, i) => i === 0 || Buffer.compare(encodings[i - 1] ?? current, current) < 0)
  if (!ordered) throw new MalformedAsn1('SET OF out of order')
}

function certificateReference(node: Asn1Node): CertificateReference {
  const [certificates, ...policies] = sequence(node)
  const first = sequence(certificates)[0]
  if (policies.length > 1) throw new MalformedAsn1('SigningCertificateV2')
  const fields = [...sequence(first)]
  const hashAlgorithm = fields[0]?.idBlock.tagNumber === 4 ? SHA256 : algorithmIdentifier(fields.shift())
  const hash = octetString(fields.shift())
  const issuerSerial = fields.shift()
  if (fields.length > 0) throw new MalformedAsn1('ESSCertIDv2')
  return { hashAlgorithm, hash, ...(issuerSerial ? { issuerAndSerial: issuerAndSerial(issuerSerial) } : {}) }
}

function issuerAndSerial(node: Asn1Node): { issuer: Uint8Array; serialNumber: Uint8Array } {
  const [names, serialNumber, ...surplus] = sequence(node)
  const [name, ...moreNames] = sequence(names)
  const [issuer] = contextChildren(name, 4)
  if (issuer === undefined || moreNames.length > 0 || surplus.length > 0) throw new MalformedAsn1('IssuerSerial')
  return { issuer: encoding(issuer), serialNumber: integerOctets(serialNumber) }
}
