import { type XmlDocument, type XmlElement, type XmlNode, xmlnsNamespace } from '../xml/xml-tree.ts'
import { compareCodePoints } from './compare-code-points.ts'

/** Canonical XML 1.0 (inclusive) or Exclusive XML Canonicalization 1.0. */
export interface CanonicalisationMethod {
  readonly exclusive: boolean
  readonly comments: boolean
  /** Of the exclusive form: prefixes treated as in the inclusive one, '' for the default namespace. */
  readonly inclusivePrefixes?: ReadonlySet<string>
}

const XML_NAMESPACE = 'http://www.w3.org/XML/1998/namespace'

/**
 * Writes the canonical form of a document, or of one element of it with what it inherits.
 * @param options.apex the element; without one the whole document.
 * @param options.without elements left out with all that they hold.
 * @returns UTF-8 octets.
 * @throws RangeError where `apex` is not in the document: a bug of the caller.
 */
export function canonicalise(options: {
  readonly document: XmlDocument
  readonly apex?: XmlElement
  readonly method: CanonicalisationMethod
  readonly without?: ReadonlySet<XmlElement>
}): Buffer {
  const { document, apex, method, without = new Set() } = options
  const writer = new CanonicalWriter(method, without)
  if (apex === undefined) {
    writer.document(document)
  } else {
    const ancestors = ancestorsOf(document.root, apex)
    if (ancestors === undefined) throw new RangeError('the element is not in the document')
    writer.subtree(apex, ancestors)
  }
  return Buffer.from(writer.text(), 'utf8')
}

/** @returns the way from the root to the parent of `sought`; undefined where it is elsewhere. */
function ancestorsOf(element: XmlElement, sought: XmlElement): readonly XmlElement[] | undefined {
  if (element === sought) return []
  for (const child of element.children) {
    const found = child.kind === 'element' ? ancestorsOf(child, sought) : undefined
    if (found !== undefined) return [element, ...found]
  }
  return undefined
}

/** Bindings of prefixes, each with those that it hides, so that a look-up takes the same time at any depth. */
class PrefixScope {
  readonly #bindings = new Map<string, string[]>()

  get(prefix: string): string {
    return this.#bindings.get(prefix)?.at(-1) ?? ''
  }

  push(prefix: string, namespace: string): void {
    const hidden = this.#bindings.get(prefix)
    if (hidden === undefined) this.#bindings.set(prefix, [namespace])
    else hidden.push(namespace)
  }

  pop(prefix: string): void {
    this.#bindings.get(prefix)?.pop()
  }

  prefixes(): readonly string[] {
    return [...this.#bindings.keys()]
  }
}

type Binding = readonly [prefix: string, namespace: string]

class CanonicalWriter {
  readonly #method: CanonicalisationMethod
  readonly #without: ReadonlySet<XmlElement>
  readonly #parts: string[] = []
  /** What the document declares. */
  readonly #inScope = new PrefixScope()
  /** What stands in the output. */
  readonly #rendered = new PrefixScope()

  constructor(method: CanonicalisationMethod, without: ReadonlySet<XmlElement>) {
    this.#method = method
    this.#without = without
  }

  text(): string {
    return this.#parts.join('')
  }

  /** Outside the root each comment and processing instruction has a line of its own. */
  document({ root, children }: XmlDocument): void {
    let beforeRoot = true
    for (const node of children) {
      if (node === root) {
        this.#element(root)
        beforeRoot = false
      } else if (node.kind !== 'comment' || this.#method.comments) {
        if (!beforeRoot) this.#parts.push('\n')
        this.#node(node)
        if (beforeRoot) this.#parts.push('\n')
      }
    }
  }

  subtree(apex: XmlElement, ancestors: readonly XmlElement[]): void {
    for (const ancestor of ancestors) {
      for (const [prefix, namespace] of declarationsOf(ancestor)) this.#inScope.push(prefix, namespace)
    }
    const inherited = this.#method.exclusive ? [] : inheritedXmlAttributes(apex, ancestors)
    this.#element(apex, { inherited, isApex: true })
  }

  #node(node: XmlNode): void {
    if (node.kind === 'element') this.#element(node)
    else if (node.kind === 'text') this.#parts.push(escapeText(node.value))
    else if (node.kind === 'processing-instruction') this.#parts.push(processingInstruction(node.target, node.data))
    else if (this.#method.comments) this.#parts.push(`<!--${node.value}-->`)
  }

  #element(element: XmlElement, { inherited = [], isApex = false }: ApexOptions = {}): void {
    if (this.#without.has(element)) return
    const declared = declarationsOf(element)
    for (const [prefix, namespace] of declared) this.#inScope.push(prefix, namespace)
    const bindings = this.#bindingsToRender(element, isApex ? this.#inScope.prefixes() : declared.map(([p]) => p))
    for (const [prefix, namespace] of bindings) this.#rendered.push(prefix, namespace)

    this.#parts.push('<', element.name)
    for (const [prefix, namespace] of bindings) {
      this.#parts.push(prefix === '' ? ' xmlns="' : ` xmlns:${prefix}="`, escapeAttribute(namespace), '"')
    }
    const attributes = [...element.attributes.filter(({ namespace }) => namespace !== xmlnsNamespace), ...inherited]
    attributes.sort((a, b) => compareCodePoints(a.namespace, b.namespace) || compareCodePoints(a.local, b.local))
    for (const { name, value } of attributes) this.#parts.push(' ', name, '="', escapeAttribute(value), '"')
    this.#parts.push('>')
    for (const child of element.children) this.#node(child)
    this.#parts.push('</', element.name, '>')

    for (const [prefix] of bindings) this.#rendered.pop(prefix)
    for (const [prefix] of declared) this.#inScope.pop(prefix)
  }

  /** @param declared prefixes that the element itself declares; for the apex those in scope. */
  #bindingsToRender(element: XmlElement, declared: readonly string[]): readonly Binding[] {
    const { exclusive, inclusivePrefixes = new Set<string>() } = this.#method
    const candidates = exclusive
      ? [...visiblyUsed(element), ...declared.filter((prefix) => inclusivePrefixes.has(prefix))]
      : declared
    return [...new Set(candidates)]
      .filter((prefix) => prefix !== 'xml' && this.#inScope.get(prefix) !== this.#rendered.get(prefix))
      .sort(compareCodePoints)
      .map((prefix): Binding => [prefix, this.#inScope.get(prefix)])
  }
}

interface ApexOptions {
  readonly inherited?: XmlElement['attributes']
  readonly isApex?: boolean
}

function declarationsOf({ attributes }: XmlElement): readonly Binding[] {
  return attributes
    .filter(({ namespace }) => namespace === xmlnsNamespace)
    .map(({ prefix, local, value }): Binding => [prefix === '' ? '' : local, value])
}

/** Exclusive XML Canonicalization, section 1.1: prefixes in the names of the element and its attributes. */
function visiblyUsed({ prefix, attributes }: XmlElement): readonly string[] {
  const ofAttributes = attributes.filter(({ namespace, prefix }) => namespace !== xmlnsNamespace && prefix !== '')
  return [prefix, ...ofAttributes.map((attribute) => attribute.prefix)]
}

/** Canonical XML 1.0, section 2.4: attributes of the XML namespace, the nearest of each name. */
function inheritedXmlAttributes(apex: XmlElement, ancestors: readonly XmlElement[]): XmlElement['attributes'] {
  const own = new Set(apex.attributes.filter(({ namespace }) => namespace === XML_NAMESPACE).map(({ local }) => local))
  const inherited = new Map(
    ancestors
      .flatMap(({ attributes }) => attributes)
      .filter(({ namespace, local }) => namespace === XML_NAMESPACE && !own.has(local))
      .map((attribute) => [attribute.local, attribute]),
  )
  return [...inherited.values()]
}

function processingInstruction(target: string, data: string): string {
  return data === '' ? `<?${target}?>` : `<?${target} ${data}?>`
}

const TEXT: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' }
const ATTRIBUTE: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
}

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => TEXT[character] ?? character)
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<"\t\n\r]/g, (character) => ATTRIBUTE[character] ?? character)
}
