import { randomUUID } from 'node:crypto'
import type { Element } from '@xmldom/xmldom'
import { certificateDer, type Issuer } from '../certification-authority/issue-certificate.ts'
import { soapNames } from '../gateway/soap-names.ts'
import type { XmlDocument, XmlElement } from '../xml/parse-xml.ts'
import { type CheckedXmlSignature, checkXmlSignature, type SignatureForm } from './check-xml-signature.ts'
import { createXmlSigner } from './create-xml-signer.ts'
import { xmlSignatureNames as names } from './xml-signature-names.ts'

const ID = /^(Id|ID|id)$/

/**
 * Checks `wsse:Security` over the Body of a SOAP envelope: one signature, one reference, to the Body's own wsu:Id, which
 * no other element repeats under any name of an id.
 * @returns the covered Body, undefined where anything is otherwise.
 */
export function checkSoapSignature(document: XmlDocument): CheckedXmlSignature | undefined {
  const { text, tree, root } = document
  const [header, body, ...others] = tree.children
  const [security, ...blocks] = header?.children ?? []
  if (body === undefined || security === undefined || others.length + blocks.length > 0) return undefined
  if (body.name !== 'Body' || body.namespace !== soapNames.envelope) return undefined
  const id = body.attributes.get(`{${names.wsu}}Id`)
  if (id === undefined || !/^[\w.-]{1,128}$/.test(id) || idsOf(tree).filter((other) => other === id).length !== 1) {
    return undefined
  }
  const position = security.children.findIndex(isSignature)
  const signature = security.children[position]
  const tokens = security.children.filter((child) => !isSignature(child))
  if (signature === undefined || tokens.length > 1 || security.children.length !== tokens.length + 1) return undefined
  const node = path(root, [0, 0, position])
  if (node === undefined) return undefined
  const form = soapForm(id, tokens[0])
  return checkXmlSignature({ text, node, signature, form })
}

/** Whether an envelope has a `wsse:Security` at all, in the one place where the gateway looks for it. */
export function hasSoapSecurity(tree: XmlElement): boolean {
  const [header] = tree.children
  return header?.name === 'Header' && header.children.some((block) => isNamed(block, names.wsse, 'Security'))
}

function soapForm(id: string, token: XmlElement | undefined): SignatureForm {
  return {
    canonicalization: [names.exclusive],
    transforms: [[names.exclusive]],
    uri: `#${id}`,
    certificateText(keyInfo) {
      const [reference, ...others] = keyInfo.children
      const [identifier, ...more] = reference?.children ?? []
      if (others.length + more.length > 0 || reference === undefined || identifier === undefined) return undefined
      if (!isNamed(reference, names.wsse, 'SecurityTokenReference')) return undefined
      if (token === undefined) {
        const fits = isNamed(identifier, names.wsse, 'KeyIdentifier') && isX509(identifier)
        return fits ? identifier.text : undefined
      }
      const fits =
        isNamed(identifier, names.wsse, 'Reference') &&
        isNamed(token, names.wsse, 'BinarySecurityToken') &&
        isX509(token) &&
        identifier.attributes.get('URI') === `#${token.attributes.get(`{${names.wsu}}Id`)}`
      return fits ? token.text : undefined
    },
  }
}

/** Signs the Body of an envelope that has no Header yet, as the gateway writes them. */
export function writeSoapSignature(options: { readonly envelope: string; readonly signer: Issuer }): string {
  const { signer } = options
  const id = `id-${randomUUID()}`
  const envelope = options.envelope
    .replace('<soap:Body>', `<soap:Body xmlns:wsu="${names.wsu}" wsu:Id="${id}">`)
    .replace(
      '<soap:Body ',
      `<soap:Header><wsse:Security xmlns:wsse="${names.wsse}" soap:mustUnderstand="1"></wsse:Security></soap:Header><soap:Body `,
    )
  const signed = createXmlSigner(signer, names.exclusive)
  const certificate = certificateDer(signer.certificate).toString('base64')
  signed.getKeyInfoContent = () =>
    `<wsse:SecurityTokenReference xmlns:wsse="${names.wsse}"><wsse:KeyIdentifier EncodingType="${names.base64}" ValueType="${names.x509v3}">${certificate}</wsse:KeyIdentifier></wsse:SecurityTokenReference>`
  signed.addReference({
    xpath: `//*[@*[local-name(.)='Id']='${id}']`,
    transforms: [names.exclusive],
    digestAlgorithm: signer.key.suite.xmlDigestUri,
  })
  signed.computeSignature(envelope, {
    prefix: 'ds',
    location: { reference: "//*[local-name(.)='Security']", action: 'append' },
  })
  return signed.getSignedXml()
}

/** The element that one comes to by these positions among element children. */
function path(from: Element, positions: readonly number[]): Element | undefined {
  return positions.reduce<Element | undefined>((element, position) => {
    const children = Array.from(element?.childNodes ?? []).filter((node): node is Element => node.nodeType === 1)
    return children[position]
  }, from)
}

function idsOf(element: XmlElement): readonly string[] {
  const own = Array.from(element.attributes).flatMap(([name, value]) =>
    ID.test(name.replace(/^\{.*\}/, '')) ? [value] : [],
  )
  return [...own, ...element.children.flatMap(idsOf)]
}

function isSignature(element: XmlElement): boolean {
  return isNamed(element, names.signature, 'Signature')
}

function isX509(element: XmlElement): boolean {
  return element.attributes.get('ValueType') === names.x509v3
}

function isNamed(element: XmlElement, namespace: string, name: string): boolean {
  return element.namespace === namespace && element.name === name
}
