import { type ConnectionOptions, connect } from 'node:tls'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { codeOfStage, errorCode } from './exchange-failure.ts'
import type { ExchangeStage } from './observe-exchange.ts'

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
export function probeTls({ host, port, trust, deadlineMs }: TlsProbe): Promise<Result<void>> {
  return new Promise((resolve) => {
    let stage: ExchangeStage = 'connecting'
    const socket = connect({ ...trust, host, port })
    const settle = (result: Result<void>) => {
      clearTimeout(deadline)
      socket.destroy()
      resolve(result)
    }
    const deadline = setTimeout(() => settle(fail({ code: 'gateway.timeout', detail: host })), deadlineMs)
    socket.once('connect', () => {
      stage = 'handshaking'
    })
    socket.once('secureConnect', () => settle(succeed(undefined)))
    // Errors after the first change nothing, but without a listener they would end the process.
    socket.on('error', (error) => {
      const code = errorCode(error)
      settle(fail({ code: codeOfStage(stage, code), detail: code === undefined ? host : `${host} ${code}` }))
    })
  })
}
