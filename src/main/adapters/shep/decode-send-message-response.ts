import { fail, type Result, succeed } from '../../../shared/result.ts'
import { parseXml, type XmlLimits } from '../xml/parse-xml.ts'
import { SequenceReader, UnexpectedXml } from '../xml/sequence-reader.ts'
import type { XmlElement } from '../xml/xml-tree.ts'
import { soapNamespace, syncChannelNamespace, xsiNamespace } from './shep-namespaces.ts'

/** The only status of a message that the portal has answered. */
const SUCCESS = 'SCSS001'

export interface SendMessageResponse {
  readonly bytes: Uint8Array
  /** Of the request, for the gateway to repeat as `correlationId` where it gives one. */
  readonly messageId: string
}

/**
 * Reads the SOAP response of the operation SendMessage, or a fault. Elements are expected as the gateway's XSD
 * orders them; values that decide nothing here (dates, session, status message) are not judged.
 * @returns the text of `data`. Failures: `gateway.status` and `gateway.fault` with the gateway's code as detail,
 * `gateway.malformed` with the name of an element or a rule; never a part of the message.
 */
export function decodeSendMessageResponse({ bytes, messageId }: SendMessageResponse): Result<string> {
  return decode(bytes, (root) => readEnvelope(root, messageId))
}

/**
 * The same for a Body by itself, as a signature over it hands it out: nothing of the envelope around it is read.
 */
export function decodeSendMessageBody({ bytes, messageId }: SendMessageResponse): Result<string> {
  return decode(bytes, (body) => {
    if (body.local !== 'Body' || body.namespace !== soapNamespace) throw new UnexpectedXml('Body')
    return readBody(body, messageId)
  })
}

/** Whether bytes are XML at all: what is none carries no signature that could be wrong. */
export function checkWellFormed(bytes: Uint8Array): Result<void> {
  return decode(bytes, () => succeed(undefined))
}

function decode<T>(bytes: Uint8Array, read: (root: XmlElement) => Result<T>): Result<T> {
  const reading = parseXml({ bytes, limits: limitsFor(bytes.byteLength) })
  if (!reading.ok) return fail({ code: 'gateway.malformed', detail: reading.refusal })
  try {
    return read(reading.document.root)
  } catch (error) {
    if (error instanceof UnexpectedXml) return fail({ code: 'gateway.malformed', detail: error.element })
    throw error
  }
}

/** The transport has bounded the bytes; the document itself is one long text in a handful of elements. */
function limitsFor(bytes: number): XmlLimits {
  return { bytes, depth: 32, elements: 256, attributesPerElement: 16, text: bytes }
}

function readEnvelope(root: XmlElement, messageId: string): Result<string> {
  if (root.local !== 'Envelope' || root.namespace !== soapNamespace) throw new UnexpectedXml('Envelope')
  const envelope = soapSequence(root, soapNamespace)
  if (envelope.peek() === 'Header') refuseMandatoryHeaders(envelope.take('Header'))
  const body = envelope.take('Body')
  envelope.end()
  return readBody(body, messageId)
}

function readBody(body: XmlElement, messageId: string): Result<string> {
  const fault = soapSequence(body, soapNamespace)
  return fault.peek() === 'Fault' ? readFault(fault.take('Fault')) : readResponse(body, messageId)
}

/** SOAP 1.1, section 4.2.3: a header that must be understood and is not makes the message unprocessable. */
function refuseMandatoryHeaders(header: XmlElement): void {
  const mandatory = elementsOf(header).some(({ attributes }) =>
    attributes.some(
      ({ local, namespace, value }) => local === 'mustUnderstand' && namespace === soapNamespace && value !== '0',
    ),
  )
  if (mandatory) throw new UnexpectedXml('Header')
}

function readResponse(body: XmlElement, messageId: string): Result<string> {
  const content = soapSequence(body, syncChannelNamespace)
  const outer = content.take('SendMessageResponse')
  content.end()
  const message = new SequenceReader({
    element: outer,
    namespace: '',
    ignoresAttributes: (namespace) => namespace === xsiNamespace,
  })
  const response = message.sequence('response')
  message.end()

  const info = response.sequence('responseInfo')
  info.text('messageId')
  const correlationId = info.optionalText('correlationId')
  if (correlationId !== undefined && correlationId !== messageId) throw new UnexpectedXml('correlationId')
  info.text('responseDate')
  const status = info.sequence('status')
  const code = status.text('code')
  status.text('message')
  status.end()
  info.optionalText('sessionId')
  info.end()
  if (code !== SUCCESS) return fail({ code: 'gateway.status', ...codeDetail(code) })

  const responseData = response.sequence('responseData')
  const data = responseData.text('data', /[^ \t\r\n]/)
  responseData.end()
  response.end()
  return succeed(data)
}

/** A fault is a failure whatever its detail looks like, so here a code is looked for, not required. */
function readFault(fault: XmlElement): Result<string> {
  const detail = childNamed(fault, '', 'detail')
  const error = detail && childNamed(detail, syncChannelNamespace, 'SendMessageFault1_SendMessageFault')
  const code = error && childNamed(error, '', 'errorCode')
  return fail({ code: 'gateway.fault', ...codeDetail(textOf(code ?? childNamed(fault, '', 'faultcode'))) })
}

/** A code goes into logs and onto the screen, so only what looks like one does. */
function codeDetail(code: string | undefined): { readonly detail?: string } {
  return code !== undefined && /^[A-Za-z0-9_.:-]{1,64}$/.test(code) ? { detail: code } : {}
}

/** SOAP allows any attribute on its own elements. */
function soapSequence(element: XmlElement, namespace: string): SequenceReader {
  return new SequenceReader({ element, namespace, ignoresAttributes: () => true })
}

function elementsOf(parent: XmlElement): readonly XmlElement[] {
  return parent.children.filter((node) => node.kind === 'element')
}

function childNamed(parent: XmlElement, namespace: string, local: string): XmlElement | undefined {
  return elementsOf(parent).find((child) => child.local === local && child.namespace === namespace)
}

function textOf(element: XmlElement | undefined): string | undefined {
  const [node] = element?.children ?? []
  return node?.kind === 'text' ? node.value : undefined
}
