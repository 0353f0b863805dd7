import { Agent } from 'node:https'
import axios, { type AxiosResponse } from 'axios'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { Gateway, GatewayMessage, GatewayOutcome } from '../../ports/gateway.ts'
import { checkWellFormed, decodeSendMessageBody, decodeSendMessageResponse } from './decode-send-message-response.ts'
import { encodeSendMessage } from './encode-send-message.ts'
import { exchangeFailure } from './exchange-failure.ts'
import { observeExchange } from './observe-exchange.ts'
import { probeTls } from './probe-tls.ts'
import { trustedTls } from './trusted-tls.ts'

export interface ShepGatewayOptions {
  /** `https:` only, without user and password. */
  readonly url: string
  /** The authorities that may have issued the gateway's TLS certificate, PEM. */
  readonly authorityPem: string | readonly string[]
  readonly serviceId: string
  readonly senderId: string
  readonly senderPassword?: Buffer
  /** For a whole exchange: name, connection, handshake, request and the last byte of the reply. */
  readonly deadlineMs: number
  /** Signs the envelope and judges the reply's; left out where the profile has no signature there. */
  readonly security?: EnvelopeSecurity
  /** 1 MiB unless told otherwise. */
  readonly maxReplyBytes?: number
}

/** The signature of the transport: `wsse:Security` over the SOAP Body. */
export interface EnvelopeSecurity {
  /** @returns the envelope with the signature, UTF-8. */
  sign(envelope: Uint8Array): Promise<Result<Buffer>>
  /** @returns the Body that the signature covers, as octets of its own. Failures: `gateway.signature-*`. */
  verify(envelope: Uint8Array): Promise<Result<Uint8Array>>
}

const MAX_REQUEST_BYTES = 1024 * 1024
const MAX_REPLY_BYTES = 1024 * 1024
const PROBE_DEADLINE_MS = 3000

/**
 * Servers commonly drop an idle connection after five seconds. A request written into one that is just being
 * dropped has an unknown outcome, so ours goes first.
 */
const IDLE_CONNECTION_MS = 4000

/**
 * Client of the government gateway (ШЭП): SOAP 1.1 SendMessage over HTTPS, one attempt, nothing from the
 * environment, no redirect, no proxy, no compression, everything bounded. An error object of the HTTP library
 * holds the whole request, so none leaves this folder.
 * @throws TypeError where the address is not an https: URL, or an error where an authority is not a certificate.
 */
export function createShepGateway(options: ShepGatewayOptions): Gateway {
  const url = httpsUrl(options.url)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const trust = trustedTls({ host, authorityPem: options.authorityPem })
  const { security } = options
  const maxReplyBytes = options.maxReplyBytes ?? MAX_REPLY_BYTES
  // Without cached sessions every connection checks the certificate anew.
  const agent = new Agent({ ...trust, keepAlive: true, timeout: IDLE_CONNECTION_MS, maxCachedSessions: 0 })
  const http = axios.create({
    adapter: 'http',
    httpsAgent: agent,
    proxy: false,
    maxRedirects: 0,
    maxBodyLength: MAX_REQUEST_BYTES,
    maxContentLength: maxReplyBytes,
    decompress: false,
    responseType: 'arraybuffer',
    validateStatus: () => true,
    headers: {
      'Content-Type': 'text/xml; charset=utf-8',
      SOAPAction: '""',
      Accept: 'text/xml',
      'Accept-Encoding': false,
      'User-Agent': 'arm-tson',
    },
  })

  const exchange = async (body: Buffer, messageId: string, deadlineMs: number): Promise<GatewayOutcome> => {
    const observed = observeExchange({ maxReplyBytes })
    const deadline = AbortSignal.timeout(deadlineMs)
    let response: AxiosResponse<Buffer>
    try {
      response = await http.post<Buffer>(url.href, body, { signal: deadline, transport: observed.transport })
    } catch (error) {
      const { aborted: deadlinePassed } = deadline
      return exchangeFailure({ host: url.host, error, deadlinePassed, progress: observed.progress() })
    }
    const data = await readResponse(response, { messageId, ...(security && { security }) })
    return data.ok ? { ok: true, data: data.value } : { ok: false, failure: data.failure, mayHaveArrived: true }
  }

  const encode = async (message: GatewayMessage): Promise<Result<Buffer>> => {
    const plain = encodeSendMessage({ ...options, ...message })
    if (security === undefined) return succeed(plain)
    return security.sign(plain).finally(() => plain.fill(0))
  }

  return {
    async send(message: GatewayMessage, withinMs = options.deadlineMs) {
      const encoded = await encode(message)
      if (!encoded.ok) return { ok: false, failure: encoded.failure, mayHaveArrived: false }
      const body = encoded.value
      try {
        if (body.byteLength > MAX_REQUEST_BYTES) {
          return { ok: false, failure: { code: 'gateway.too-large', detail: 'request' }, mayHaveArrived: false }
        }
        const deadlineMs = Math.max(1, Math.floor(Math.min(options.deadlineMs, withinMs)))
        return await exchange(body, message.messageId, deadlineMs)
      } finally {
        body.fill(0)
      }
    },
    probe: () =>
      probeTls({
        host,
        port: Number(url.port || 443),
        trust,
        deadlineMs: Math.min(options.deadlineMs, PROBE_DEADLINE_MS),
      }),
    close: () => agent.destroy(),
  }
}

function httpsUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url === undefined || url.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new TypeError('the gateway needs an https: URL without credentials')
  }
  return url
}

/** SOAP 1.1, section 6.2: a message comes with 200, a fault with 500; any other status says nothing in XML. */
async function readResponse(
  { status, headers, data }: AxiosResponse<Buffer>,
  { messageId, security }: { readonly messageId: string; readonly security?: EnvelopeSecurity },
): Promise<Result<string>> {
  const httpStatus = fail({ code: 'gateway.http-status', detail: `HTTP ${status}` })
  if (status !== 200 && status !== 500) return httpStatus
  const unusable = unusableHeader(headers)
  if (unusable !== undefined) {
    return status === 200 ? fail({ code: 'gateway.malformed', detail: unusable }) : httpStatus
  }
  if (status === 200 && security !== undefined) {
    const wellFormed = checkWellFormed(data)
    const body = wellFormed.ok ? await security.verify(data) : wellFormed
    return body.ok ? decodeSendMessageBody({ bytes: body.value, messageId }) : body
  }
  // A fault that nobody signed is believed no more than a broken line is: it never becomes an answer.
  const message = decodeSendMessageResponse({ bytes: data, messageId })
  const isFault = !message.ok && message.failure.code === 'gateway.fault'
  return status === 200 || isFault ? message : httpStatus
}

/** @returns the name of the header that keeps the body from being read. */
function unusableHeader(headers: AxiosResponse['headers']): string | undefined {
  const contentType = String(headers['content-type'] ?? '')
  const contentEncoding = String(headers['content-encoding'] ?? 'identity')
  if (!/^text\/xml\s*(?:;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(contentType)) return 'content-type'
  return contentEncoding.toLowerCase() === 'identity' ? undefined : 'content-encoding'
}
