import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import type { StandFault } from '../../shared/domain/training.ts'
import type { KeyAlgorithm } from '../crypto/signature-suites.ts'
import { errorsBeforePortal, loseReply, lostReplies } from '../faults/gateway-fault.ts'
import { readBody } from '../http/read-body.ts'
import { dataOfBytes } from '../portal/business-document.ts'
import type { Portal } from '../portal/portal.ts'
import { parseXmlDocument } from '../xml/parse-xml.ts'
import {
  readCoveredBody,
  readEnvelope,
  readSendMessage,
  type SendMessage,
  type SendMessageReading,
  type SoapProblem,
} from './read-send-message.ts'
import { syncChannelWsdl } from './sync-channel-wsdl.ts'
import type { TransportSecurity } from './transport-security.ts'
import { syncStatus, writeSendMessageFault, writeSendMessageResponse } from './write-send-message.ts'

const MAX_MESSAGE_BYTES = 256 * 1024

/** Serves the gateway's (ШЭП) synchronous channel: SOAP 1.1 over HTTPS, operation SendMessage, WSDL on `?wsdl`. */
export type SyncChannel = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/**
 * @param options.portal the portal as it behaves under a fault.
 * @param options.fault what the stand is told to do wrongly, asked for every message.
 * @param options.slowMs delay of the fault `slow`, milliseconds.
 * @param options.stopping ends delays when the stand stops.
 */
export function createSyncChannel(options: {
  readonly portal: (fault: StandFault | undefined) => Portal
  readonly security: TransportSecurity
  readonly fault: () => Promise<StandFault | undefined>
  readonly slowMs: number
  readonly stopping: AbortSignal
  readonly now: () => Date
}): SyncChannel {
  const { now } = options

  function sendFault(response: ServerResponse, problem: SoapProblem): void {
    sendXml(response, 500, writeSendMessageFault({ problem, errorDate: now(), sessionId: randomUUID() }))
  }

  interface ReadMessage {
    readonly reading: SendMessageReading
    /** The algorithm of a right `wsse:Security`, in which the response is signed too. */
    readonly algorithm?: KeyAlgorithm
  }

  /** Only what a signature covers is read, where there is one. */
  async function read(body: Buffer): Promise<ReadMessage> {
    const document = parseXmlDocument({ document: body, maxBytes: MAX_MESSAGE_BYTES })
    if (document === undefined) {
      return {
        reading: { ok: false, problem: { code: 'Client', message: 'Сообщение не является допустимым документом XML' } },
      }
    }
    const envelope = readEnvelope(document)
    if (!envelope.ok) return { reading: envelope }
    if (!envelope.secured) return { reading: readSendMessage(envelope.body) }
    const checked = await options.security.check(document, now())
    if (!checked.ok) return { reading: checked }
    const covered = readCoveredBody(checked.content)
    const reading: SendMessageReading =
      covered === undefined
        ? { ok: false, problem: { code: 'Client', message: 'Подписанное тело SOAP не читается' } }
        : readSendMessage(covered)
    return { reading, algorithm: checked.algorithm }
  }

  function sendResponse(options: {
    readonly response: ServerResponse
    readonly message: SendMessage
    readonly reply: Buffer | undefined
    readonly sign: (envelope: string) => string
  }): void {
    const { response, message, reply, sign } = options
    const { correlationId } = message
    const envelope = writeSendMessageResponse({
      messageId: randomUUID(),
      ...(correlationId === undefined ? {} : { correlationId }),
      responseDate: now(),
      status: reply === undefined ? syncStatus.failure : syncStatus.success,
      sessionId: randomUUID(),
      ...(reply === undefined ? {} : { data: dataOfBytes(reply) }),
    })
    sendXml(response, 200, sign(envelope))
  }

  async function handleMessage(body: Buffer, response: ServerResponse): Promise<void> {
    const { reading, algorithm } = await read(body)
    if (!reading.ok) {
      sendFault(response, reading.problem)
      return
    }
    const fault = await options.fault()
    const error = errorsBeforePortal.find((candidate) => candidate === fault)
    if (error === 'fault') return sendFault(response, { code: 'Server', message: 'Учебная ошибка шлюза' })
    const { message } = reading
    const sign = (envelope: string): string =>
      algorithm === undefined
        ? envelope
        : options.security.sign({ envelope, algorithm, overAnotherBody: fault === 'wsse-other-body' })
    if (error === 'gateway-error') return sendResponse({ response, message, reply: undefined, sign })
    if (error === 'http-500') {
      response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end('Internal Server Error\n')
      return
    }
    if (fault === 'slow') await setTimeout(options.slowMs, undefined, { signal: options.stopping })
    const reply = await options.portal(fault).answer(message.data)
    const loss = lostReplies.find((candidate) => candidate === fault)
    if (loss !== undefined) return loseReply(response, loss)
    sendResponse({ response, message, reply, sign })
  }

  return async (request, response) => {
    if (request.method === 'GET' && request.url?.toLowerCase().endsWith('?wsdl')) {
      const { localPort } = request.socket
      sendXml(response, 200, syncChannelWsdl(`https://127.0.0.1:${localPort}/shep/SyncChannel`))
      return
    }
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end()
      return
    }
    const body = await readBody(request, MAX_MESSAGE_BYTES)
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end()
      return
    }
    try {
      await handleMessage(body, response)
    } catch (error) {
      if (response.headersSent || options.stopping.aborted) throw error
      sendFault(response, { code: 'Server', message: 'Внутренняя ошибка учебного портала' })
    }
  }
}

function sendXml(response: ServerResponse, status: number, document: string): void {
  const body = Buffer.from(document, 'utf8')
  response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', 'content-length': body.length }).end(body)
}
