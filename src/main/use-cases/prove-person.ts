import type { FailureCode } from '../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { Clock } from '../ports/clock.ts'
import type { PersonalKey, PersonVerdict, PersonVerifier } from '../ports/personal-key.ts'
import type { SignInChallenges } from './sign-in-challenge.ts'

export interface ProvenPerson {
  readonly iin: string
  /** SHA-256 of the certificate, hex. */
  readonly certificate: string
}

/**
 * Lets a person's key sign a challenge and has the signature judged like any other: intact, by a certificate of a person
 * for authentication, on a path to a trusted authority, not expired, not revoked. The PIN is wiped.
 * Failures: `session.key-*`; the detail of `session.key-invalid` is the verdict's sub-indication.
 */
export type ProvePerson = (question: {
  readonly key: PersonalKey
  readonly pin: Buffer
  readonly purpose: 'sign-in' | 'approval'
}) => Promise<Result<ProvenPerson>>

export function createProvePerson(options: {
  readonly challenges: SignInChallenges
  readonly people: PersonVerifier
  readonly clock: Clock
}): ProvePerson {
  const { challenges, people, clock } = options
  return async ({ key, pin, purpose }) => {
    const challenge = challenges.issue(purpose)
    const signed = await key.sign(challenge, pin).finally(() => pin.fill(0))
    if (!signed.ok) return signed
    const verdict = await people.verifyPerson({ document: signed.value, at: clock.now() })
    if (verdict.indication !== 'TOTAL-PASSED') return fail({ code: codeOf(verdict), detail: verdict.subIndication })
    const answered = Buffer.from(verdict.content).equals(challenge) && challenges.redeem(verdict.content)
    if (!answered) return fail({ code: 'session.key-invalid', detail: 'SIGNED_DATA_NOT_FOUND' })
    return succeed({ iin: verdict.iin, certificate: verdict.signer.sha256 })
  }
}

function codeOf({
  indication,
  subIndication,
}: Exclude<PersonVerdict, { readonly indication: 'TOTAL-PASSED' }>): FailureCode {
  if (subIndication === 'CHAIN_CONSTRAINTS_FAILURE') return 'session.key-wrong-purpose'
  if (indication === 'INDETERMINATE' && (subIndication === 'TRY_LATER' || subIndication === 'GENERIC'))
    return 'session.key-status-unknown'
  return 'session.key-invalid'
}
