import { type AsnType, fromBER, ObjectIdentifier, OctetString, Sequence, UTCTime } from 'asn1js'
import { Certificate, ContentInfo, IssuerAndSerialNumber, SignedData, type SignerInfo } from 'pkijs'
import { certificateDer, publicKeyInfoOf } from '../certification-authority/issue-certificate.ts'
import { cmsOids } from '../cms/write-signed-data.ts'
import { keyAlgorithms, type SignatureSuite, signatureSuites } from '../crypto/signature-suites.ts'
import { isSignedBy } from '../crypto/verify-signature.ts'

const ASN1_LIMITS = { maxDepth: 24, maxNodes: 2000 }

/** An attached CMS with one signer, taken apart. Nothing in it is believed yet. */
export interface SignedDocument {
  readonly content: Buffer
  /** Absent where the message has not exactly one signer with a certificate. */
  readonly signer?: { readonly certificate: Certificate; readonly info: SignerInfo }
  readonly contentType: string
}

/** @returns undefined where the bytes are no attached CMS SignedData. */
export function readSignedDocument(der: Uint8Array, contentType: string = cmsOids.data): SignedDocument | undefined {
  try {
    const parsed = fromBER(der, ASN1_LIMITS)
    if (parsed.offset !== der.length) return undefined
    const contentInfo = new ContentInfo({ schema: parsed.result })
    if (contentInfo.contentType !== ContentInfo.SIGNED_DATA) return undefined
    const signedData = new SignedData({ schema: contentInfo.content })
    const { eContent, eContentType } = signedData.encapContentInfo
    if (eContent === undefined || eContentType !== contentType) return undefined
    const content = Buffer.from(eContent.getValue())
    const [info, ...otherSigners] = signedData.signerInfos
    if (info === undefined || otherSigners.length > 0) return { content, contentType }
    const certificate = signedData.certificates?.find((candidate) => isSigner(candidate, info))
    return certificate instanceof Certificate
      ? { content, contentType, signer: { certificate, info } }
      : { content, contentType }
  } catch {
    return undefined
  }
}

/** The algorithm of the only signer: its own name, or the bare key's (RFC 3370, section 3.2, has both). */
export function suiteOf({ signer }: SignedDocument): SignatureSuite | undefined {
  const oid = signer?.info.signatureAlgorithm.algorithmId
  return keyAlgorithms
    .map((name) => signatureSuites[name])
    .find(({ signatureOid, keyOid }) => oid === signatureOid || oid === keyOid)
}

/** The timestamp tokens (ContentInfo, DER) of the only signer. */
export function timestampTokens({ signer }: SignedDocument): readonly Buffer[] {
  const attributes = signer?.info.unsignedAttrs?.attributes ?? []
  return attributes
    .filter(({ type }) => type === cmsOids.signatureTimeStamp)
    .flatMap(({ values }) => values.map((value: AsnType) => Buffer.from(value.toBER(false))))
}

/**
 * Whether the signature covers the content as CAdES-BES demands: contentType, messageDigest, signingTime and
 * signingCertificateV2 once each and right, one suite of algorithms throughout. Whose certificate it is, is another
 * question.
 */
export function isSignatureRight(document: SignedDocument): boolean {
  const suite = suiteOf(document)
  if (document.signer === undefined || suite === undefined) return false
  try {
    const { certificate, info } = document.signer
    const attributes = info.signedAttrs
    if (attributes === undefined || info.digestAlgorithm.algorithmId !== suite.digestOid) return false
    const single = (type: string): AsnType | undefined => {
      const [attribute, ...repeated] = attributes.attributes.filter((candidate) => candidate.type === type)
      return repeated.length === 0 && attribute?.values.length === 1 ? attribute.values[0] : undefined
    }
    const contentType = single(cmsOids.contentType)
    return (
      contentType instanceof ObjectIdentifier &&
      contentType.getValue() === document.contentType &&
      octets(single(cmsOids.messageDigest))?.equals(suite.digest(document.content)) === true &&
      // GeneralizedTime is for years from 2050 on; it derives from UTCTime in this library.
      single(cmsOids.signingTime) instanceof UTCTime &&
      isAbout(single(cmsOids.signingCertificateV2), certificate) &&
      isSignedBy({
        suite,
        publicKeyInfo: publicKeyInfoOf(certificate),
        data: Buffer.from(attributes.encodedValue),
        signature: info.signature.valueBlock.valueHexView,
      })
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

/** Whether the first ESSCertIDv2 has the certificate's digest: SHA-256, named or by default, or ГОСТ (RFC 5035, 4). */
function isAbout(signingCertificate: AsnType | undefined, certificate: Certificate): boolean {
  const [certificates] = elements(signingCertificate)
  const [first] = elements(certificates)
  const [head, second] = elements(first)
  const der = certificateDer(certificate)
  if (head instanceof OctetString) return octets(head)?.equals(signatureSuites.rsa.digest(der)) === true
  const [digest] = elements(head)
  const oid = digest instanceof ObjectIdentifier ? digest.getValue() : undefined
  const suite = keyAlgorithms.map((name) => signatureSuites[name]).find(({ digestOid }) => digestOid === oid)
  return suite !== undefined && octets(second)?.equals(suite.digest(der)) === true
}

function elements(value: AsnType | undefined): readonly AsnType[] {
  return value instanceof Sequence ? value.valueBlock.value : []
}

function octets(value: AsnType | undefined): Buffer | undefined {
  return value instanceof OctetString ? Buffer.from(value.getValue()) : undefined
}
