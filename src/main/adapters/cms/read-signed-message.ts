import {
  type Asn1Node,
  contextChildren,
  contextPrimitive,
  encoding,
  integerOctets,
  isContext,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { MalformedAsn1, readAsn1, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'

/** How a SignerInfo names its certificate (RFC 5652, 5.3). */
export type SignerIdentifier =
  | { readonly kind: 'issuer-and-serial'; readonly issuer: Uint8Array; readonly serialNumber: Uint8Array }
  | { readonly kind: 'key-identifier'; readonly keyIdentifier: Uint8Array }

export interface MessageSigner {
  readonly version: number
  readonly identifier: SignerIdentifier
  readonly digestAlgorithm: AlgorithmIdentifier
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
  /** The attributes as they came, under the tag SET OF: exactly the bytes that the signature covers. */
  readonly signedAttributes?: Uint8Array
  /** The unsigned attributes as they came, tag [1] included, unread: nothing vouches for them. */
  readonly unsignedAttributes?: Uint8Array
}

/** A SignedData (RFC 5652, 5.1), all that a verdict may use. CRLs and OCSP replies inside are not read. */
export interface SignedMessage {
  readonly version: number
  readonly contentType: string
  /** Absent where the signature is detached. */
  readonly content?: Uint8Array
  readonly certificates: readonly Certificate[]
  readonly signers: readonly MessageSigner[]
}

const SET_OF = 0x31
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const MAX_CERTIFICATES = 32

/**
 * Parses a CMS message. BER is accepted in the wrapping, because signers in the field write indefinite lengths there;
 * certificates must be DER, and so must signed attributes where they are judged. Read element by element and not by
 * pkijs' schemas, which pass over surplus elements and change what they read.
 * @returns undefined where the bytes are not exactly one well-formed SignedData.
 */
export function readSignedMessage(message: Uint8Array): SignedMessage | undefined {
  return unlessMalformed(() => {
    const [contentType, explicit, ...surplus] = sequence(readAsn1(message, { encoding: 'ber' }))
    if (objectIdentifier(contentType) !== SIGNED_DATA || surplus.length > 0) throw new MalformedAsn1('ContentInfo')
    return signedMessage(only(contextChildren(explicit, 0)))
  })
}

function signedMessage(signedData: Asn1Node): SignedMessage {
  const fields = [...sequence(signedData)]
  const version = smallInteger(fields.shift())
  const digestAlgorithms = setOf(fields.shift()).map(algorithmIdentifier)
  const encapsulated = encapsulatedContent(fields.shift())
  const certificates = isContext(fields[0], 0) ? certificateSet(contextChildren(fields.shift(), 0)) : []
  if (isContext(fields[0], 1)) fields.shift()
  const signers = setOf(only(fields)).map(messageSigner)
  for (const { digestAlgorithm } of signers) {
    const announced = digestAlgorithms.some(({ oid }) => oid === digestAlgorithm.oid)
    if (!announced) throw new MalformedAsn1('a digest algorithm that is not announced')
  }
  return { version, ...encapsulated, certificates, signers }
}

function encapsulatedContent(node: Asn1Node | undefined): Pick<SignedMessage, 'contentType' | 'content'> {
  const [type, explicit, ...surplus] = sequence(node)
  if (surplus.length > 0) throw new MalformedAsn1('EncapsulatedContentInfo')
  const contentType = objectIdentifier(type)
  return explicit === undefined
    ? { contentType }
    : { contentType, content: octetString(only(contextChildren(explicit, 0))) }
}

/** The same certificate twice is one certificate. */
function certificateSet(nodes: readonly Asn1Node[]): readonly Certificate[] {
  if (nodes.length > MAX_CERTIFICATES) throw new MalformedAsn1('too many certificates')
  const certificates = new Map<string, Certificate>()
  for (const node of nodes) {
    const certificate = parseCertificate(encoding(node))
    if (certificate === undefined) throw new MalformedAsn1('Certificate')
    certificates.set(certificate.sha256, certificate)
  }
  return [...certificates.values()]
}

function messageSigner(node: Asn1Node): MessageSigner {
  const fields = [...sequence(node)]
  const version = smallInteger(fields.shift())
  const identifier = signerIdentifier(fields.shift())
  const digestAlgorithm = algorithmIdentifier(fields.shift())
  const attributes = isContext(fields[0], 0) ? fields.shift() : undefined
  const signatureAlgorithm = algorithmIdentifier(fields.shift())
  const signature = octetString(fields.shift())
  const unsigned = isContext(fields[0], 1) ? fields.shift() : undefined
  if (fields.length > 0) throw new MalformedAsn1('SignerInfo')
  return {
    version,
    identifier,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    ...(attributes === undefined ? {} : { signedAttributes: underSetTag(attributes) }),
    ...(unsigned === undefined ? {} : { unsignedAttributes: encoding(unsigned) }),
  }
}

function signerIdentifier(node: Asn1Node | undefined): SignerIdentifier {
  if (isContext(node, 0)) return { kind: 'key-identifier', keyIdentifier: contextPrimitive(node, 0) }
  const [issuer, serialNumber, ...surplus] = sequence(node)
  if (issuer === undefined || surplus.length > 0) throw new MalformedAsn1('IssuerAndSerialNumber')
  return { kind: 'issuer-and-serial', issuer: encoding(issuer), serialNumber: integerOctets(serialNumber) }
}

/** RFC 5652, 5.4: what is signed is the SET OF, not the [0] that stands in the message. */
function underSetTag(attributes: Asn1Node): Uint8Array {
  const der = Uint8Array.from(encoding(attributes))
  der[0] = SET_OF
  return der
}

function only(nodes: readonly Asn1Node[]): Asn1Node {
  const [node, ...others] = nodes
  if (node === undefined || others.length > 0) throw new MalformedAsn1('exactly one element expected')
  return node
}
