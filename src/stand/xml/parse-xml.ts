import { DOMParser, type Element, type Node } from '@xmldom/xmldom'

/** An element reduced to what strict readers compare: no prefixes, no mixed content. */
export interface XmlElement {
  /** Empty where the element is in no namespace. */
  readonly namespace: string
  readonly name: string
  /** Attributes besides namespace declarations, as `{namespace}name`, or `name` in no namespace. */
  readonly attributes: ReadonlyMap<string, string>
  /** `xsi:type` as `{namespace}name`. */
  readonly type?: string
  readonly children: readonly XmlElement[]
  /** The text of an element without children, otherwise empty. */
  readonly text: string
}

const XML_NAMESPACES = 'http://www.w3.org/2000/xmlns/'
const XSI_TYPE = '{http://www.w3.org/2001/XMLSchema-instance}type'
const DECLARATION = /^<\?xml version="1\.0"( encoding="[Uu][Tt][Ff]-8")?( standalone="(yes|no)")?\s*\?>/
const OTHER_ENTITY = /&(?!(amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9a-fA-F]{1,6});)/
/** What XML 1.0 does not allow as a character, even by reference. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
const NO_XML_CHARACTER = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF\p{Surrogate}]/u
const MAX_TAGS = 400
const MAX_DEPTH = 16

/**
 * Parses a small document in UTF-8. Everything that a message of this service has no use for is refused before the
 * parser sees it: DOCTYPE, CDATA, comments, processing instructions, foreign entities, more than 400 tags.
 * @param options.maxBytes size of the document.
 * @returns the root, or undefined where the document is refused or not well-formed.
 */
export function parseXml(options: {
  readonly document: Uint8Array
  readonly maxBytes: number
}): XmlElement | undefined {
  return parseXmlDocument(options)?.tree
}

/** A parsed document with the parser's own nodes, for a library that works on them. */
export interface XmlDocument {
  /** The very text that was parsed, without its declaration. */
  readonly text: string
  readonly tree: XmlElement
  readonly root: Element
}

/** The same, under the same restrictions. */
export function parseXmlDocument(options: {
  readonly document: Uint8Array
  readonly maxBytes: number
}): XmlDocument | undefined {
  if (options.document.length > options.maxBytes) return undefined
  const text = decodeUtf8(options.document)?.replace(DECLARATION, '')
  if (text === undefined || /<[!?]|\]\]>/.test(text) || OTHER_ENTITY.test(text) || NO_XML_CHARACTER.test(text))
    return undefined
  if (text.split('<').length - 1 > MAX_TAGS) return undefined
  try {
    const parser = new DOMParser({
      locator: false,
      normalizeLineEndings: (source) => source.replace(/\r\n?/g, '\n'),
      onError: (_level, message) => {
        throw new Error(message)
      },
    })
    const root = parser.parseFromString(text, 'text/xml').documentElement
    return root === null ? undefined : { text, tree: readElement(root, 1), root }
  } catch {
    return undefined
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function readElement(element: Element, depth: number): XmlElement {
  if (depth > MAX_DEPTH) throw new Error('nested too deeply')
  const nodes: Node[] = Array.from(element.childNodes)
  const children = nodes.filter(isElement)
  const text = nodes.map((node) => (isElement(node) ? '' : (node.nodeValue ?? ''))).join('')
  if (NO_XML_CHARACTER.test(text)) throw new Error('a character that XML does not allow')
  if (children.length > 0 && /[^ \t\n]/.test(text)) throw new Error('text between elements')

  const attributes = new Map<string, string>()
  for (const attribute of Array.from(element.attributes)) {
    if (attribute.namespaceURI === XML_NAMESPACES) continue
    const name = expandedName(attribute)
    if (NO_XML_CHARACTER.test(attribute.value)) throw new Error('a character that XML does not allow')
    attributes.set(name, attribute.value)
  }
  const type = attributes.get(XSI_TYPE)
  return {
    namespace: element.prefix === null ? (element.namespaceURI ?? '') : requireNamespace(element.namespaceURI),
    name: element.localName ?? element.nodeName,
    attributes,
    ...(type === undefined ? {} : { type: expandedTypeName(element, type) }),
    children: children.map((child) => readElement(child, depth + 1)),
    text: children.length > 0 ? '' : text,
  }
}

function isElement(node: Node): node is Element {
  return node.nodeType === 1
}

function expandedName(attribute: {
  readonly prefix: string | null
  readonly namespaceURI: string | null
  readonly localName: string | null
  readonly nodeName: string
}): string {
  const name = attribute.localName ?? attribute.nodeName
  return attribute.prefix === null ? name : `{${requireNamespace(attribute.namespaceURI)}}${name}`
}

function expandedTypeName(element: Element, qualifiedName: string): string {
  const [prefix, name, ...rest] = qualifiedName.trim().split(':')
  if (rest.length > 0 || name === undefined) return `{${element.lookupNamespaceURI('') ?? ''}}${prefix}`
  return `{${requireNamespace(element.lookupNamespaceURI(prefix ?? ''))}}${name}`
}

function requireNamespace(namespace: string | null | undefined): string {
  if (namespace === null || namespace === undefined || namespace === '') throw new Error('a prefix without a namespace')
  return namespace
}
