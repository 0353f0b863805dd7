import {
  type Asn1Node,
  bitStringOctets,
  contextChildren,
  contextPrimitive,
  encoding,
  enumerated,
  integerOctets,
  isContext,
  objectIdentifier,
  octetString,
  sequence,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { asn1Time } from '../asn1/asn1-time.ts'
import { MalformedAsn1, readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { type DistinguishedName, distinguishedName } from '../x509/distinguished-name.ts'
import { type Extension, extensionList } from '../x509/extension.ts'

export interface CertId {
  readonly hashAlgorithm: AlgorithmIdentifier
  readonly issuerNameHash: Uint8Array
  readonly issuerKeyHash: Uint8Array
  readonly serialNumber: Uint8Array
}

export type OcspCertStatus =
  | { readonly kind: 'good' | 'unknown' }
  | { readonly kind: 'revoked'; readonly time: Date; readonly reason: number }

export interface SingleResponse {
  readonly certId: CertId
  readonly certStatus: OcspCertStatus
  readonly thisUpdate: Date
  readonly nextUpdate?: Date
}

/** The facts of a successful BasicOCSPResponse (RFC 6960, 4.2.1); whether it may be relied on is decided elsewhere. */
export interface OcspResponse {
  /** ResponseData, DER. */
  readonly tbs: Uint8Array
  readonly responderId:
    | { readonly kind: 'name'; readonly name: DistinguishedName }
    /** SHA-1 of the responder's public key. */
    | { readonly kind: 'key'; readonly keyHash: Uint8Array }
  readonly producedAt: Date
  readonly responses: readonly SingleResponse[]
  /** Value of the nonce extension, whatever it holds: whoever asked compares it with what was sent. */
  readonly nonce?: Uint8Array
  readonly unknownCritical: readonly string[]
  readonly certificates: readonly Certificate[]
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

const MAX_OCTETS = 1024 * 1024
const SUCCESSFUL = 0
const ID_PKIX_OCSP_BASIC = '1.3.6.1.5.5.7.48.1.1'
/** RFC 8954. Only a client that asked can say anything of it; from a file nobody asked. */
export const NONCE = '1.3.6.1.5.5.7.48.1.2'

/** @returns undefined where the bytes are not exactly one successful basic response in DER. */
export function parseOcspResponse(der: Uint8Array): OcspResponse | undefined {
  return der.length > MAX_OCTETS ? undefined : unlessMalformed(() => readOcspResponse(der))
}

function readOcspResponse(der: Uint8Array): OcspResponse {
  const [status, explicit, ...surplus] = sequence(readDer(der))
  if (enumerated(status) !== SUCCESSFUL || surplus.length > 0) throw new MalformedAsn1('OCSPResponse')
  const [type, response, ...more] = sequence(only(contextChildren(explicit, 0)))
  if (objectIdentifier(type) !== ID_PKIX_OCSP_BASIC || more.length > 0) throw new MalformedAsn1('ResponseBytes')
  return basicResponse(readDer(octetString(response)))
}

function basicResponse(node: Asn1Node): OcspResponse {
  const [tbs, algorithm, signature, certificates, ...surplus] = sequence(node)
  if (tbs === undefined || surplus.length > 0) throw new MalformedAsn1('BasicOCSPResponse')
  return {
    tbs: encoding(tbs),
    ...responseData(tbs),
    certificates: certificates === undefined ? [] : certificateList(only(contextChildren(certificates, 0))),
    signatureAlgorithm: algorithmIdentifier(algorithm),
    signature: bitStringOctets(signature),
  }
}

function responseData(
  node: Asn1Node,
): Pick<OcspResponse, 'responderId' | 'producedAt' | 'responses' | 'nonce' | 'unknownCritical'> {
  const fields = [...sequence(node)]
  if (isContext(fields[0], 0) && smallInteger(only(contextChildren(fields.shift(), 0))) !== 0) {
    throw new MalformedAsn1('Version')
  }
  const responderId = responder(fields.shift())
  const producedAt = asn1Time(fields.shift())
  const singles = sequence(fields.shift()).map(singleResponse)
  const extensions = fields.length > 0 ? explicitExtensions(fields.shift()) : []
  if (fields.length > 0) throw new MalformedAsn1('ResponseData')
  const nonce = extensions.find(({ oid }) => oid === NONCE)?.value
  return {
    responderId,
    producedAt,
    responses: singles.map(({ response }) => response),
    ...(nonce && { nonce }),
    unknownCritical: [...criticalOf(extensions), ...singles.flatMap((single) => single.unknownCritical)],
  }
}

function responder(node: Asn1Node | undefined): OcspResponse['responderId'] {
  if (isContext(node, 1)) return { kind: 'name', name: distinguishedName(only(contextChildren(node, 1))) }
  return { kind: 'key', keyHash: octetString(only(contextChildren(node, 2))) }
}

function singleResponse(node: Asn1Node): { response: SingleResponse; unknownCritical: readonly string[] } {
  const fields = [...sequence(node)]
  const certId = readCertId(fields.shift())
  const certStatus = readCertStatus(fields.shift())
  const thisUpdate = asn1Time(fields.shift())
  const nextUpdate = isContext(fields[0], 0) ? asn1Time(only(contextChildren(fields.shift(), 0))) : undefined
  const unknownCritical = isContext(fields[0], 1) ? criticalOf(explicitExtensions(fields.shift())) : []
  if (fields.length > 0) throw new MalformedAsn1('SingleResponse')
  return { response: { certId, certStatus, thisUpdate, ...(nextUpdate && { nextUpdate }) }, unknownCritical }
}

function readCertId(node: Asn1Node | undefined): CertId {
  const [hashAlgorithm, issuerNameHash, issuerKeyHash, serialNumber, ...surplus] = sequence(node)
  if (surplus.length > 0) throw new MalformedAsn1('CertID')
  return {
    hashAlgorithm: algorithmIdentifier(hashAlgorithm),
    issuerNameHash: octetString(issuerNameHash),
    issuerKeyHash: octetString(issuerKeyHash),
    serialNumber: integerOctets(serialNumber),
  }
}

function readCertStatus(node: Asn1Node | undefined): OcspCertStatus {
  if (isContext(node, 0) && contextPrimitive(node, 0).length === 0) return { kind: 'good' }
  if (isContext(node, 2) && contextPrimitive(node, 2).length === 0) return { kind: 'unknown' }
  const [time, reason, ...surplus] = contextChildren(node, 1)
  if (surplus.length > 0) throw new MalformedAsn1('RevokedInfo')
  return {
    kind: 'revoked',
    time: asn1Time(time),
    reason: reason === undefined ? 0 : enumerated(only(contextChildren(reason, 0))),
  }
}

/** All extensions stand inside one explicit [1]. */
function explicitExtensions(node: Asn1Node | undefined): readonly Extension[] {
  return extensionList(sequence(only(contextChildren(node, 1))))
}

function criticalOf(extensions: readonly Extension[]): readonly string[] {
  return extensions.filter(({ oid, critical }) => critical && oid !== NONCE).map(({ oid }) => oid)
}

function certificateList(node: Asn1Node): readonly Certificate[] {
  return sequence(node).map((item) => {
    const certificate = parseCertificate(encoding(item))
    if (certificate === undefined) throw new MalformedAsn1('Certificate')
    return certificate
  })
}

function only(nodes: readonly Asn1Node[]): Asn1Node {
  const [node, ...others] = nodes
  if (node === undefined || others.length > 0) throw new MalformedAsn1('exactly one element expected')
  return node
}
