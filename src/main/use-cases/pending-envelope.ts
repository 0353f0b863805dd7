import type { Clock } from '../ports/clock.ts'

/** After this the password of an envelope that nobody printed is wiped. */
const LIFETIME_MS = 10 * 60_000

export interface PendingEnvelope {
  readonly requestId: string
  readonly login: string
  readonly password: Buffer
  readonly action: 'created' | 'regenerated'
  readonly operatorLogin: string
}

/** The one place where a citizen's password rests, between the verified reply and the printed page. */
export interface PendingEnvelopeStore {
  put(envelope: PendingEnvelope): void
  /** @returns the envelope of this request; the store still owns the password. */
  peek(requestId: string): PendingEnvelope | undefined
  current(): PendingEnvelope | undefined
  /** Wipes the password. Nothing happens where the request is not the pending one. */
  wipe(requestId: string): void
}

export function createPendingEnvelopeStore(options: {
  readonly clock: Clock
  readonly onExpired: (envelope: PendingEnvelope) => void
}): PendingEnvelopeStore {
  let pending: PendingEnvelope | undefined
  let cancelExpiry = (): void => undefined

  function wipe(requestId: string): void {
    if (pending?.requestId !== requestId) return
    cancelExpiry()
    pending.password.fill(0)
    pending = undefined
  }

  return {
    put(envelope) {
      if (pending !== undefined) wipe(pending.requestId)
      pending = envelope
      cancelExpiry = options.clock.after(LIFETIME_MS, () => {
        wipe(envelope.requestId)
        options.onExpired(envelope)
      })
    },
    peek: (requestId) => (pending?.requestId === requestId ? pending : undefined),
    current: () => pending,
    wipe,
  }
}
