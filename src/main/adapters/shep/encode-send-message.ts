import { escapeXmlText } from '../xml/escape-xml-text.ts'
import { soapNamespace, syncChannelNamespace, xsdNamespace, xsiNamespace } from './shep-namespaces.ts'

export interface SendMessage {
  readonly messageId: string
  readonly messageDate: Date
  /** The service's number in the gateway's register. */
  readonly serviceId: string
  readonly senderId: string
  readonly senderPassword?: Buffer
  /** The signed document as text. */
  readonly data: string
}

/**
 * Writes the SOAP request of the operation SendMessage (resources/xsd/shep-envelope.xsd). The gateway fills in
 * `sessionId` itself, so the sender leaves it out.
 * @returns UTF-8 bytes; the caller wipes them, for they may hold the sender's password.
 */
export function encodeSendMessage(message: SendMessage): Buffer {
  const { senderPassword } = message
  const password = senderPassword === undefined ? '' : element('password', senderPassword.toString('utf8'))
  return Buffer.from(
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n',
      `<soapenv:Envelope xmlns:soapenv="${soapNamespace}"><soapenv:Body>`,
      `<typ:SendMessage xmlns:typ="${syncChannelNamespace}"><request>`,
      '<requestInfo>',
      element('messageId', message.messageId),
      element('serviceId', message.serviceId),
      element('messageDate', message.messageDate.toISOString()),
      `<sender>${element('senderId', message.senderId)}${password}</sender>`,
      '</requestInfo>',
      `<requestData><data xmlns:xsi="${xsiNamespace}" xmlns:xs="${xsdNamespace}" xsi:type="xs:string">`,
      escapeXmlText(message.data),
      '</data></requestData>',
      '</request></typ:SendMessage></soapenv:Body></soapenv:Envelope>\n',
    ].join(''),
    'utf8',
  )
}

function element(name: string, value: string): string {
  return `<${name}>${escapeXmlText(value)}</${name}>`
}
