import { randomUUID } from 'node:crypto'
import type { Result } from '../../../shared/result.ts'
import { pass } from '../x509/outcome.ts'
import type { XmlDocument, XmlElement } from '../xml/xml-tree.ts'
import { canonicalise } from './canonicalise.ts'
import { isSoapEnvelope } from './check-soap-signature.ts'
import { ownElement, withChildren, withRoot } from './graft.ts'
import { RefusedSignature, refusingSignatures } from './refused-signature.ts'
import { attributeValue, childrenInOrder, elementsBelow, isNamed } from './signature-elements.ts'
import {
  base64EncodingType,
  exclusiveCanonicalXml,
  soapNamespace,
  wsseNamespace,
  wsuNamespace,
  x509v3ValueType,
} from './signature-namespaces.ts'
import { readSignedDocument, requireUniqueIds } from './signed-document.ts'
import { signatureText, signInPlace, unfitToSign, type XmlSigningIdentity } from './write-signature.ts'

/**
 * Signs the Body of a SOAP 1.1 envelope in `wsse:Security` with mustUnderstand, the certificate as KeyIdentifier. A
 * document that is no envelope becomes the Body of one.
 * @param options.document XML in UTF-8; it comes back in canonical form with its comments.
 * @returns the envelope, UTF-8. Failures: `sign.failed` with the rule that the document breaks, and those of the
 * identity.
 */
export async function signSoapBody(options: {
  readonly document: Uint8Array
  readonly identity: XmlSigningIdentity
}): Promise<Result<Buffer>> {
  const { identity } = options
  const reading = readSignedDocument(options.document)
  if (!reading.ok) return unfitToSign(reading.refusal)
  const document = isSoapEnvelope(reading.value) ? reading.value : enveloping(reading.value)
  const prepared = refusingSignatures(() => pass(identifyBody(document.root)))
  if (!prepared.ok) return unfitToSign(prepared.refusal)
  const { body, id, header, blocks } = prepared.value
  const place = (security: readonly XmlElement[]): XmlDocument =>
    withRoot(document, withChildren(document.root, [withChildren(header, [...security, ...blocks]), body]))
  const covered = canonicalise({
    document: place([]),
    apex: body,
    method: { exclusive: true, comments: false },
  })
  const keyInfo = keyIdentifier(identity)
  const build = (value: string) => {
    const signature = signatureText({
      identity,
      uri: `#${id}`,
      canonicalisation: exclusiveCanonicalXml,
      transforms: [exclusiveCanonicalXml],
      covered,
      keyInfo,
      value,
    })
    return place([ownElement(securityText(signature))])
  }
  return signInPlace({ identity, form: 'soap-body', build })
}

function enveloping({ root }: XmlDocument): XmlDocument {
  const envelope = ownElement(`<soapenv:Envelope xmlns:soapenv="${soapNamespace}"><soapenv:Body/></soapenv:Envelope>`)
  const withBody = withChildren(
    envelope,
    envelope.children.map((body) => (body.kind === 'element' ? withChildren(body, [root]) : body)),
  )
  return { root: withBody, children: [withBody] }
}

interface IdentifiedBody {
  readonly body: XmlElement
  readonly id: string
  readonly header: XmlElement
  readonly blocks: XmlElement['children']
}

/** @throws UnexpectedXml, RefusedSignature */
function identifyBody(root: XmlElement): IdentifiedBody {
  const envelope = childrenInOrder(root, soapNamespace)
  const present = envelope.peek() === 'Header' ? envelope.take('Header') : undefined
  const unidentified = envelope.take('Body')
  envelope.end()
  requireUniqueIds(root)
  const blocks = present?.children ?? []
  if (blocks.some((node) => node.kind === 'element' && isNamed(node, wsseNamespace, 'Security'))) {
    throw new RefusedSignature('SIG_CONSTRAINTS_FAILURE', 'the envelope has wsse:Security already')
  }
  const known = attributeValue(unidentified, { namespace: wsuNamespace, local: 'Id' })
  const id = known ?? `id-${randomUUID()}`
  const body = known === undefined ? withWsuId(root, unidentified, id) : unidentified
  return { body, id, header: present ?? emptyHeader(root), blocks }
}

function withWsuId(root: XmlElement, body: XmlElement, id: string): XmlElement {
  const taken = [...elementsBelow(root)]
    .flatMap(({ attributes }) => attributes)
    .some(({ name, value }) => name === 'xmlns:wsu' && value !== wsuNamespace)
  const prefix = taken ? `wsu-${randomUUID()}` : 'wsu'
  const { attributes } = ownElement(`<Body xmlns:${prefix}="${wsuNamespace}" ${prefix}:Id="${id}"/>`)
  return Object.freeze({ ...body, attributes: Object.freeze([...body.attributes, ...attributes]) })
}

/** A Header in the envelope's own prefix. */
function emptyHeader({ prefix }: XmlElement): XmlElement {
  const name = prefix === '' ? 'Header' : `${prefix}:Header`
  const declaration = prefix === '' ? 'xmlns' : `xmlns:${prefix}`
  return ownElement(`<${name} ${declaration}="${soapNamespace}"/>`)
}

function securityText(signature: string): string {
  const namespaces = `xmlns:wsse="${wsseNamespace}" xmlns:soapenv="${soapNamespace}"`
  return `<wsse:Security ${namespaces} soapenv:mustUnderstand="1">${signature}</wsse:Security>`
}

/** Prefix `wsse` is declared around it. */
function keyIdentifier({ certificate }: XmlSigningIdentity): string {
  const base64 = Buffer.from(certificate.der).toString('base64')
  return [
    '<wsse:SecurityTokenReference>',
    `<wsse:KeyIdentifier EncodingType="${base64EncodingType}" ValueType="${x509v3ValueType}">${base64}</wsse:KeyIdentifier>`,
    '</wsse:SecurityTokenReference>',
  ].join('')
}
