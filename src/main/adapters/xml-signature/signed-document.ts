import { type Outcome, pass, refuse } from '../x509/outcome.ts'
import { parseXml, type XmlLimits } from '../xml/parse-xml.ts'
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts'
import { RefusedSignature } from './refused-signature.ts'
import { elementsBelow } from './signature-elements.ts'
import { wsuNamespace } from './signature-namespaces.ts'

/** As much as the gateway's replies may have. */
const MAX_OCTETS = 1024 * 1024
const LIMITS: XmlLimits = {
  bytes: MAX_OCTETS,
  depth: 128,
  elements: 16_384,
  attributesPerElement: 128,
  text: MAX_OCTETS,
}
/** A canonical form can be longer than what it was made of, and its root gathers what was declared above it. */
const CANONICAL_LIMITS: XmlLimits = { ...LIMITS, bytes: 6 * MAX_OCTETS, attributesPerElement: 16_384 }
const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/** Reads a document that is signed or to be signed. Refusal: FORMAT_FAILURE with the parser's rule. */
export function readSignedDocument(bytes: Uint8Array): Outcome<XmlDocument> {
  const reading = parseXml({ bytes, limits: LIMITS, processingInstructions: 'keep' })
  return reading.ok ? pass(reading.document) : refuse('FORMAT_FAILURE', `not XML: ${reading.refusal}`)
}

/** What a signature covered: the octets that were digested, and what is written in them. */
export interface CoveredContent {
  readonly octets: Uint8Array
  /** Read from `octets`, so that nothing else of the signed file can have a part in it. */
  readonly document: XmlDocument
}

/** @throws RefusedSignature */
export function readCoveredContent(octets: Uint8Array): CoveredContent {
  const reading = parseXml({ bytes: octets, limits: CANONICAL_LIMITS, processingInstructions: 'keep' })
  if (!reading.ok) throw new RefusedSignature('FORMAT_FAILURE', `what is covered is not XML: ${reading.refusal}`)
  return { octets, document: reading.document }
}

/**
 * Identifiers must be unique, whatever reads them: `Id`, `wsu:Id`, `xml:id`.
 * @throws RefusedSignature
 */
export function requireUniqueIds(root: XmlElement): void {
  const seen = new Set<string>()
  for (const { attributes } of elementsBelow(root)) {
    for (const { namespace, local, value } of attributes) {
      const isId =
        (local === 'Id' && (namespace === '' || namespace === wsuNamespace)) ||
        (local === 'id' && namespace === XML_NAMESPACE)
      if (!isId) continue
      if (seen.has(value)) throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'an identifier stands twice')
      seen.add(value)
    }
  }
}
