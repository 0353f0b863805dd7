import {
  type BaseBlock,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  Set as SetOf,
  UTCTime,
} from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  ContentInfo,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  Certificate as PkijsCertificate,
  RelativeDistinguishedNames,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { type Result, succeed } from '../../../shared/result.ts'
import type { SigningIdentity } from '../keystore/signing-identity.ts'
import type { Certificate } from '../x509/certificate.ts'
import { digest, digestOid } from '../x509/digest-algorithms.ts'
import { signatureOid } from '../x509/signature-algorithms.ts'
import { attributeTypes } from './signed-attributes.ts'

export interface SignedMessageOptions {
  readonly content: Uint8Array
  readonly identity: Pick<SigningIdentity, 'certificate' | 'algorithm' | 'sign'>
  /** Authorities to send along. */
  readonly chain: readonly Certificate[]
  readonly signingTime: Date
  /** Leaves the content out of the message. */
  readonly detached?: boolean
  /** Asks for a timestamp over the signature value (CAdES-T): DER of the token. */
  readonly timestamp?: (signature: Uint8Array) => Promise<Result<Uint8Array>>
}

/**
 * Builds a CAdES-BES signature (ETSI EN 319 122-1) in DER, attached unless asked otherwise: RSA PKCS #1 v1.5 with
 * SHA-256 or ГОСТ 34.10-2015, the four signed attributes in DER's order, the signer's certificate and its chain
 * inside; with a timestamp CAdES-T.
 * @returns failures of the identity and of the timestamp.
 */
export async function buildSignedMessage(options: SignedMessageOptions): Promise<Result<Uint8Array>> {
  const { content, identity, chain } = options
  const { certificate, algorithm } = identity
  // pkijs would cut content given to its constructor into BER pieces; assigned, it stays in one.
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA })
  if (options.detached !== true) encapContentInfo.eContent = new OctetString({ valueHex: content })
  const attributes = signedAttributes(options)
  const signed = await identity.sign(new Uint8Array(attributesDer(attributes)))
  if (!signed.ok) return signed
  const signature = signed.value
  const timestamp = await options.timestamp?.(signature)
  if (timestamp?.ok === false) return timestamp
  const digestAlgorithm = algorithmIdentifier(digestOid(algorithm.digest))
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: new RelativeDistinguishedNames({ schema: parse(certificate.issuer.der) }),
      serialNumber: serialNumber(certificate),
    }),
    digestAlgorithm,
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes }),
    signatureAlgorithm: algorithmIdentifier(signatureOid(algorithm)),
    signature: new OctetString({ valueHex: Uint8Array.from(signature) }),
    ...(timestamp === undefined ? {} : { unsignedAttrs: unsignedAttributes(timestamp.value) }),
  })
  const signedData = new SignedData({
    version: 1,
    digestAlgorithms: [digestAlgorithm],
    encapContentInfo,
    certificates: inDerOrder([certificate, ...chain]).map(({ der }) => new PkijsCertificate({ schema: parse(der) })),
    signerInfos: [signer],
  })
  const contentInfo = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signedData.toSchema(true) })
  return succeed(new Uint8Array(contentInfo.toSchema().toBER()))
}

/** What is signed: the SET OF in DER (RFC 5652, 5.4). */
function attributesDer(attributes: readonly Attribute[]): ArrayBuffer {
  return new SetOf({ value: attributes.map((item) => item.toSchema()) }).toBER()
}

function signedAttributes({ content, identity, signingTime }: SignedMessageOptions): Attribute[] {
  const { certificate, algorithm } = identity
  const attribute = (type: string, value: BaseBlock) => new Attribute({ type, values: [value] })
  const attributes = [
    attribute(attributeTypes.contentType, new ObjectIdentifier({ value: ContentInfo.DATA })),
    attribute(attributeTypes.messageDigest, new OctetString({ valueHex: octets(digest(algorithm.digest, content)) })),
    attribute(attributeTypes.signingTime, new UTCTime({ valueDate: signingTime })),
    attribute(attributeTypes.signingCertificateV2, signingCertificateV2(certificate)),
  ]
  const encoded = (item: Attribute) => Buffer.from(item.toSchema().toBER())
  return attributes.sort((a, b) => Buffer.compare(encoded(a), encoded(b)))
}

/** RFC 5035: SHA-256 is the default and therefore left out; НУЦ's own messages use it with ГОСТ too. */
function signingCertificateV2(certificate: Certificate): Sequence {
  const directoryName = new Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [parse(certificate.issuer.der)],
  })
  const issuerSerial = new Sequence({ value: [new Sequence({ value: [directoryName] }), serialNumber(certificate)] })
  const hash = new OctetString({ valueHex: octets(digest('sha256', certificate.der)) })
  return new Sequence({ value: [new Sequence({ value: [new Sequence({ value: [hash, issuerSerial] })] })] })
}

function unsignedAttributes(token: Uint8Array): SignedAndUnsignedAttributes {
  const attribute = new Attribute({ type: attributeTypes.signatureTimeStampToken, values: [parse(token)] })
  return new SignedAndUnsignedAttributes({ type: 1, attributes: [attribute] })
}

/** Parameters are NULL, for RSA as RFC 3370 and for ГОСТ as НУЦ writes them. */
function algorithmIdentifier(algorithmId: string): AlgorithmIdentifier {
  return new AlgorithmIdentifier({ algorithmId, algorithmParams: new Null() })
}

/** X.690, 11.6: elements of a SET OF stand in ascending order of their encodings. */
function inDerOrder(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...certificates].sort((a, b) => Buffer.compare(a.der, b.der))
}

function serialNumber(certificate: Certificate): Integer {
  return new Integer({ valueHex: Uint8Array.from(certificate.serialNumber) })
}

function octets(buffer: Buffer): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(buffer)
}

function parse(der: Uint8Array): BaseBlock {
  return fromBER(Uint8Array.from(der), { parseEmbedded: false }).result
}
