import type { Certificate } from '../x509/certificate.ts'
import type { Outcome } from '../x509/outcome.ts'
import { type VerifySignature, verifySignature } from '../x509/signature-algorithms.ts'
import { UnexpectedXml } from '../xml/sequence-reader.ts'
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts'
import { canonicalise } from './canonicalise.ts'
import { certificateOf } from './certificate-element.ts'
import { checkSignature, type IntactXmlSignature } from './check-signature.ts'
import { isSignature, readSignature } from './read-signature.ts'
import { RefusedSignature, refusingSignatures } from './refused-signature.ts'
import { allowAttributes, attributeValue, childrenInOrder, elementsBelow, isNamed } from './signature-elements.ts'
import {
  base64EncodingType,
  dsNamespace,
  soapNamespace,
  wsseNamespace,
  wsuNamespace,
  x509v3ValueType,
} from './signature-namespaces.ts'
import { requireUniqueIds } from './signed-document.ts'

const WSU_ID = { namespace: wsuNamespace, local: 'Id' } as const
const MUST_UNDERSTAND = { namespace: soapNamespace, local: 'mustUnderstand' } as const
const VALUE_TYPE = { local: 'ValueType' } as const
const ENCODING_TYPE = { local: 'EncodingType' } as const

/** Whether a document is a SOAP 1.1 envelope, and its signature therefore one of its Body. */
export function isSoapEnvelope({ root }: XmlDocument): boolean {
  return isNamed(root, soapNamespace, 'Envelope')
}

/**
 * Checks the cryptographic half of the one signature in `wsse:Security` over the Body of a SOAP envelope. The Body is
 * the envelope's own, whatever else carries its identifier; other header blocks are not covered, and never come back.
 * @returns refusals FORMAT_FAILURE, SIG_CONSTRAINTS_FAILURE, NO_SIGNING_CERTIFICATE_FOUND and those of
 * `checkSignature`. The content is the Body.
 */
export function checkSoapSignature(
  document: XmlDocument,
  verify: VerifySignature = verifySignature,
): Outcome<IntactXmlSignature> {
  return refusingSignatures(() => {
    const { body, security } = partsOf(document.root)
    requireUniqueIds(document.root)
    const { element, token } = securityParts(security)
    requireNoOtherSignature(document.root, { body, element })
    const signature = readSignature(element, 'soap-body')
    requireReferenceToBody(document.root, body, signature.uri)
    const certificate = keyInfoCertificate(signature.keyInfo, token)
    const covered = canonicalise({ document, apex: body, method: signature.coveredMethod })
    return checkSignature({ document, signature, covered, certificate, verify })
  })
}

/** @throws UnexpectedXml, RefusedSignature */
function partsOf(root: XmlElement): { readonly body: XmlElement; readonly security: XmlElement } {
  if (!isNamed(root, soapNamespace, 'Envelope')) throw new UnexpectedXml('Envelope')
  const envelope = childrenInOrder(root, soapNamespace)
  const header = envelope.peek() === 'Header' ? envelope.take('Header') : undefined
  const body = envelope.take('Body')
  envelope.end()
  const blocks = (header?.children ?? []).filter((node) => node.kind === 'element')
  const [security, ...others] = blocks.filter((block) => isNamed(block, wsseNamespace, 'Security'))
  if (security === undefined) throw new RefusedSignature('FORMAT_FAILURE', 'no signature')
  if (others.length > 0) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'more than one wsse:Security')
  return { body, security }
}

/** wsse:Security holds the signature and at most one token. @throws UnexpectedXml, RefusedSignature */
function securityParts(security: XmlElement): { readonly element: XmlElement; readonly token?: XmlElement } {
  allowAttributes(security, [MUST_UNDERSTAND, WSU_ID])
  if (attributeValue(security, MUST_UNDERSTAND) !== '1') {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'wsse:Security without mustUnderstand')
  }
  const tokens: XmlElement[] = []
  const signatures: XmlElement[] = []
  for (const node of security.children) {
    if (node.kind === 'text' && /^[ \t\r\n]*$/.test(node.value)) continue
    if (node.kind !== 'element') throw new UnexpectedXml('Security')
    if (isSignature(node)) signatures.push(node)
    else if (isNamed(node, wsseNamespace, 'BinarySecurityToken')) tokens.push(node)
    else throw new UnexpectedXml('Security')
  }
  const [element, ...moreSignatures] = signatures
  const [token, ...moreTokens] = tokens
  if (element === undefined) throw new RefusedSignature('FORMAT_FAILURE', 'no signature')
  if (moreSignatures.length > 0) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'more than one signature')
  if (moreTokens.length > 0) throw new UnexpectedXml('BinarySecurityToken')
  return { element, ...(token && { token }) }
}

/** What the Body holds is covered, signatures of its own too; anywhere else there is one. @throws RefusedSignature */
function requireNoOtherSignature(root: XmlElement, known: { body: XmlElement; element: XmlElement }): void {
  const covered = new Set(elementsBelow(known.body))
  const others = [...elementsBelow(root)].filter(
    (one) => isSignature(one) && one !== known.element && !covered.has(one),
  )
  if (others.length > 0) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'a signature outside its place')
}

/**
 * The Body is found by its place, and the Reference must name it; an attribute of any name that looks like the same
 * identifier could mislead another reader. @throws RefusedSignature
 */
function requireReferenceToBody(root: XmlElement, body: XmlElement, uri: string): void {
  const id = attributeValue(body, WSU_ID)
  if (id === undefined || id === '' || uri !== `#${id}`) {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'the reference does not mean the Body')
  }
  const alike = [...elementsBelow(root)]
    .flatMap(({ attributes }) => attributes)
    .filter(({ local, value }) => local.toLowerCase() === 'id' && value === id)
  if (alike.length > 1) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'an identifier stands twice')
}

/**
 * KeyInfo/wsse:SecurityTokenReference with a KeyIdentifier that is the certificate, or with a Reference to the
 * BinarySecurityToken (X.509 Certificate Token Profile, 3.2). @throws UnexpectedXml, RefusedSignature
 */
function keyInfoCertificate(keyInfo: XmlElement | undefined, token: XmlElement | undefined): Certificate {
  const missing = () =>
    new RefusedSignature('NO_SIGNING_CERTIFICATE_FOUND', "the signature lacks its signer's certificate")
  if (keyInfo === undefined) throw missing()
  allowAttributes(keyInfo, [{ local: 'Id' }])
  if (childrenInOrder(keyInfo, dsNamespace).peek() !== undefined) throw missing()
  const children = childrenInOrder(keyInfo, wsseNamespace)
  const tokenReference = children.take('SecurityTokenReference')
  children.end()
  allowAttributes(tokenReference, [WSU_ID])
  const inside = childrenInOrder(tokenReference, wsseNamespace)
  const reference = inside.peek() === 'Reference' ? inside.take('Reference') : undefined
  const holder = reference ?? inside.take('KeyIdentifier')
  inside.end()
  if (reference === undefined) {
    if (token !== undefined) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'a token that nothing refers to')
    return x509Token(holder)
  }
  allowAttributes(reference, [{ local: 'URI' }, VALUE_TYPE])
  childrenInOrder(reference, wsseNamespace).end()
  const id = token && attributeValue(token, WSU_ID)
  const valueType = attributeValue(reference, VALUE_TYPE) ?? x509v3ValueType
  if (token === undefined || !id || attributeValue(reference, { local: 'URI' }) !== `#${id}`) throw missing()
  if (valueType !== x509v3ValueType) throw missing()
  return x509Token(token)
}

/** A KeyIdentifier or a BinarySecurityToken that is an X.509 v3 certificate. */
function x509Token(element: XmlElement): Certificate {
  allowAttributes(element, [WSU_ID, VALUE_TYPE, ENCODING_TYPE])
  const encoding = attributeValue(element, ENCODING_TYPE) ?? base64EncodingType
  if (attributeValue(element, VALUE_TYPE) !== x509v3ValueType || encoding !== base64EncodingType) {
    throw new RefusedSignature('NO_SIGNING_CERTIFICATE_FOUND', 'the token is no X.509 certificate')
  }
  return certificateOf(element)
}
