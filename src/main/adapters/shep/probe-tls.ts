import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { codeOfStage, errorCode } from './exchange-failure.ts'
import type { ExchangeStage } from './observe-exchange.ts'
import { trustedTls } from './trusted-tls.ts'

export interface TlsProbe {
  readonly host: string
  readonly port: number
  readonly trust: ConnectionOptions
  readonly deadlineMs: number
}

/**
 * Makes a TLS connection and drops it. Sends no application data.
 * @returns failures `gateway.unreachable`, `gateway.tls-untrusted`, `gateway.timeout`.
 */
export function probeTls(probe: TlsProbe): Promise<Result<void>> {
  return connectOnce<void>(probe, () => undefined)
}

/** What a gateway shows who is trusted. */
export interface SeenTls {
  readonly host: string
  readonly protocol: string
  /** Common name of its certificate. */
  readonly subject: string
  /** End of its validity, UTC, ISO 8601. */
  readonly notAfter: string
}

/** The same, and what was seen: for an administrator who tries an address. */
export async function lookAtGatewayTls(gateway: {
  readonly url: string
  readonly authorityPem: string
}): Promise<Result<SeenTls>> {
  const url = new URL(gateway.url)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const trust = trustedTls({ host, authorityPem: gateway.authorityPem })
  const port = url.port === '' ? 443 : Number(url.port)
  return connectOnce({ host, port, trust, deadlineMs: LOOK_DEADLINE_MS }, (socket) => {
    const { subject, valid_to } = socket.getPeerCertificate()
    return {
      host: url.host,
      protocol: socket.getProtocol() ?? '',
      subject: [subject?.CN ?? ''].flat().join(', ').slice(0, 200),
      notAfter: new Date(valid_to).toISOString(),
    }
  })
}

const LOOK_DEADLINE_MS = 5000

function connectOnce<T>(
  { host, port, trust, deadlineMs }: TlsProbe,
  look: (socket: TLSSocket) => T,
): Promise<Result<T>> {
  return new Promise((resolve) => {
    let stage: ExchangeStage = 'connecting'
    const socket = connect({ ...trust, host, port })
    const settle = (result: Result<T>) => {
      clearTimeout(deadline)
      socket.destroy()
      resolve(result)
    }
    const deadline = setTimeout(() => settle(fail({ code: 'gateway.timeout', detail: host })), deadlineMs)
    socket.once('connect', () => {
      stage = 'handshaking'
    })
    socket.once('secureConnect', () => settle(succeed(look(socket))))
    // Errors after the first change nothing, but without a listener they would end the process.
    socket.on('error', (error) => {
      const code = errorCode(error)
      settle(fail({ code: codeOfStage(stage, code), detail: code === undefined ? host : `${host} ${code}` }))
    })
  })
}
