import { createHash } from 'node:crypto'
import {
  type Asn1Node,
  bitStringOctets,
  contextChildren,
  encoding,
  integerOctets,
  isContext,
  sequence,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { asn1Time } from '../asn1/asn1-time.ts'
import { MalformedAsn1, readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from './algorithm-identifier.ts'
import { type CertificateExtensions, certificateExtensions } from './certificate-extensions.ts'
import { type DistinguishedName, distinguishedName, sameName } from './distinguished-name.ts'

/** The facts of an X.509 certificate (RFC 5280, 4.1), read once; whether they please anyone is decided elsewhere. */
export interface Certificate {
  readonly der: Uint8Array
  /** Of the whole certificate, hex. */
  readonly sha256: string
  /** TBSCertificate, DER: what the issuer signed. */
  readonly tbs: Uint8Array
  readonly version: 1 | 2 | 3
  /** Content octets of the INTEGER. */
  readonly serialNumber: Uint8Array
  readonly issuer: DistinguishedName
  readonly notBefore: Date
  readonly notAfter: Date
  readonly subject: DistinguishedName
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array
  readonly extensions: CertificateExtensions
  readonly signatureAlgorithm: AlgorithmIdentifier
  readonly signature: Uint8Array
}

/** @returns undefined where the bytes are not exactly one certificate in DER. */
export function parseCertificate(der: Uint8Array): Certificate | undefined {
  return unlessMalformed(() => readCertificate(der))
}

export function isSelfIssued(certificate: Certificate): boolean {
  return sameName(certificate.issuer, certificate.subject)
}

/** @throws MalformedAsn1 */
function readCertificate(der: Uint8Array): Certificate {
  const [tbs, outerAlgorithm, signature, ...beyond] = sequence(readDer(der))
  if (tbs === undefined || outerAlgorithm === undefined || beyond.length > 0) throw new MalformedAsn1('Certificate')
  const fields = [...sequence(tbs)]
  const version = isContext(fields[0], 0) ? versionNumber(contextChildren(fields.shift(), 0)) : 1
  const [serialNumber, innerAlgorithm, issuer, validity, subject, publicKeyInfo, ...optional] = fields
  if (innerAlgorithm === undefined || publicKeyInfo === undefined) throw new MalformedAsn1('TBSCertificate')
  if (!Buffer.from(encoding(innerAlgorithm)).equals(encoding(outerAlgorithm))) {
    throw new MalformedAsn1('the two signature algorithms differ')
  }
  const [notBefore, notAfter, ...moreTimes] = sequence(validity)
  if (moreTimes.length > 0) throw new MalformedAsn1('Validity')
  return {
    der,
    sha256: createHash('sha256').update(der).digest('hex'),
    tbs: encoding(tbs),
    version,
    serialNumber: integerOctets(serialNumber),
    issuer: distinguishedName(issuer),
    notBefore: asn1Time(notBefore),
    notAfter: asn1Time(notAfter),
    subject: distinguishedName(subject),
    publicKeyInfo: subjectPublicKeyInfo(publicKeyInfo),
    extensions: certificateExtensions(extensionNodes(optional, version)),
    signatureAlgorithm: algorithmIdentifier(outerAlgorithm),
    signature: bitStringOctets(signature),
  }
}

/** An algorithm and a BIT STRING; whether they are a key is asked when the key is used. */
function subjectPublicKeyInfo(node: Asn1Node): Uint8Array {
  const [algorithm, key, ...surplus] = sequence(node)
  if (surplus.length > 0) throw new MalformedAsn1('SubjectPublicKeyInfo')
  algorithmIdentifier(algorithm)
  bitStringOctets(key)
  return encoding(node)
}

function versionNumber(explicit: readonly Asn1Node[]): 1 | 2 | 3 {
  const value = smallInteger(explicit[0])
  if (explicit.length !== 1 || (value !== 0 && value !== 1 && value !== 2)) throw new MalformedAsn1('Version')
  return (value + 1) as 1 | 2 | 3
}

function extensionNodes(optional: readonly Asn1Node[], version: number): readonly Asn1Node[] {
  const fields = [...optional]
  if (isContext(fields[0], 1)) fields.shift()
  if (isContext(fields[0], 2)) fields.shift()
  if (fields.length === 0) return []
  const [list, ...more] = contextChildren(fields.shift(), 3)
  if (more.length > 0 || fields.length > 0 || version !== 3) throw new MalformedAsn1('extensions out of place')
  return sequence(list)
}
