/** Messages of the gateway, written by hand: no code of the product has a part in them. */

export const shepMessageId = 'b7a3c0de-1f2e-4d3c-8b4a-5e6f708192a3'
export const shepSessionId = '{0f8fad5b-d9cb-469f-a165-70867728950e}'

export interface ShepResponse {
  readonly messageId?: string
  readonly correlationId?: string
  readonly code?: string
  readonly statusMessage?: string
  readonly sessionId?: string
  /** The inside of `responseData`. */
  readonly responseData?: string
}

export function shepEnvelope(body: string, header = ''): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/">${header}<S:Body>${body}</S:Body></S:Envelope>`
}

export function shepResponse(response: ShepResponse = {}): string {
  const { messageId = '9d1f', code = 'SCSS001', statusMessage = 'Message has been processed successfully' } = response
  const {
    responseData = '<data xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xs="http://www.w3.org/2001/XMLSchema" xsi:type="xs:string">MIIB</data>',
  } = response
  const optional = (name: string, value: string | undefined) =>
    value === undefined ? '' : `<${name}>${value}</${name}>`
  return shepEnvelope(
    `<ns2:SendMessageResponse xmlns:ns2="http://bip.bee.kz/SyncChannel/v10/Types"><response><responseInfo><messageId>${messageId}</messageId>${optional('correlationId', response.correlationId)}<responseDate>2026-03-01T09:05:06.007+05:00</responseDate><status><code>${code}</code><message>${statusMessage}</message></status>${optional('sessionId', response.sessionId)}</responseInfo><responseData>${responseData}</responseData></response></ns2:SendMessageResponse>`,
  )
}

export function shepFault(errorCode: string): string {
  return shepEnvelope(
    `<S:Fault><faultcode>S:Server</faultcode><faultstring>personal data of a citizen</faultstring><detail><ns2:SendMessageFault1_SendMessageFault xmlns:ns2="http://bip.bee.kz/SyncChannel/v10/Types"><errorCode>${errorCode}</errorCode><errorMessage>personal data of a citizen</errorMessage><errorDate>2026-03-01T09:05:06+05:00</errorDate><subError><errorCode>SUB</errorCode><errorMessage>inner</errorMessage><errorDate>2026-03-01T09:05:06+05:00</errorDate></subError><sessionId>${shepSessionId}</sessionId></ns2:SendMessageFault1_SendMessageFault></detail></S:Fault>`,
  )
}
