import { createHash, webcrypto } from 'node:crypto'
import {
  type BaseBlock,
  Constructed,
  fromBER,
  Integer,
  Null,
  ObjectIdentifier,
  OctetString,
  Sequence,
  UTCTime,
} from 'asn1js'
import {
  Attribute,
  ContentInfo,
  CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  Certificate as PkijsCertificate,
  RelativeDistinguishedNames,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import type { Certificate } from '../x509/certificate.ts'
import { attributeTypes } from './signed-attributes.ts'

/**
 * Builds an attached CAdES-BES signature (ETSI EN 319 122-1) in DER: RSA PKCS #1 v1.5 with SHA-256, the four signed
 * attributes in DER's order, the signer's certificate and its chain inside.
 */
export async function buildSignedMessage(options: {
  readonly content: Uint8Array
  readonly certificate: Certificate
  readonly chain: readonly Certificate[]
  /** RSASSA-PKCS1-v1_5 with SHA-256. */
  readonly privateKey: webcrypto.CryptoKey
  readonly signingTime: Date
}): Promise<Uint8Array> {
  const { content, certificate, chain } = options
  // pkijs would cut content given to its constructor into BER pieces; assigned, it stays in one.
  const encapContentInfo = new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA })
  encapContentInfo.eContent = new OctetString({ valueHex: content })
  const signer = new SignerInfo({
    version: 1,
    sid: new IssuerAndSerialNumber({
      issuer: new RelativeDistinguishedNames({ schema: parse(certificate.issuer.der) }),
      serialNumber: serialNumber(certificate),
    }),
    signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes: signedAttributes(options) }),
  })
  const signedData = new SignedData({
    encapContentInfo,
    certificates: inDerOrder([certificate, ...chain]).map(({ der }) => new PkijsCertificate({ schema: parse(der) })),
    signerInfos: [signer],
  })
  // An engine of our own: the library's global one is shared by everything in the process.
  const engine = new CryptoEngine({ crypto: webcrypto })
  await signedData.sign(options.privateKey, 0, 'SHA-256', undefined, engine)
  for (const algorithm of [...signedData.digestAlgorithms, signer.digestAlgorithm, signer.signatureAlgorithm]) {
    algorithm.algorithmParams = new Null()
  }
  const contentInfo = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signedData.toSchema(true) })
  return new Uint8Array(contentInfo.toSchema().toBER())
}

function signedAttributes({ content, certificate, signingTime }: Parameters<typeof buildSignedMessage>[0]) {
  const attribute = (type: string, value: BaseBlock) => new Attribute({ type, values: [value] })
  const attributes = [
    attribute(attributeTypes.contentType, new ObjectIdentifier({ value: ContentInfo.DATA })),
    attribute(attributeTypes.messageDigest, new OctetString({ valueHex: sha256(content) })),
    attribute(attributeTypes.signingTime, new UTCTime({ valueDate: signingTime })),
    attribute(attributeTypes.signingCertificateV2, signingCertificateV2(certificate)),
  ]
  const encoded = (item: Attribute) => Buffer.from(item.toSchema().toBER())
  return attributes.sort((a, b) => Buffer.compare(encoded(a), encoded(b)))
}

/** RFC 5035: SHA-256 is the default and therefore left out. */
function signingCertificateV2(certificate: Certificate): Sequence {
  const directoryName = new Constructed({
    idBlock: { tagClass: 3, tagNumber: 4 },
    value: [parse(certificate.issuer.der)],
  })
  const issuerSerial = new Sequence({ value: [new Sequence({ value: [directoryName] }), serialNumber(certificate)] })
  const reference = new Sequence({ value: [new OctetString({ valueHex: sha256(certificate.der) }), issuerSerial] })
  return new Sequence({ value: [new Sequence({ value: [reference] })] })
}

/** X.690, 11.6: elements of a SET OF stand in ascending order of their encodings. */
function inDerOrder(certificates: readonly Certificate[]): readonly Certificate[] {
  return [...certificates].sort((a, b) => Buffer.compare(a.der, b.der))
}

function serialNumber(certificate: Certificate): Integer {
  return new Integer({ valueHex: Uint8Array.from(certificate.serialNumber) })
}

function sha256(octets: Uint8Array): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash('sha256').update(octets).digest())
}

function parse(der: Uint8Array): BaseBlock {
  return fromBER(Uint8Array.from(der), { parseEmbedded: false }).result
}
