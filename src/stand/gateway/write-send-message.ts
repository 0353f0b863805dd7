import { textElement, xmlText } from '../xml/xml-text.ts'
import { xmlSignatureNames } from '../xml-signature/xml-signature-names.ts'
import type { SoapProblem } from './read-send-message.ts'
import { soapNames } from './soap-names.ts'

/** Status codes of ШЭП. */
export const syncStatus = {
  success: { code: 'SCSS001', message: 'Сообщение успешно обработано' },
  failure: { code: 'SCSE001', message: 'Ошибка обработки сообщения' },
} as const

/** A response as the gateway sends it. Without `data` it is a failure. */
export interface SyncResponse {
  /** The message's id in the receiver's system. */
  readonly messageId: string
  readonly correlationId?: string
  readonly responseDate: Date
  readonly status: { readonly code: string; readonly message: string }
  /** UUID without braces; the schema's pattern has them. */
  readonly sessionId: string
  readonly data?: string
}

/** @returns the SOAP 1.1 envelope. Only the outer element is in the channel's namespace. */
export function writeSendMessageResponse(response: SyncResponse): string {
  const correlationId = response.correlationId === undefined ? '' : textElement('correlationId', response.correlationId)
  const status = textElement('code', response.status.code) + textElement('message', response.status.message)
  const info = [
    textElement('messageId', response.messageId),
    correlationId,
    textElement('responseDate', response.responseDate.toISOString()),
    `<status>${status}</status>`,
    textElement('sessionId', `{${response.sessionId}}`),
  ]
  const data =
    response.data === undefined
      ? ''
      : `<data xmlns:xs="${soapNames.schema}" xmlns:xsi="${soapNames.schemaInstance}" xsi:type="xs:string">${xmlText(response.data)}</data>`
  const content = `<responseInfo>${info.join('')}</responseInfo><responseData>${data}</responseData>`
  return envelope(
    `<ns:SendMessageResponse xmlns:ns="${soapNames.syncChannel}"><response>${content}</response></ns:SendMessageResponse>`,
  )
}

/** @returns a SOAP 1.1 fault whose detail is `SendMessageFault1_SendMessageFault`. */
export function writeSendMessageFault(fault: {
  readonly problem: SoapProblem
  readonly errorDate: Date
  readonly sessionId: string
}): string {
  const error = [
    textElement('errorCode', syncStatus.failure.code),
    textElement('errorMessage', fault.problem.message),
    textElement('errorDate', fault.errorDate.toISOString()),
    textElement('sessionId', `{${fault.sessionId}}`),
  ]
  const name = 'ns:SendMessageFault1_SendMessageFault'
  const detail = `<detail><${name} xmlns:ns="${soapNames.syncChannel}">${error.join('')}</${name}></detail>`
  const { code, message } = fault.problem
  const qualified = code.includes(':') ? code : `soap:${code}`
  const head = textElement('faultcode', qualified) + textElement('faultstring', message)
  return envelope(`<soap:Fault xmlns:wsse="${xmlSignatureNames.wsse}">${head}${detail}</soap:Fault>`)
}

function envelope(body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${soapNames.envelope}"><soap:Body>${body}</soap:Body></soap:Envelope>`
}
