import { decodeBase64 } from '../cms/decode-base64.ts'
import { SequenceReader, UnexpectedXml } from '../xml/sequence-reader.ts'
import { type XmlElement, xmlnsNamespace } from '../xml/xml-tree.ts'

/** An attribute by its names. */
export interface AttributeName {
  readonly namespace?: string
  readonly local: string
}

/** @throws UnexpectedXml where an attribute stands there that is not of the list; declarations of namespaces may. */
export function allowAttributes(element: XmlElement, allowed: readonly AttributeName[]): void {
  const foreign = element.attributes.some(
    ({ namespace, local }) =>
      namespace !== xmlnsNamespace &&
      !allowed.some((name) => name.local === local && (name.namespace ?? '') === namespace),
  )
  if (foreign) throw new UnexpectedXml(element.local)
}

export function attributeValue(element: XmlElement, { namespace = '', local }: AttributeName): string | undefined {
  return element.attributes.find((one) => one.local === local && one.namespace === namespace)?.value
}

/** Children one after another; their attributes are judged by `allowAttributes`. */
export function childrenInOrder(element: XmlElement, namespace: string): SequenceReader {
  return new SequenceReader({ element, namespace, ignoresAttributes: () => true })
}

/** Elements below an element, itself among them, in document order. */
export function* elementsBelow(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) if (child.kind === 'element') yield* elementsBelow(child)
}

/**
 * base64 as xs:base64Binary has it, white space anywhere; a written `&#13;` is white space too. The text must be one
 * node: nothing can split it. @throws UnexpectedXml
 */
export function base64Octets(element: XmlElement, maxOctets: number): Buffer {
  const [text, ...others] = element.children
  if (text?.kind !== 'text' || others.length > 0) throw new UnexpectedXml(element.local)
  const octets = decodeBase64(text.value.replace(/[ \t\r\n]/g, ''), maxOctets)
  if (octets === undefined) throw new UnexpectedXml(element.local)
  return octets
}

export function isNamed(element: XmlElement, namespace: string, local: string): boolean {
  return element.local === local && element.namespace === namespace
}
