import type { Certificate } from '../x509/certificate.ts'
import { digest } from '../x509/digest-algorithms.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import type { SignatureAlgorithm, VerifySignature } from '../x509/signature-algorithms.ts'
import type { XmlDocument } from '../xml/xml-tree.ts'
import { canonicalise } from './canonicalise.ts'
import type { XmlSignature } from './read-signature.ts'
import { type CoveredContent, readCoveredContent } from './signed-document.ts'
import { xmlDigestAlgorithm, xmlSignatureAlgorithm } from './xml-algorithms.ts'

/** What one signature says once digest and value are right; who the signer is has not been judged. */
export interface IntactXmlSignature {
  readonly certificate: Certificate
  readonly algorithm: SignatureAlgorithm
  readonly content: CoveredContent
}

/**
 * Checks algorithms, digest and signature value, in this order (XML Signature, 3.2).
 * @param options.covered the canonical octets that the Reference means.
 * @returns refusals CRYPTO_CONSTRAINTS_FAILURE, HASH_FAILURE, SIG_CRYPTO_FAILURE.
 * @throws RefusedSignature where what is covered cannot be read back.
 */
export function checkSignature(options: {
  readonly document: XmlDocument
  readonly signature: XmlSignature
  readonly covered: Buffer
  readonly certificate: Certificate
  readonly verify: VerifySignature
}): Outcome<IntactXmlSignature> {
  const { document, signature, covered, certificate, verify } = options
  const digestName = xmlDigestAlgorithm(signature.digestMethod)
  if (digestName === undefined) return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'the digest algorithm is outside the list')
  const algorithm = xmlSignatureAlgorithm(signature.signatureMethod)
  if (algorithm === undefined) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'the signature algorithm is outside the list')
  }
  if (algorithm.digest !== digestName) {
    return refuse('CRYPTO_CONSTRAINTS_FAILURE', 'signature and digest algorithms do not belong together')
  }
  if (!digest(digestName, covered).equals(signature.digestValue)) {
    return refuse('HASH_FAILURE', 'the document differs from the signed digest')
  }
  const verified = verify({
    algorithm,
    publicKeyInfo: certificate.publicKeyInfo,
    data: canonicalise({ document, apex: signature.signedInfo, method: signature.signedInfoMethod }),
    signature: signature.signatureValue,
  })
  return verified.ok ? pass({ certificate, algorithm, content: readCoveredContent(covered) }) : verified
}
