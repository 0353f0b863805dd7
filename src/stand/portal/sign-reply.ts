import { createHash, type webcrypto } from 'node:crypto'
import { ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js'
import {
  Attribute,
  type Certificate,
  ContentInfo,
  type CryptoEngine,
  EncapsulatedContentInfo,
  IssuerAndSerialNumber,
  SignedAndUnsignedAttributes,
  SignedData,
  SignerInfo,
} from 'pkijs'
import { certificateDer } from '../certification-authority/issue-certificate.ts'

/** Signs a document at a moment. @returns attached CAdES-BES, DER. */
export type ReplySigner = (document: Uint8Array, at: Date) => Promise<Buffer>

/**
 * RSA with SHA-256; signed attributes contentType, messageDigest, signingTime, signingCertificateV2; inside are the
 * signer's certificate and its authority's.
 */
export function createReplySigner(options: {
  readonly engine: CryptoEngine
  readonly certificate: Certificate
  readonly issuing: Certificate
  readonly privateKey: webcrypto.CryptoKey
}): ReplySigner {
  const { engine, certificate, privateKey } = options
  const certificates = inDerOrder([certificate, options.issuing])
  const certificateHash = new OctetString({ valueHex: sha256(certificateDer(certificate)) })
  // ESSCertIDv2 with its default digest, SHA-256, which DER leaves out.
  const signingCertificate = new Sequence({
    value: [new Sequence({ value: [new Sequence({ value: [certificateHash] })] })],
  })
  return async (document, at) => {
    const attributes = [
      new Attribute({ type: '1.2.840.113549.1.9.3', values: [new ObjectIdentifier({ value: ContentInfo.DATA })] }),
      new Attribute({ type: '1.2.840.113549.1.9.4', values: [new OctetString({ valueHex: sha256(document) })] }),
      new Attribute({ type: '1.2.840.113549.1.9.5', values: [new UTCTime({ valueDate: at })] }),
      new Attribute({ type: '1.2.840.113549.1.9.16.2.47', values: [signingCertificate] }),
    ]
    const encapContentInfo = new EncapsulatedContentInfo({ eContentType: ContentInfo.DATA })
    // Set afterwards: the constructor would cut the octets into a BER construction.
    encapContentInfo.eContent = new OctetString({ valueHex: copy(document) })
    const signedData = new SignedData({
      version: 1,
      encapContentInfo,
      certificates,
      signerInfos: [
        new SignerInfo({
          version: 1,
          sid: new IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
          signedAttrs: new SignedAndUnsignedAttributes({ type: 0, attributes: inDerOrder(attributes) }),
        }),
      ],
    })
    await signedData.sign(privateKey, 0, 'SHA-256', undefined, engine)
    const message = new ContentInfo({ contentType: ContentInfo.SIGNED_DATA, content: signedData.toSchema(true) })
    return Buffer.from(message.toSchema().toBER(false))
  }
}

/** DER orders a SET OF by encoding; pkijs keeps the order it is given. */
function inDerOrder<T extends Attribute | Certificate>(items: readonly T[]): T[] {
  const encode = (item: T): Buffer => Buffer.from(item.toSchema().toBER(false))
  return items.toSorted((a, b) => Buffer.compare(encode(a), encode(b)))
}

function sha256(bytes: Uint8Array): ArrayBuffer {
  return copy(createHash('sha256').update(bytes).digest())
}

function copy(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer
}
