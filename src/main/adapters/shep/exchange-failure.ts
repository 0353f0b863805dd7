import type { FailureCode } from '../../../shared/contract/failure.ts'
import type { GatewayOutcome } from '../../ports/gateway.ts'
import type { ExchangeProgress, ExchangeStage } from './observe-exchange.ts'

export interface BrokenExchange {
  readonly host: string
  /** What was thrown. It may hold the request, so nothing but its code is taken from it. */
  readonly error: unknown
  readonly deadlinePassed: boolean
  readonly progress: ExchangeProgress
}

/** Names the failure of an exchange that brought no reply. `detail` is the host and the error's code. */
export function exchangeFailure(broken: BrokenExchange): GatewayOutcome & { readonly ok: false } {
  const code = errorCode(broken.error)
  return {
    ok: false,
    failure: { code: failureCode(broken, code), detail: code === undefined ? broken.host : `${broken.host} ${code}` },
    mayHaveArrived: broken.progress.stage === 'exchanging',
  }
}

function failureCode({ deadlinePassed, progress }: BrokenExchange, code: string | undefined): FailureCode {
  if (deadlinePassed) return 'gateway.timeout'
  if (progress.tooLarge) return 'gateway.too-large'
  return codeOfStage(progress.stage, code)
}

/** @returns the failure of a connection that ended at this stage with this error code. */
export function codeOfStage(stage: ExchangeStage, code: string | undefined): FailureCode {
  switch (stage) {
    case 'connecting':
      return 'gateway.unreachable'
    case 'handshaking':
      return code !== undefined && CONNECTION_LOST.has(code) ? 'gateway.unreachable' : 'gateway.tls-untrusted'
    case 'exchanging':
      return code?.startsWith('HPE_') ? 'gateway.malformed' : 'gateway.interrupted'
  }
}

/** The other side went away; every other error in a handshake is about trust or about TLS itself. */
const CONNECTION_LOST: ReadonlySet<string> = new Set(['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'])

/** Error codes of Node, OpenSSL and the HTTP parser are upper-case words; anything else is not taken over. */
export function errorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : undefined
}
