import { randomBytes } from 'node:crypto'
import type { Clock } from '../ports/clock.ts'

/** Long enough for a slow token, far too short to be carried elsewhere and back. */
const VALID_MS = 60_000

export interface SignInChallenges {
  /**
   * A new challenge: what it is for, where, when, and 32 random octets, as lines of UTF-8. Whoever reads what he signs can
   * tell that it is a sign-in and no document.
   */
  issue(purpose: 'sign-in' | 'approval'): Buffer
  /** Whether this is a challenge of this process that is still open; it is open no longer. */
  redeem(content: Uint8Array): boolean
}

/** They live in memory alone: none outlives its process, and each is answered once. */
export function createSignInChallenges(options: {
  readonly clock: Clock
  readonly workstation: string
}): SignInChallenges {
  const { clock, workstation } = options
  const process = randomBytes(16).toString('hex')
  const open = new Map<string, number>()
  return {
    issue(purpose) {
      const challenge = Buffer.from(
        [
          'ARM-TSON sign-in challenge 1',
          `purpose: ${purpose}`,
          `workstation: ${workstation}`,
          `process: ${process}`,
          `time: ${clock.now().toISOString()}`,
          `nonce: ${randomBytes(32).toString('hex')}`,
          '',
        ].join('\n'),
      )
      open.set(challenge.toString('hex'), clock.monotonicMs() + VALID_MS)
      return challenge
    },
    redeem(content) {
      const key = Buffer.from(content).toString('hex')
      const until = open.get(key)
      for (const [other, end] of open) if (other === key || end < clock.monotonicMs()) open.delete(other)
      return until !== undefined && clock.monotonicMs() <= until
    },
  }
}
