import { certificateDer, type Issuer } from '../certification-authority/issue-certificate.ts'
import { parseXmlDocument, type XmlElement } from '../xml/parse-xml.ts'
import { type CheckedXmlSignature, checkXmlSignature, type SignatureForm } from './check-xml-signature.ts'
import { createXmlSigner } from './create-xml-signer.ts'
import { xmlSignatureNames as names } from './xml-signature-names.ts'

/** What a document that begins like XML says of itself. */
export interface EnvelopedDocument {
  /** The text that arrived: good for naming what is refused, for nothing else. */
  readonly raw: Buffer
  /** Absent where there is no one right signature over the whole document. */
  readonly signature?: CheckedXmlSignature
}

const FORM: SignatureForm = {
  canonicalization: [names.canonical, names.canonicalWithComments],
  transforms: [
    [names.envelopedTransform, names.canonicalWithComments],
    [names.envelopedTransform, names.canonical],
  ],
  uri: '',
  certificateText(keyInfo) {
    const [data, ...others] = keyInfo.children
    const [certificate, ...more] = data?.children ?? []
    const fits =
      others.length + more.length === 0 &&
      data?.namespace === names.signature &&
      data.name === 'X509Data' &&
      certificate?.namespace === names.signature &&
      certificate.name === 'X509Certificate'
    return fits ? certificate.text : undefined
  },
}

/**
 * Reads a business document signed by an enveloped XMLDSig: one signature, the last child of the root, over the root.
 * @returns undefined where the bytes are no document of ours at all.
 */
export function readEnvelopedDocument(options: {
  readonly document: Buffer
  readonly maxBytes: number
}): EnvelopedDocument | undefined {
  const document = parseXmlDocument(options)
  if (document === undefined) return undefined
  const { text, tree, root } = document
  const raw = options.document
  const signature = tree.children.at(-1)
  const node = Array.from(root.childNodes).filter(isElement).at(-1)
  if (signature === undefined || node === undefined || !isSignature(signature) || count(tree) !== 1) return { raw }
  const checked = checkXmlSignature({ text, node, signature, form: FORM })
  return checked === undefined ? { raw } : { raw, signature: checked }
}

/** Signs a document without a declaration's need: the signature becomes the last child of the root. */
export function writeEnvelopedSignature(options: { readonly document: string; readonly signer: Issuer }): string {
  const { signer } = options
  const { suite } = signer.key
  const signed = createXmlSigner(signer, names.canonical)
  const certificate = certificateDer(signer.certificate).toString('base64')
  signed.getKeyInfoContent = () => `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`
  signed.addReference({
    xpath: '/*',
    transforms: [names.envelopedTransform, names.canonicalWithComments],
    digestAlgorithm: suite.xmlDigestUri,
    isEmptyUri: true,
  })
  signed.computeSignature(options.document, { prefix: 'ds', location: { reference: '/*', action: 'append' } })
  return signed.getSignedXml()
}

function isElement<T extends { readonly nodeType: number }>(node: T): node is T & import('@xmldom/xmldom').Element {
  return node.nodeType === 1
}

function isSignature(element: XmlElement): boolean {
  return element.namespace === names.signature && element.name === 'Signature'
}

/** How many signatures there are in a tree. */
function count(element: XmlElement): number {
  return element.children.reduce((sum, child) => sum + count(child), isSignature(element) ? 1 : 0)
}
