import type { Element } from '@xmldom/xmldom'
import { Certificate } from 'pkijs'
import {
  C14nCanonicalization,
  C14nCanonicalizationWithComments,
  ExclusiveCanonicalization,
  SignedXml,
} from 'xml-crypto'
import { certificateDer, publicKeyInfoOf } from '../certification-authority/issue-certificate.ts'
import { keyAlgorithms, type SignatureSuite, signatureSuites } from '../crypto/signature-suites.ts'
import { isSignedBy } from '../crypto/verify-signature.ts'
import type { XmlElement } from '../xml/parse-xml.ts'
import { xmlSignatureNames as names } from './xml-signature-names.ts'

/** How a signature must look; anything else is refused before a library sees it. */
export interface SignatureForm {
  readonly canonicalization: readonly string[]
  /** The one reference's transforms, exactly these and in this order. */
  readonly transforms: readonly (readonly string[])[]
  /** The one reference's URI. */
  readonly uri: string
  /** @returns the certificate's base64 out of KeyInfo; undefined where it is not there in the one expected place. */
  readonly certificateText: (keyInfo: XmlElement) => string | undefined
}

export interface CheckedXmlSignature {
  readonly suite: SignatureSuite
  readonly certificate: Certificate
  /** The canonical octets that the signature covers: the only thing to read on. */
  readonly content: Buffer
}

/**
 * Checks one XML signature with xml-crypto, narrowed to one form: exactly one SignedInfo with one Reference, no Object,
 * no HMAC, no SHA-1, no transform besides the form's, the key only from the certificate in KeyInfo. Whoever signed is
 * another question.
 * @param options.text the whole document, parsed and found harmless before.
 * @param options.node the Signature in the parser's nodes, `options.signature` the same in ours.
 * @returns undefined where the signature is not of the form or not right.
 */
export function checkXmlSignature(options: {
  readonly text: string
  readonly node: Element
  readonly signature: XmlElement
  readonly form: SignatureForm
}): CheckedXmlSignature | undefined {
  const reading = readSignature(options.signature, options.form)
  if (reading === undefined) return undefined
  const { suite, certificate, value } = reading
  const signed = new SignedXml({ getCertFromKeyInfo: () => null, publicCert: 'the key is in the algorithm' })
  signed.CanonicalizationAlgorithms = {
    [names.envelopedTransform]: signed.CanonicalizationAlgorithms[names.envelopedTransform] ?? refuse(),
    [names.canonical]: C14nCanonicalization,
    [names.canonicalWithComments]: C14nCanonicalizationWithComments,
    [names.exclusive]: ExclusiveCanonicalization,
  }
  signed.HashAlgorithms = { [suite.xmlDigestUri]: hashAlgorithm(suite) }
  signed.SignatureAlgorithms = {
    [suite.xmlSignatureUri]: signatureAlgorithm(suite, (data) =>
      isSignedBy({ suite, publicKeyInfo: publicKeyInfoOf(certificate), data, signature: value }),
    ),
  }
  try {
    // The library's types are those of a browser's nodes; it works on any parser's.
    signed.loadSignature(options.node as unknown as Parameters<SignedXml['loadSignature']>[0])
    if (signed.checkSignature(options.text) !== true) return undefined
    const [content, ...others] = signed.getSignedReferences()
    return content === undefined || others.length > 0
      ? undefined
      : { suite, certificate, content: Buffer.from(content, 'utf8') }
  } catch {
    return undefined
  }
}

function refuse(): never {
  throw new Error('the library has lost its enveloped-signature transform')
}

function readSignature(
  signature: XmlElement,
  form: SignatureForm,
): { readonly suite: SignatureSuite; readonly certificate: Certificate; readonly value: Buffer } | undefined {
  const [signedInfo, signatureValue, keyInfo] = membersOf(signature, ['SignedInfo', 'SignatureValue', 'KeyInfo'])
  const [method, signatureMethod, reference] = membersOf(signedInfo, [
    'CanonicalizationMethod',
    'SignatureMethod',
    'Reference',
  ])
  const [transforms, digestMethod, digestValue] = membersOf(reference, ['Transforms', 'DigestMethod', 'DigestValue'])
  const suite = keyAlgorithms
    .map((name) => signatureSuites[name])
    .find(({ xmlSignatureUri }) => xmlSignatureUri === algorithmOf(signatureMethod))
  const transformNames = transforms?.children.map((child) => (isNamed(child, 'Transform') ? algorithmOf(child) : ''))
  const fits =
    suite !== undefined &&
    form.canonicalization.some((name) => name === algorithmOf(method)) &&
    form.transforms.some((expected) => JSON.stringify(expected) === JSON.stringify(transformNames)) &&
    reference?.attributes.get('URI') === form.uri &&
    algorithmOf(digestMethod) === suite.xmlDigestUri &&
    bytesOf(digestValue?.text) !== undefined
  const value = bytesOf(signatureValue?.text)
  const certificate = keyInfo === undefined ? undefined : certificateOf(form.certificateText(keyInfo))
  return fits && value !== undefined && certificate !== undefined ? { suite, certificate, value } : undefined
}

/** The children, where they are exactly these elements of the signature's namespace in this order. */
function membersOf(element: XmlElement | undefined, expected: readonly string[]): readonly (XmlElement | undefined)[] {
  const children = element?.children ?? []
  const fits =
    children.length === expected.length && children.every((child, index) => isNamed(child, expected[index] ?? ''))
  return fits ? children : []
}

function isNamed(element: XmlElement, name: string): boolean {
  return element.namespace === names.signature && element.name === name
}

/** The Algorithm of an element that has nothing else: no parameters, no prefix lists. */
function algorithmOf(element: XmlElement | undefined): string | undefined {
  return element?.children.length === 0 && element.attributes.size === 1
    ? element.attributes.get('Algorithm')
    : undefined
}

/** Base64 as signers in the field write it: with line ends, `&#13;` included. */
export function bytesOf(base64: string | undefined): Buffer | undefined {
  const compact = base64?.replace(/[ \t\r\n]/g, '') ?? ''
  if (compact.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(compact)) return undefined
  return Buffer.from(compact, 'base64')
}

function certificateOf(base64: string | undefined): Certificate | undefined {
  const der = bytesOf(base64)
  if (der === undefined) return undefined
  try {
    const certificate = Certificate.fromBER(der)
    return certificateDer(certificate).equals(der) ? certificate : undefined
  } catch {
    return undefined
  }
}

export function hashAlgorithm(suite: SignatureSuite) {
  return class {
    getAlgorithmName = (): string => suite.xmlDigestUri
    getHash = (xml: string): string => suite.digest(Buffer.from(xml, 'utf8')).toString('base64')
  }
}

/** @param verify decides by the certificate's key; the library's own idea of a key is not used. */
function signatureAlgorithm(suite: SignatureSuite, verify: (data: Buffer) => boolean) {
  return class {
    getAlgorithmName = (): string => suite.xmlSignatureUri
    getSignature = (): string => refuse()
    verifySignature = (material: string): boolean => verify(Buffer.from(material, 'utf8'))
  }
}
