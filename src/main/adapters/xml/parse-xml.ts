import { SaxesParser, type SaxesTagNS } from 'saxes'
import type {
  XmlAttribute,
  XmlComment,
  XmlDocument,
  XmlElement,
  XmlNode,
  XmlProcessingInstruction,
  XmlText,
} from './xml-tree.ts'

/** Bounds on what is built in memory. Depth counts the root as one; text counts UTF-16 units of one text node. */
export interface XmlLimits {
  readonly bytes: number
  readonly depth: number
  readonly elements: number
  readonly attributesPerElement: number
  readonly text: number
}

/** Why a document was not read. None of them quotes the document. */
export type XmlRefusal =
  | 'too-large'
  | 'too-deep'
  | 'too-many-elements'
  | 'too-many-attributes'
  | 'text-too-long'
  | 'not-utf-8'
  | 'xml-version'
  | 'doctype'
  | 'processing-instruction'
  | 'not-well-formed'

export type XmlReading =
  | { readonly ok: true; readonly document: XmlDocument }
  | { readonly ok: false; readonly refusal: XmlRefusal }

/** Leaves the parser at the first refusal; never leaves this file. */
class Refused extends Error {
  readonly refusal: XmlRefusal

  constructor(refusal: XmlRefusal) {
    super(refusal)
    this.refusal = refusal
  }
}

/**
 * Reads an XML 1.0 document with namespaces, in UTF-8 with or without BOM, into a frozen tree.
 * There is no DOCTYPE and no entity but the five and numeric references, so nothing outside the bytes has a part in
 * what they mean. CDATA is text like any other, merged with its neighbours. Line ends and attribute values are
 * normalised as XML 1.0 says (2.11, 3.3.3).
 * @param options.processingInstructions refused unless kept.
 */
export function parseXml(options: {
  readonly bytes: Uint8Array
  readonly limits: XmlLimits
  readonly processingInstructions?: 'refuse' | 'keep'
}): XmlReading {
  const { bytes, limits, processingInstructions = 'refuse' } = options
  if (bytes.byteLength > limits.bytes) return { ok: false, refusal: 'too-large' }
  const text = decodeUtf8(bytes)
  if (text === undefined) return { ok: false, refusal: 'not-utf-8' }
  try {
    return { ok: true, document: buildTree(text, limits, processingInstructions) }
  } catch (error) {
    return { ok: false, refusal: error instanceof Refused ? error.refusal : 'not-well-formed' }
  }
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    // The BOM is left to the parser, which drops one and refuses a second.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

interface OpenElement {
  readonly tag: SaxesTagNS
  readonly children: XmlNode[]
}

function buildTree(source: string, limits: XmlLimits, processingInstructions: 'refuse' | 'keep'): XmlDocument {
  const parser = new SaxesParser({ xmlns: true, position: false })
  const open: OpenElement[] = []
  const outside: (XmlElement | XmlComment | XmlProcessingInstruction)[] = []
  let root: XmlElement | undefined
  let elements = 0
  let attributes = 0
  let text = ''

  const endText = () => {
    const parent = open.at(-1)
    if (text !== '' && parent !== undefined) parent.children.push(Object.freeze<XmlText>({ kind: 'text', value: text }))
    text = ''
  }
  const addText = (part: string) => {
    text += part
    if (text.length > limits.text) throw new Refused('text-too-long')
  }

  parser.on('error', (error) => {
    throw error
  })
  parser.on('xmldecl', ({ version, encoding }) => {
    if (version !== '1.0') throw new Refused('xml-version')
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw new Refused('not-utf-8')
  })
  parser.on('doctype', () => {
    throw new Refused('doctype')
  })
  const addOutsideText = (node: XmlComment | XmlProcessingInstruction) => {
    endText()
    const siblings = open.at(-1)?.children ?? outside
    siblings.push(Object.freeze(node))
  }
  parser.on('processinginstruction', ({ target, body }) => {
    if (processingInstructions === 'refuse') throw new Refused('processing-instruction')
    // Namespaces in XML 1.0, section 7: a target is no qualified name.
    if (target.includes(':')) throw new Refused('not-well-formed')
    addOutsideText({ kind: 'processing-instruction', target, data: body.replace(/^[ \t\n]+/, '') })
  })
  parser.on('opentagstart', () => {
    endText()
    elements += 1
    attributes = 0
    if (elements > limits.elements) throw new Refused('too-many-elements')
    if (open.length + 1 > limits.depth) throw new Refused('too-deep')
  })
  parser.on('attribute', ({ value }) => {
    attributes += 1
    if (attributes > limits.attributesPerElement) throw new Refused('too-many-attributes')
    if (value.length > limits.text) throw new Refused('text-too-long')
  })
  parser.on('opentag', (tag) => {
    if (!isNamespaceWellFormed(tag)) throw new Refused('not-well-formed')
    open.push({ tag, children: [] })
  })
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.on('comment', (value) => addOutsideText({ kind: 'comment', value }))
  parser.on('closetag', () => {
    endText()
    const closed = open.pop()
    if (closed === undefined) throw new Refused('not-well-formed')
    const element = freezeElement(closed)
    const parent = open.at(-1)
    if (parent !== undefined) parent.children.push(element)
    else {
      root = element
      outside.push(element)
    }
  })

  parser.write(source).close()
  if (root === undefined) throw new Refused('not-well-formed')
  return Object.freeze({ root, children: Object.freeze(outside) })
}

/**
 * What the parser lets pass: names whose local part could not start a name, and namespace names with spaces
 * around them, which it trims although other readers see a different namespace.
 */
function isNamespaceWellFormed(tag: SaxesTagNS): boolean {
  const attributes = Object.values(tag.attributes)
  return (
    startsLikeName(tag.local) &&
    attributes.every(({ local, name, prefix, value }) => {
      const declaresNamespace = prefix === 'xmlns' || name === 'xmlns'
      return startsLikeName(local) && !(declaresNamespace && value !== value.trim())
    })
  )
}

/** NameChar without NameStartChar, XML 1.0, productions 4 and 4a. */
const NOT_FIRST_IN_A_NAME = /^(?:[-.0-9\u{B7}\u{203F}\u{2040}]|[\u{300}-\u{36F}])/u

function startsLikeName(local: string): boolean {
  return !NOT_FIRST_IN_A_NAME.test(local)
}

function freezeElement({ tag, children }: OpenElement): XmlElement {
  const attributes = Object.values(tag.attributes).map(({ name, prefix, local, uri, value }) =>
    Object.freeze<XmlAttribute>({ kind: 'attribute', name, prefix, local, namespace: uri, value }),
  )
  return Object.freeze<XmlElement>({
    kind: 'element',
    name: tag.name,
    prefix: tag.prefix,
    local: tag.local,
    namespace: tag.uri,
    attributes: Object.freeze(attributes),
    children: Object.freeze(children),
  })
}
