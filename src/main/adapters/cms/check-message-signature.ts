import type { Certificate } from '../x509/certificate.ts'
import { allowedDigest, digest } from '../x509/digest-algorithms.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { messageSignatureAlgorithm, type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import type { MessageSigner, SignedMessage } from './read-signed-message.ts'
import { type MessageAttributes, readSignedAttributes, type SignedAttributes } from './signed-attributes.ts'
import { checkCertificateReference, findSigningCertificate } from './signing-certificate.ts'

/** What one signature says once it is proved right; who the signer is has not been judged. */
export interface IntactSignature<Attributes extends MessageAttributes = SignedAttributes> {
  readonly content: Uint8Array
  readonly certificate: Certificate
  readonly attributes: Attributes
}

/** id-data, RFC 5652, 4. */
export const ID_DATA = '1.2.840.113549.1.7.1'

/** The cryptographic half of a signature of CAdES-BES, as the portal's replies must be. */
export function checkMessageSignature(
  message: SignedMessage,
  signer: MessageSigner,
  verify?: VerifySignature,
): Outcome<IntactSignature> {
  return checkSignerInfo({
    message,
    signer,
    contentType: ID_DATA,
    readAttributes: readSignedAttributes,
    ...(verify && { verify }),
  })
}

/**
 * Checks the cryptographic half of a signature: content, attributes, digest, signature value. Signed attributes are
 * required; without them a signature over one's attributes could be passed off as a signature over content
 * (draft-ietf-lamps-cms-euf-cma-signeddata).
 * @param options.readAttributes says which attributes must be there.
 */
export function checkSignerInfo<Attributes extends MessageAttributes>(options: {
  readonly message: SignedMessage
  readonly signer: MessageSigner
  readonly contentType: string
  readonly readAttributes: (der: Uint8Array) => Attributes | undefined
  readonly verify?: VerifySignature
}): Outcome<IntactSignature<Attributes>> {
  const { message, signer, contentType, readAttributes, verify = verifySignature } = options
  const { content } = message
  if (content === undefined)
    return refuse('SIGNED_DATA_NOT_FOUND', 'the signature is detached and no content is at hand')
  if (message.contentType !== contentType)
    return refuse('SIG_CONSTRAINTS_FAILURE', `content of type ${message.contentType}`)

  if (signer.signedAttributes === undefined) return refuse('SIG_CONSTRAINTS_FAILURE', 'no signed attributes')
  const attributes = readAttributes(signer.signedAttributes)
  if (attributes === undefined) {
    return refuse('SIG_CONSTRAINTS_FAILURE', 'signed attributes are missing, doubled, malformed or out of order')
  }
  if (attributes.contentType !== message.contentType) {
    return refuse('SIG_CONSTRAINTS_FAILURE', 'the content-type attribute differs from the content')
  }

  const found = findSigningCertificate(signer.identifier, message.certificates)
  if (!found.ok) return found
  const certificate = found.value
  if (attributes.signingCertificate !== undefined) {
    const referenced = checkCertificateReference(attributes.signingCertificate, certificate)
    if (!referenced.ok) return referenced
  }

  const digestName = allowedDigest(signer.digestAlgorithm)
  if (digestName === undefined) return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'the digest algorithm is outside the list')
  const algorithm = messageSignatureAlgorithm(signer.signatureAlgorithm, digestName)
  if (algorithm === undefined)
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'the signature algorithm is outside the list')
  if (algorithm.digest !== digestName) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'signature and digest algorithms do not belong together')
  }

  if (!digest(digestName, content).equals(attributes.messageDigest)) {
    return refuse('HASH_FAILURE', 'the content differs from the signed digest')
  }
  const verified = verify({
    algorithm,
    publicKeyInfo: certificate.publicKeyInfo,
    data: signer.signedAttributes,
    signature: signer.signature,
  })
  if (!verified.ok) return verified
  return pass({ content, certificate, attributes })
}
