import { createHash } from 'node:crypto'
import type { AsnType } from 'asn1js'
import type { Certificate } from 'pkijs'
import {
  decoded,
  encode,
  integer,
  nullValue,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  tagged,
  time,
} from '../asn1/der.ts'
import {
  certificateDer,
  type Issuer,
  serialNumberOf,
  signatureAlgorithm,
} from '../certification-authority/issue-certificate.ts'

export const cmsOids = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStamp: '1.2.840.113549.1.9.16.2.14',
} as const

/**
 * An attached CMS SignedData with one signer, in the signer's algorithm: CAdES-BES (contentType, messageDigest,
 * signingTime, signingCertificateV2 with SHA-256).
 * @param options.timestamp asks for a token over the signature value; with it the message is CAdES-T.
 * @returns ContentInfo, DER.
 */
export async function writeSignedData(options: {
  readonly signer: Issuer
  readonly certificates: readonly Certificate[]
  readonly contentType: string
  readonly content: Uint8Array
  readonly signingTime: Date
  readonly timestamp?: (signature: Uint8Array) => Promise<Buffer>
}): Promise<Buffer> {
  const { signer, contentType, content } = options
  const { suite } = signer.key
  const digestAlgorithm = sequence(objectIdentifier(suite.digestOid), nullValue())
  const attributes = [
    attribute(cmsOids.contentType, objectIdentifier(contentType)),
    attribute(cmsOids.messageDigest, octetString(suite.digest(content))),
    attribute(cmsOids.signingTime, time(options.signingTime)),
    attribute(cmsOids.signingCertificateV2, signingCertificate(signer.certificate)),
  ]
  // What is signed is the SET OF; what stands in the message is the same under [0]: RFC 5652, section 5.4.
  const signedAttributes = setOf(...attributes)
  const signature = signer.key.sign(encode(signedAttributes))
  const token = await options.timestamp?.(signature)
  const signerInfo = sequence(
    integer(1),
    sequence(
      decoded(Buffer.from(signer.certificate.issuer.valueBeforeDecode)),
      integer(serialNumberOf(signer.certificate)),
    ),
    digestAlgorithm,
    tagged(0, ...signedAttributes.valueBlock.value),
    signatureAlgorithm(suite),
    octetString(signature),
    ...(token === undefined ? [] : [tagged(1, attribute(cmsOids.signatureTimeStamp, decoded(token)))]),
  )
  const certificates = setOf(...options.certificates.map((certificate) => decoded(certificateDer(certificate))))
  const signedData = sequence(
    // RFC 5652, section 5.1: 3 where the content is no plain data.
    integer(contentType === cmsOids.data ? 1 : 3),
    setOf(sequence(objectIdentifier(suite.digestOid), nullValue())),
    sequence(objectIdentifier(contentType), tagged(0, octetString(content))),
    ...(options.certificates.length === 0 ? [] : [tagged(0, ...certificates.valueBlock.value)]),
    setOf(signerInfo),
  )
  return encode(sequence(objectIdentifier(cmsOids.signedData), tagged(0, signedData)))
}

function attribute(type: string, value: AsnType): AsnType {
  return sequence(objectIdentifier(type), setOf(value))
}

/** ESSCertIDv2 with its default digest, SHA-256, which DER leaves out: RFC 5035, section 4. */
function signingCertificate(certificate: Certificate): AsnType {
  const hash = octetString(createHash('sha256').update(certificateDer(certificate)).digest())
  return sequence(sequence(sequence(hash)))
}
