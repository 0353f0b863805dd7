/** Namespace of the attributes `xmlns` and `xmlns:…`, which declare namespaces and carry no data. */
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/'

export interface XmlAttribute {
  readonly kind: 'attribute'
  /** As written, with the prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  /** Empty where the attribute is in no namespace. */
  readonly namespace: string
  readonly value: string
}

export interface XmlText {
  readonly kind: 'text'
  readonly value: string
}

/** Kept, because canonical XML can cover comments; whoever reads data refuses them. */
export interface XmlComment {
  readonly kind: 'comment'
  readonly value: string
}

/** Kept only where asked for, because canonical XML covers it; whoever reads data refuses it. */
export interface XmlProcessingInstruction {
  readonly kind: 'processing-instruction'
  readonly target: string
  /** Without the white space after the target. */
  readonly data: string
}

export interface XmlElement {
  readonly kind: 'element'
  /** As written, with the prefix. */
  readonly name: string
  readonly prefix: string
  readonly local: string
  /** Empty where the element is in no namespace. */
  readonly namespace: string
  /** In document order, namespace declarations among them. */
  readonly attributes: readonly XmlAttribute[]
  readonly children: readonly XmlNode[]
}

export type XmlNode = XmlElement | XmlText | XmlComment | XmlProcessingInstruction

/** A frozen tree: what a signature was checked on is what is read afterwards. */
export interface XmlDocument {
  readonly root: XmlElement
  /** The root and what stands around it, in document order. */
  readonly children: readonly (XmlElement | XmlComment | XmlProcessingInstruction)[]
}
