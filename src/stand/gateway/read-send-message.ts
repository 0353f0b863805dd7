import { parseXml, type XmlDocument, type XmlElement } from '../xml/parse-xml.ts'
import { hasSoapSecurity } from '../xml-signature/soap-signature.ts'
import { soapNames } from './soap-names.ts'

export interface SendMessage {
  readonly messageId: string
  readonly correlationId?: string
  readonly data: string
}

/** Codes of SOAP 1.1, section 4.4.1, and of WS-Security 1.0, section 12. */
export type SoapFaultCode = 'VersionMismatch' | 'MustUnderstand' | 'Client' | 'Server' | 'wsse:FailedCheck'

export interface SoapProblem {
  readonly code: SoapFaultCode
  /** For the administrator, Russian. */
  readonly message: string
}

export type SendMessageReading =
  | { readonly ok: true; readonly message: SendMessage }
  | { readonly ok: false; readonly problem: SoapProblem }

const DATE_TIME = /^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?$/
const XS_STRING = `{${soapNames.schema}}string`

/** Members of SyncMessageInfo in their order; `sessionId` is filled by ШЭП, never by the sender. */
const REQUEST_INFO = ['messageId', 'correlationId', 'serviceId', 'messageDate', 'routeId', 'sender', 'properties']

/** An envelope that SOAP 1.1 allows, and whether its Body is said to be signed. */
export type EnvelopeReading =
  | { readonly ok: true; readonly body: XmlElement; readonly secured: boolean }
  | { readonly ok: false; readonly problem: SoapProblem }

/** Reads the envelope around a message. `wsse:Security` alone may be a mandatory header. */
export function readEnvelope({ tree: envelope }: XmlDocument): EnvelopeReading {
  if (envelope.name !== 'Envelope') return problem('Client', 'Нет конверта SOAP')
  if (envelope.namespace !== soapNames.envelope) return problem('VersionMismatch', 'Ожидается SOAP 1.1')
  const body = envelope.children.at(-1)
  const headers = envelope.children.slice(0, -1)
  if (body === undefined || !isSoap(body, 'Body') || headers.length > 1) return problem('Client', 'Нет тела SOAP')
  if (headers.some((header) => !isSoap(header, 'Header'))) return problem('Client', 'Лишний элемент в конверте SOAP')
  const secured = hasSoapSecurity(envelope)
  const blocks = headers.flatMap((header) => header.children)
  const mandatory = blocks.filter((block) => block.attributes.get(`{${soapNames.envelope}}mustUnderstand`) === '1')
  if (mandatory.length > (secured ? 1 : 0)) {
    return problem('MustUnderstand', 'Обязательный заголовок SOAP не поддерживается')
  }
  return { ok: true, body, secured }
}

/**
 * The Body that a signature covers, from its canonical octets. Exclusive canonical form leaves out the prefix in the
 * value of xsi:type, which no name uses; the customary ones are declared around it.
 */
export function readCoveredBody(octets: Buffer): XmlElement | undefined {
  const scope = `<scope xmlns:xs="${soapNames.schema}" xmlns:xsd="${soapNames.schema}">`
  const document = Buffer.concat([Buffer.from(scope), octets, Buffer.from('</scope>')])
  return parseXml({ document, maxBytes: document.length })?.children[0]
}

/** Reads operation SendMessage of the synchronous channel as its XSD has it. */
export function readSendMessage(body: XmlElement): SendMessageReading {
  const [operation, ...others] = body.children
  if (operation?.name !== 'SendMessage' || operation.namespace !== soapNames.syncChannel || others.length > 0) {
    return problem('Client', 'Неизвестная операция')
  }
  const message = messageOf(operation)
  return message === undefined
    ? problem('Client', 'Сообщение не соответствует схеме SyncChannel')
    : { ok: true, message }
}

function messageOf(operation: XmlElement): SendMessage | undefined {
  const request = membersOf(operation, ['request'])?.get('request')
  const parts = request === undefined ? undefined : membersOf(request, ['requestInfo', 'requestData'])
  const info = parts?.get('requestInfo')
  const requestData = parts?.get('requestData')
  if (info === undefined || requestData === undefined) return undefined
  const data = membersOf(requestData, ['data'])?.get('data')
  const messageId = messageIdOf(info)
  if (data?.type !== XS_STRING || data.children.length > 0 || messageId === undefined) return undefined
  const correlationId = info.children.find((child) => child.name === 'correlationId')?.text
  return { messageId, ...(correlationId === undefined ? {} : { correlationId }), data: data.text }
}

/** @returns the message id of a requestInfo that holds what ШЭП needs to route a message. */
function messageIdOf(info: XmlElement): string | undefined {
  const members = membersOf(info, REQUEST_INFO)
  const sender = members?.get('sender')
  const senderMembers = sender === undefined ? undefined : membersOf(sender, ['senderId', 'password'])
  const properties = info.children.filter((child) => child.name === 'properties')
  const [messageId, serviceId, senderId] = [
    members?.get('messageId')?.text,
    members?.get('serviceId')?.text,
    senderMembers?.get('senderId')?.text,
  ]
  const complete = [messageId, serviceId, senderId].every((text) => text !== undefined && text.trim() !== '')
  const dated = DATE_TIME.test(members?.get('messageDate')?.text ?? '')
  return complete && dated && properties.every(isProperty) ? messageId : undefined
}

function isProperty(element: XmlElement): boolean {
  const members = membersOf(element, ['key', 'value'])
  const [key, value] = [members?.get('key')?.text, members?.get('value')?.text]
  return key !== undefined && key.length <= 30 && value !== undefined && value.length <= 500
}

/**
 * The children by name, if all are unqualified, known and in the schema's order. Only `properties` may repeat.
 */
function membersOf(element: XmlElement, order: readonly string[]): ReadonlyMap<string, XmlElement> | undefined {
  const positions = element.children.map((child) => (child.namespace === '' ? order.indexOf(child.name) : -1))
  const inOrder = positions.every((position, index) => {
    const previous = positions[index - 1] ?? -1
    return position > previous || (position === previous && order[position] === 'properties')
  })
  const text = element.children.length === 0 && element.text.trim() !== ''
  return inOrder && !text ? new Map(element.children.map((child) => [child.name, child])) : undefined
}

function isSoap(element: XmlElement, name: string): boolean {
  return element.namespace === soapNames.envelope && element.name === name
}

function problem(code: SoapFaultCode, message: string): { readonly ok: false; readonly problem: SoapProblem } {
  return { ok: false, problem: { code, message } }
}
