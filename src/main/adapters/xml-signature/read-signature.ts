import { UnexpectedXml } from '../xml/sequence-reader.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import type { CanonicalisationMethod } from './canonicalise.ts'
import { RefusedSignature } from './refused-signature.ts'
import { allowAttributes, attributeValue, base64Octets, childrenInOrder, isNamed } from './signature-elements.ts'
import {
  canonicalXml,
  canonicalXmlWithComments,
  dsNamespace,
  envelopedSignature,
  exclusiveCanonicalXml,
} from './signature-namespaces.ts'

/** The two forms of signature that are known, each with exactly one way to be written. */
export type SignatureForm = 'enveloped' | 'soap-body'

/** A ds:Signature of the right shape; nothing of it has been verified. */
export interface XmlSignature {
  readonly signedInfo: XmlElement
  readonly signedInfoMethod: CanonicalisationMethod
  readonly signatureMethod: string
  /** Of the one Reference. */
  readonly uri: string
  readonly coveredMethod: CanonicalisationMethod
  readonly digestMethod: string
  readonly digestValue: Buffer
  readonly signatureValue: Buffer
  readonly keyInfo?: XmlElement
}

interface FormRules {
  readonly signedInfo: string
  readonly transforms: readonly string[]
}

const RULES: Readonly<Record<SignatureForm, FormRules>> = {
  enveloped: { signedInfo: canonicalXml, transforms: [envelopedSignature, canonicalXmlWithComments] },
  'soap-body': { signedInfo: exclusiveCanonicalXml, transforms: [exclusiveCanonicalXml] },
}
/** A same-document reference leaves comments out, whatever is said afterwards (XML Signature, 4.3.3.3). */
const COVERED: Readonly<Record<SignatureForm, CanonicalisationMethod>> = {
  enveloped: { exclusive: false, comments: false },
  'soap-body': { exclusive: true, comments: false },
}

const ID = { local: 'Id' } as const
const ALGORITHM = { local: 'Algorithm' } as const
const MAX_DIGEST_OCTETS = 64
const MAX_SIGNATURE_OCTETS = 1024
const MAX_PREFIXES = 64

/**
 * Reads a ds:Signature of one form: one Reference, exactly the transforms of the form in their order, no Object, no
 * Manifest, no parameters.
 * @throws UnexpectedXml, RefusedSignature
 */
export function readSignature(element: XmlElement, form: SignatureForm): XmlSignature {
  allowAttributes(element, [ID])
  const children = childrenInOrder(element, dsNamespace)
  const signedInfo = children.take('SignedInfo')
  const value = children.take('SignatureValue')
  allowAttributes(value, [ID])
  const keyInfo = children.peek() === 'KeyInfo' ? children.take('KeyInfo') : undefined
  children.end()
  return {
    ...readSignedInfo(signedInfo, form),
    signatureValue: base64Octets(value, MAX_SIGNATURE_OCTETS),
    ...(keyInfo && { keyInfo }),
  }
}

function readSignedInfo(signedInfo: XmlElement, form: SignatureForm): Omit<XmlSignature, 'signatureValue' | 'keyInfo'> {
  allowAttributes(signedInfo, [ID])
  const children = childrenInOrder(signedInfo, dsNamespace)
  const method = children.take('CanonicalizationMethod')
  if (algorithmOf(method) !== RULES[form].signedInfo) {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'another canonicalisation of SignedInfo')
  }
  const signatureMethod = children.take('SignatureMethod')
  const reference = children.take('Reference')
  if (children.peek() === 'Reference') {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'more than one reference')
  }
  children.end()
  return {
    signedInfo,
    signedInfoMethod: {
      exclusive: form === 'soap-body',
      comments: false,
      inclusivePrefixes: inclusivePrefixes(method),
    },
    signatureMethod: plainAlgorithm(signatureMethod),
    ...readReference(reference, form),
  }
}

function readReference(
  reference: XmlElement,
  form: SignatureForm,
): Pick<XmlSignature, 'uri' | 'coveredMethod' | 'digestMethod' | 'digestValue'> {
  // A Type would make it a Manifest or an Object.
  allowAttributes(reference, [ID, { local: 'URI' }])
  const uri = attributeValue(reference, { local: 'URI' })
  if (uri === undefined) throw new UnexpectedXml('Reference')
  const children = childrenInOrder(reference, dsNamespace)
  if (children.peek() !== 'Transforms') {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'other transforms than those of the form')
  }
  const transforms = elementsOf(children.take('Transforms'), 'Transform')
  const digestMethod = children.take('DigestMethod')
  const digestValue = children.take('DigestValue')
  allowAttributes(digestValue, [])
  children.end()
  const expected = RULES[form].transforms
  if (transforms.length !== expected.length || transforms.some((one, i) => algorithmOf(one) !== expected[i])) {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'other transforms than those of the form')
  }
  const prefixes = transforms.map(inclusivePrefixes)
  return {
    uri,
    coveredMethod: { ...COVERED[form], inclusivePrefixes: prefixes.at(-1) ?? new Set() },
    digestMethod: plainAlgorithm(digestMethod),
    digestValue: base64Octets(digestValue, MAX_DIGEST_OCTETS),
  }
}

/** Children that are all of one kind. */
function elementsOf(element: XmlElement, local: string): readonly XmlElement[] {
  allowAttributes(element, [])
  const children = childrenInOrder(element, dsNamespace)
  const found: XmlElement[] = []
  while (children.peek() === local) found.push(children.take(local))
  children.end()
  return found
}

function algorithmOf(element: XmlElement): string {
  allowAttributes(element, [ALGORITHM])
  const uri = attributeValue(element, ALGORITHM)
  if (uri === undefined) throw new UnexpectedXml(element.local)
  return uri
}

/** An algorithm without parameters: HMACOutputLength is one that once cut signatures to nothing. */
function plainAlgorithm(element: XmlElement): string {
  const uri = algorithmOf(element)
  childrenInOrder(element, dsNamespace).end()
  return uri
}

/** InclusiveNamespaces (Exclusive XML Canonicalization, 4), the only parameter that a transform may have here. */
function inclusivePrefixes(method: XmlElement): ReadonlySet<string> {
  const children = childrenInOrder(method, exclusiveCanonicalXml)
  if (algorithmOf(method) !== exclusiveCanonicalXml || children.peek() === undefined) {
    children.end()
    return new Set()
  }
  const inclusive = children.take('InclusiveNamespaces')
  children.end()
  allowAttributes(inclusive, [{ local: 'PrefixList' }])
  childrenInOrder(inclusive, exclusiveCanonicalXml).end()
  const list = (attributeValue(inclusive, { local: 'PrefixList' }) ?? '')
    .split(/[ \t\r\n]+/)
    .filter((one) => one !== '')
  if (list.length > MAX_PREFIXES) throw new UnexpectedXml('InclusiveNamespaces')
  return new Set(list.map((prefix) => (prefix === '#default' ? '' : prefix)))
}

/** Every ds:Signature among these elements. */
export function isSignature(element: XmlElement): boolean {
  return isNamed(element, dsNamespace, 'Signature')
}
