import type { ClientRequest, IncomingMessage } from 'node:http'
import { request as httpsRequest, type RequestOptions } from 'node:https'

/**
 * How far an exchange has come. Nothing of a message is written before the handshake is done and the certificate
 * accepted, so only `exchanging` leaves doubt about whether it arrived.
 */
export type ExchangeStage = 'connecting' | 'handshaking' | 'exchanging'

export interface ExchangeProgress {
  readonly stage: ExchangeStage
  /** The reply is, or declares to be, longer than allowed. */
  readonly tooLarge: boolean
}

export interface ObservedExchange {
  readonly progress: () => ExchangeProgress
  /** Shaped as axios wants its `transport`. */
  readonly transport: {
    readonly request: (options: RequestOptions, onResponse: (response: IncomingMessage) => void) => ClientRequest
  }
}

/** One HTTPS request, made by node:https and watched from beside. */
export function observeExchange({ maxReplyBytes }: { readonly maxReplyBytes: number }): ObservedExchange {
  let stage: ExchangeStage = 'connecting'
  let tooLarge = false

  const watchSocket = (request: ClientRequest) => {
    request.once('socket', (socket) => {
      // A kept connection has its handshake behind it.
      if (!socket.connecting) {
        stage = 'exchanging'
        return
      }
      socket.once('connect', () => {
        stage = 'handshaking'
      })
      socket.once('secureConnect', () => {
        stage = 'exchanging'
      })
    })
  }

  const watchReply = (request: ClientRequest) => {
    request.once('response', (response: IncomingMessage) => {
      let received = 0
      if (Number(response.headers['content-length'] ?? 0) > maxReplyBytes) {
        tooLarge = true
        request.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        received += chunk.byteLength
        if (received > maxReplyBytes) tooLarge = true
      })
    })
  }

  return {
    progress: () => ({ stage, tooLarge }),
    transport: {
      request: (options, onResponse) => {
        const request = httpsRequest(options, onResponse)
        watchSocket(request)
        watchReply(request)
        return request
      },
    },
  }
}
