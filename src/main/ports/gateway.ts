import type { Failure } from '../../shared/contract/failure.ts'
import type { Result } from '../../shared/result.ts'

export interface GatewayMessage {
  readonly messageId: string
  /** When the message was formed. */
  readonly messageDate: Date
  /** The signed document as text; the gateway carries it and understands nothing of it. */
  readonly data: string
  /** It changes nothing, and so may be sent again by itself. Of any other message a repeat is the operator's to order. */
  readonly repeatable?: true
}

export type GatewayOutcome =
  | { readonly ok: true; readonly data: string }
  | {
      readonly ok: false
      readonly failure: Failure
      /** False only where it is certain that nothing of the message left: then a repeat is safe. */
      readonly mayHaveArrived: boolean
    }

export interface Gateway {
  /**
   * One attempt, never a silent retry: a repeated request could issue twice.
   * @param withinMs a deadline shorter than the gateway's own.
   */
  send(message: GatewayMessage, withinMs?: number): Promise<GatewayOutcome>
  /** Whether the gateway can be reached over trusted TLS. Sends no message. */
  probe(): Promise<Result<void>>
  /** Drops kept connections. */
  close(): void
}

/**
 * A gateway that sends again by itself where that is safe, and where there is no line ends messages at once with
 * `gateway.paused` until it has found it again.
 */
export interface GuardedGateway extends Gateway {
  /** When it tries the line again by itself; undefined while messages are let through. */
  nextTryAt(): Date | undefined
  /** @returns how to stop listening. */
  onChange(listener: () => void): () => void
}
