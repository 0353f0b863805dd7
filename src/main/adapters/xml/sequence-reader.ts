import { type XmlElement, xmlnsNamespace } from './xml-tree.ts'

/** A document that is not what its schema says. `element` is a name of ours, never a part of the document. */
export class UnexpectedXml extends Error {
  readonly element: string

  constructor(element: string) {
    super(`unexpected XML at ${element}`)
    this.element = element
  }
}

/**
 * Reads the children of an element one after another, as an `xs:sequence` does. Whatever the caller did not ask
 * for is refused: an element out of order, text between elements, a comment, an attribute, anything left at the end.
 * Refusals leave as UnexpectedXml, which each adapter turns into its own failure.
 */
export class SequenceReader {
  readonly #name: string
  readonly #namespace: string
  readonly #ignoresAttributes: (namespace: string) => boolean
  readonly #children: readonly XmlElement[]
  #position = 0

  /**
   * @param options.namespace of the children.
   * @param options.ignoresAttributes namespaces whose attributes may stand there unread; without it, none but
   * the declarations of namespaces.
   */
  constructor(options: {
    readonly element: XmlElement
    readonly namespace: string
    readonly ignoresAttributes?: (namespace: string) => boolean
  }) {
    this.#name = options.element.local
    this.#namespace = options.namespace
    this.#ignoresAttributes = options.ignoresAttributes ?? (() => false)
    this.#refuseAttributes(options.element)
    this.#children = options.element.children.flatMap((node) => {
      if (node.kind === 'element') return node
      if (node.kind === 'text' && /^[ \t\r\n]*$/.test(node.value)) return []
      throw new UnexpectedXml(this.#name)
    })
  }

  /** @returns the local name of the next child, where it is in the expected namespace. */
  peek(): string | undefined {
    const next = this.#children[this.#position]
    return next?.namespace === this.#namespace ? next.local : undefined
  }

  /** The next child as it is, for content that has a grammar of its own. */
  take(local: string): XmlElement {
    const next = this.#children[this.#position]
    if (next === undefined || next.local !== local || next.namespace !== this.#namespace) throw new UnexpectedXml(local)
    this.#position += 1
    return next
  }

  sequence(local: string): SequenceReader {
    return new SequenceReader({
      element: this.take(local),
      namespace: this.#namespace,
      ignoresAttributes: this.#ignoresAttributes,
    })
  }

  optionalSequence(local: string): SequenceReader | undefined {
    return this.peek() === local ? this.sequence(local) : undefined
  }

  /** @param pattern anchored by the caller; without it any text is right. */
  text(local: string, pattern?: RegExp): string {
    const element = this.take(local)
    this.#refuseAttributes(element)
    const text = onlyText(element)
    if (text === undefined || (pattern !== undefined && !pattern.test(text))) throw new UnexpectedXml(local)
    return text
  }

  optionalText(local: string, pattern?: RegExp): string | undefined {
    return this.peek() === local ? this.text(local, pattern) : undefined
  }

  /** A child whose presence is the whole message. */
  empty(local: string): void {
    this.text(local, /^$/)
  }

  end(): void {
    if (this.#position < this.#children.length) throw new UnexpectedXml(this.#name)
  }

  #refuseAttributes(element: XmlElement): void {
    const foreign = element.attributes.some(
      ({ namespace }) => namespace !== xmlnsNamespace && !this.#ignoresAttributes(namespace),
    )
    if (foreign) throw new UnexpectedXml(element.local)
  }
}

/** The text of an element that holds text and nothing else, so that no comment or child can split or hide a value. */
function onlyText(element: XmlElement): string | undefined {
  const [first, ...rest] = element.children
  if (first === undefined) return ''
  return first.kind === 'text' && rest.length === 0 ? first.value : undefined
}
