import { createHash, verify } from 'node:crypto'
import { type AsnType, fromBER, ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js'
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs'
import { certificateDer } from '../certification-authority/issue-certificate.ts'

const OID = {
  data: '1.2.840.113549.1.7.1',
  sha256: '2.16.840.1.101.3.4.2.1',
  rsaEncryption: '1.2.840.113549.1.1.1',
  sha256WithRsaEncryption: '1.2.840.113549.1.1.11',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
} as const
const ASN1_LIMITS = { maxDepth: 24, maxNodes: 2000 }

/** An attached CMS with one signer, taken apart. Nothing in it is believed yet. */
export interface SignedDocument {
  readonly content: Buffer
  /** Absent where the message has not exactly one signer with a certificate. */
  readonly signer?: { readonly certificate: Certificate; readonly info: SignerInfo }
}

/** @returns undefined where the bytes are no attached CMS SignedData. */
export function readSignedDocument(der: Uint8Array): SignedDocument | undefined {
  try {
    const parsed = fromBER(der, ASN1_LIMITS)
    if (parsed.offset !== der.length) return undefined
    const contentInfo = new ContentInfo({ schema: parsed.result })
    if (contentInfo.contentType !== ContentInfo.SIGNED_DATA) return undefined
    const signedData = new SignedData({ schema: contentInfo.content })
    const { eContent, eContentType } = signedData.encapContentInfo
    if (eContent === undefined || eContentType !== OID.data) return undefined
    const content = Buffer.from(eContent.getValue())
    const [info, ...otherSigners] = signedData.signerInfos
    if (info === undefined || otherSigners.length > 0) return { content }
    const certificate = signedData.certificates?.find((candidate) => isSigner(candidate, info))
    return certificate instanceof Certificate ? { content, signer: { certificate, info } } : { content }
  } catch {
    return undefined
  }
}

/**
 * Whether the signature covers the content as CAdES-BES demands: contentType, messageDigest, signingTime and
 * signingCertificateV2 once each and right, SHA-256 throughout, RSA over the signed attributes. Whose certificate it
 * is, is another question.
 */
export function isSignatureRight(document: SignedDocument): boolean {
  if (document.signer === undefined) return false
  try {
    const { certificate, info } = document.signer
    const attributes = info.signedAttrs
    if (attributes === undefined || info.digestAlgorithm.algorithmId !== OID.sha256) return false
    // OpenSSL names the bare key algorithm here, pkijs the signature algorithm: RFC 3370, section 3.2, has both.
    if (![OID.rsaEncryption, OID.sha256WithRsaEncryption].some((oid) => oid === info.signatureAlgorithm.algorithmId)) {
      return false
    }
    const single = (type: string): AsnType | undefined => {
      const [attribute, ...repeated] = attributes.attributes.filter((candidate) => candidate.type === type)
      return repeated.length === 0 && attribute?.values.length === 1 ? attribute.values[0] : undefined
    }
    const contentType = single(OID.contentType)
    return (
      contentType instanceof ObjectIdentifier &&
      contentType.getValue() === OID.data &&
      octets(single(OID.messageDigest))?.equals(sha256(document.content)) === true &&
      // GeneralizedTime is for years from 2050 on; it derives from UTCTime in this library.
      single(OID.signingTime) instanceof UTCTime &&
      essCertificateHash(single(OID.signingCertificateV2))?.equals(sha256(certificateDer(certificate))) === true &&
      verify(
        'sha256',
        Buffer.from(attributes.encodedValue),
        {
          key: Buffer.from(certificate.subjectPublicKeyInfo.toSchema().toBER(false)),
          format: 'der',
          type: 'spki',
        },
        info.signature.valueBlock.valueHexView,
      )
    )
  } catch {
    return false
  }
}

function isSigner(candidate: unknown, info: SignerInfo): boolean {
  return (
    candidate instanceof Certificate &&
    info.sid instanceof IssuerAndSerialNumber &&
    candidate.issuer.isEqual(info.sid.issuer) &&
    candidate.serialNumber.isEqual(info.sid.serialNumber)
  )
}

/** certHash of the first ESSCertIDv2, whose digest must be SHA-256, named or by default: RFC 5035, section 4. */
function essCertificateHash(signingCertificate: AsnType | undefined): Buffer | undefined {
  const [certificates] = elements(signingCertificate)
  const [first] = elements(certificates)
  const [head, second] = elements(first)
  if (head instanceof OctetString) return octets(head)
  const [digest] = elements(head)
  return digest instanceof ObjectIdentifier && digest.getValue() === OID.sha256 ? octets(second) : undefined
}

function elements(value: AsnType | undefined): readonly AsnType[] {
  return value instanceof Sequence ? value.valueBlock.value : []
}

function octets(value: AsnType | undefined): Buffer | undefined {
  return value instanceof OctetString ? Buffer.from(value.getValue()) : undefined
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
