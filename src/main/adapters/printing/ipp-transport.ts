import { X509Certificate } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import { isIP, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Failure } from '../../../shared/contract/failure.ts'
import { trustedTls } from '../shep/trusted-tls.ts'
import { decodeIppResponse, encodeIppRequest, type IppRequest, type IppResponse } from './ipp-message.ts'
import { systemErrorCode } from './system-error-code.ts'

/** Where a printer listens, and what proves that it is this printer. */
export type IppEndpoint =
  | { readonly transport: 'tcp'; readonly uri: string; readonly tls?: IppTrust }
  /** The socket of this machine's spooler. */
  | { readonly transport: 'socket'; readonly uri: string; readonly socketPath: string }

/** `authority`: its certificates vouch for the printer's. `certificate`: the printer's own, and no other, is accepted. */
export interface IppTrust {
  readonly kind: 'authority' | 'certificate'
  readonly pem: string
}

export type IppAnswer =
  | { readonly kind: 'answered'; readonly response: IppResponse }
  /** `mayHaveArrived`: the connection stood, so whatever was sent may have been read. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly mayHaveArrived: boolean }

const MAX_RESPONSE_BYTES = 4 << 20
const DEFAULT_PORT = 631
const TLS_ERRORS = /^(ERR_TLS_|ERR_SSL_|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/

/**
 * Sends one request over a connection of its own (RFC 8010, section 4) and reads one bounded response. The document
 * is written from the caller's buffer, without a copy of ours.
 * @param options.deadlineMs for the whole exchange.
 */
export function exchangeIpp(options: {
  readonly endpoint: IppEndpoint
  readonly request: IppRequest
  readonly document?: Buffer
  readonly deadlineMs: number
}): Promise<IppAnswer> {
  const { endpoint, request, document } = options
  const head = encodeIppRequest(request)
  return new Promise((resolve) => {
    let connected = false
    const failed = (failure: Failure, mayHaveArrived = connected): void =>
      resolve({ kind: 'failed', failure, mayHaveArrived })
    const url = httpUrl(endpoint.uri)
    const secure = url.protocol === 'https:'
    const outgoing = open(endpoint, url, {
      method: 'POST',
      agent: false,
      headers: {
        'content-type': 'application/ipp',
        'content-length': head.length + (document?.length ?? 0),
        host: endpoint.transport === 'socket' ? 'localhost' : `${url.hostname}:${portOf(endpoint.uri)}`,
      },
    })
    const timer = setTimeout(() => {
      failed({ code: 'print.unreachable', detail: 'timeout' })
      outgoing.destroy()
    }, options.deadlineMs)
    outgoing.once('close', () => clearTimeout(timer))
    outgoing.once('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        const mismatch = secure ? pinMismatch(endpoint, socket) : undefined
        if (mismatch !== undefined) {
          failed({ code: 'print.tls-untrusted', detail: mismatch })
          outgoing.destroy()
          return
        }
        connected = true
        // Nothing of a document leaves before the printer has proved itself.
        outgoing.write(head)
        outgoing.end(document)
      })
    })
    outgoing.once('error', (error) => {
      const code = systemErrorCode(error)
      failed({ code: TLS_ERRORS.test(code) ? 'print.tls-untrusted' : 'print.unreachable', detail: code })
    })
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = []
      let size = 0
      incoming.on('error', () => failed({ code: 'print.unreachable', detail: 'interrupted' }))
      incoming.on('data', (chunk: Buffer) => {
        size += chunk.length
        chunks.push(chunk)
        if (size <= MAX_RESPONSE_BYTES) return
        failed({ code: 'print.malformed-answer', detail: 'too-large' })
        outgoing.destroy()
      })
      incoming.on('aborted', () => failed({ code: 'print.unreachable', detail: 'interrupted' }))
      incoming.on('end', () => {
        const { statusCode = 0, headers } = incoming
        if (statusCode >= 400 && statusCode < 500) {
          return failed({ code: 'print.printer-failed', detail: `HTTP ${statusCode}` }, false)
        }
        if (statusCode !== 200) return failed({ code: 'print.malformed-answer', detail: `HTTP ${statusCode}` })
        const response =
          headers['content-type']?.split(';')[0]?.trim() === 'application/ipp'
            ? decodeIppResponse(Buffer.concat(chunks))
            : undefined
        if (response === undefined) return failed({ code: 'print.malformed-answer', detail: 'not-ipp' })
        if (response.requestId !== request.requestId) {
          return failed({ code: 'print.malformed-answer', detail: 'request-id' })
        }
        resolve({ kind: 'answered', response })
      })
    })
  })
}

function open(endpoint: IppEndpoint, url: URL, request: http.RequestOptions): http.ClientRequest {
  if (endpoint.transport === 'socket') {
    return http.request({ ...request, socketPath: endpoint.socketPath, path: url.pathname })
  }
  const target = { ...request, hostname: hostOf(url), port: portOf(endpoint.uri), path: url.pathname + url.search }
  if (url.protocol === 'http:') return http.request(target)
  if (endpoint.tls === undefined) throw new TypeError('ipps needs something to trust')
  return https.request({ ...target, ...tlsOf(endpoint.tls, hostOf(url)) })
}

function tlsOf(trust: IppTrust, host: string): https.RequestOptions {
  const tls = trustedTls({ host, authorityPem: trust.pem })
  // Chromium's library takes no end certificate for an authority of itself, so a pin is compared by us, below: that the
  // printer has its key, the handshake proves either way.
  return trust.kind === 'authority' ? tls : { ...tls, rejectUnauthorized: false }
}

/**
 * A printer's own certificate rarely bears the name under which the network knows it, and is signed by itself: the very
 * certificate counts, while it is valid. @returns why nothing may be sent; undefined where it may.
 */
function pinMismatch(endpoint: IppEndpoint, socket: Socket): string | undefined {
  if (endpoint.transport !== 'tcp' || endpoint.tls?.kind !== 'certificate') return undefined
  const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined
  if (shown === undefined || !shown.raw.equals(new X509Certificate(endpoint.tls.pem).raw)) return 'ERR_PIN_MISMATCH'
  const now = Date.now()
  const valid = Date.parse(shown.validFrom) <= now && now <= Date.parse(shown.validTo)
  return valid ? undefined : 'CERT_HAS_EXPIRED'
}

/** `ipp:` is HTTP and `ipps:` HTTPS (RFC 3510, RFC 7472). */
function httpUrl(uri: string): URL {
  return new URL(uri.replace(/^ipp/, 'http'))
}

/** 631 where the URI names none; `URL` itself drops 80 and 443. */
function portOf(uri: string): number {
  return Number(/^\w+:\/\/[^/]*:(\d+)(?:\/|$)/.exec(uri)?.[1] ?? DEFAULT_PORT)
}

function hostOf(url: URL): string {
  const bare = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(bare) === 0 ? url.hostname : bare
}
