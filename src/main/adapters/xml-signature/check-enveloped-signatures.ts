import type { Certificate } from '../x509/certificate.ts'
import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts'
import { canonicalise } from './canonicalise.ts'
import { certificateOf } from './certificate-element.ts'
import { checkSignature, type IntactXmlSignature } from './check-signature.ts'
import { isSignature, readSignature } from './read-signature.ts'
import { RefusedSignature, refusingSignatures } from './refused-signature.ts'
import { allowAttributes, childrenInOrder, elementsBelow } from './signature-elements.ts'
import { dsNamespace } from './signature-namespaces.ts'
import { requireUniqueIds } from './signed-document.ts'

const MAX_SIGNATURES = 8

/**
 * Checks the cryptographic half of the enveloped signatures of a document, each by itself. They are the last elements
 * of the root, in the order in which they were made: each covers the document with those before it and without itself
 * and those after it.
 * @returns one outcome a signature; a refusal for all where the document breaks a rule of its own: FORMAT_FAILURE,
 * SIG_CONSTRAINTS_FAILURE.
 */
export function checkEnvelopedSignatures(
  document: XmlDocument,
  verify: VerifySignature = verifySignature,
): Outcome<readonly Outcome<IntactXmlSignature>[]> {
  return refusingSignatures(() => {
    const signatures = requireSignaturesInPlace(document.root)
    if (signatures.length === 0) return refuse('FORMAT_FAILURE', 'no signature')
    requireUniqueIds(document.root)
    return pass(
      signatures.map((element, i) =>
        refusingSignatures(() => checkOne({ document, element, laterAndItself: signatures.slice(i), verify })),
      ),
    )
  })
}

/**
 * Signatures are the last elements of the root and stand nowhere else. @returns them in document order.
 * @throws RefusedSignature
 */
export function requireSignaturesInPlace(root: XmlElement): readonly XmlElement[] {
  const anywhere = [...elementsBelow(root)].filter(isSignature)
  const first = root.children.findIndex((node) => node.kind === 'element' && isSignature(node))
  const trailing = first < 0 ? [] : root.children.slice(first)
  const elements = trailing.flatMap((node) => {
    if (node.kind === 'element') return node
    if (node.kind === 'text' && /^[ \t\r\n]*$/.test(node.value)) return []
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'something stands beside or after a signature')
  })
  if (!elements.every(isSignature) || anywhere.length !== elements.length) {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'a signature is not at the end of the root')
  }
  if (elements.length > MAX_SIGNATURES) throw new RefusedSignature('FORMAT_FAILURE', 'too many signatures')
  return elements
}

function checkOne(options: {
  readonly document: XmlDocument
  readonly element: XmlElement
  readonly laterAndItself: readonly XmlElement[]
  readonly verify: VerifySignature
}): Outcome<IntactXmlSignature> {
  const { document, element, laterAndItself, verify } = options
  const signature = readSignature(element, 'enveloped')
  if (signature.uri !== '') return refuse('SIG_CONSTRAINTS_FAILURE', 'the reference does not mean the whole document')
  const certificate = keyInfoCertificate(signature.keyInfo)
  const covered = canonicalise({ document, method: signature.coveredMethod, without: new Set(laterAndItself) })
  return checkSignature({ document, signature, covered, certificate, verify })
}

/** KeyInfo/X509Data/X509Certificate, one of each; a bare key names nobody. @throws UnexpectedXml, RefusedSignature */
function keyInfoCertificate(keyInfo: XmlElement | undefined): Certificate {
  const missing = () =>
    new RefusedSignature('NO_SIGNING_CERTIFICATE_FOUND', "the signature lacks its signer's certificate")
  if (keyInfo === undefined) throw missing()
  allowAttributes(keyInfo, [{ local: 'Id' }])
  const children = childrenInOrder(keyInfo, dsNamespace)
  if (children.peek() !== 'X509Data') throw missing()
  const data = children.take('X509Data')
  children.end()
  allowAttributes(data, [])
  const inside = childrenInOrder(data, dsNamespace)
  if (inside.peek() !== 'X509Certificate') throw missing()
  const certificate = certificateOf(inside.take('X509Certificate'))
  inside.end()
  return certificate
}
