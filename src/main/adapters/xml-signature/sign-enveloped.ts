import type { Result } from '../../../shared/result.ts'
import { pass } from '../x509/outcome.ts'
import { canonicalise } from './canonicalise.ts'
import { requireSignaturesInPlace } from './check-enveloped-signatures.ts'
import { ownElement, withChildren, withRoot } from './graft.ts'
import { refusingSignatures } from './refused-signature.ts'
import { canonicalXml, canonicalXmlWithComments, envelopedSignature } from './signature-namespaces.ts'
import { readSignedDocument, requireUniqueIds } from './signed-document.ts'
import { signatureText, signInPlace, unfitToSign, type XmlSigningIdentity } from './write-signature.ts'

/**
 * Puts an enveloped signature at the end of the root, after those that are there and over them.
 * @param options.document XML in UTF-8; it comes back in canonical form with its comments.
 * @returns the signed document, UTF-8. Failures: `sign.failed` with the rule that the document breaks, and those of
 * the identity.
 */
export async function signEnveloped(options: {
  readonly document: Uint8Array
  readonly identity: XmlSigningIdentity
}): Promise<Result<Buffer>> {
  const { identity } = options
  const reading = readSignedDocument(options.document)
  if (!reading.ok) return unfitToSign(reading.refusal)
  const document = reading.value
  const { root } = document
  const acceptable = refusingSignatures(() => {
    requireSignaturesInPlace(root)
    requireUniqueIds(root)
    return pass(undefined)
  })
  if (!acceptable.ok) return unfitToSign(acceptable.refusal)
  const covered = canonicalise({ document, method: { exclusive: false, comments: false } })
  const certificate = Buffer.from(identity.certificate.der).toString('base64')
  const build = (value: string) => {
    const signature = signatureText({
      identity,
      uri: '',
      canonicalisation: canonicalXml,
      transforms: [envelopedSignature, canonicalXmlWithComments],
      covered,
      keyInfo: `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
      value,
    })
    return withRoot(document, withChildren(root, [...root.children, ownElement(signature)]))
  }
  return signInPlace({ identity, form: 'enveloped', build })
}
