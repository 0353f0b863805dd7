import { parseXml } from '../xml/parse-xml.ts'
import type { XmlDocument, XmlElement, XmlNode } from '../xml/xml-tree.ts'

/**
 * Reads a piece of XML of our own making that declares every prefix that it uses.
 * @throws Error where it is not well-formed: a bug.
 */
export function ownElement(text: string): XmlElement {
  const bytes = Buffer.from(text, 'utf8')
  const limits = { bytes: bytes.length, depth: 16, elements: 64, attributesPerElement: 16, text: bytes.length }
  const reading = parseXml({ bytes, limits })
  if (!reading.ok) throw new Error(`XML of our own making: ${reading.refusal}`)
  return reading.document.root
}

/** The same element with other children. */
export function withChildren(element: XmlElement, children: readonly XmlNode[]): XmlElement {
  return Object.freeze({ ...element, children: Object.freeze([...children]) })
}

/** The same document with another root. */
export function withRoot(document: XmlDocument, root: XmlElement): XmlDocument {
  const children = document.children.map((node) => (node === document.root ? root : node))
  return Object.freeze({ root, children: Object.freeze(children) })
}
