import { setTimeout as pause } from 'node:timers/promises'
import type { Failure, FailureCode } from '../../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { HeadSigner } from '../../ports/head-signer.ts'
import type { SubIndication } from '../../ports/signature-verifier.ts'
import type { Signer, SigningKeyStatus } from '../../ports/signer.ts'
import { configuredCertificates } from '../cms/configured-certificates.ts'
import type { KeyStore, SigningIdentity } from '../keystore/signing-identity.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { checkTrust } from '../x509/check-trust.ts'
import type { Outcome, Refusal } from '../x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { checkSigningUsage } from '../x509/signing-usage.ts'
import { checkValidity } from '../x509/validity.ts'
import { createQueue } from './create-queue.ts'

type State =
  | { readonly name: 'absent' }
  | { readonly name: 'locked' }
  | { readonly name: 'refused'; readonly certificate: Certificate; readonly failure: Failure }
  | { readonly name: 'ready'; readonly identity: SigningIdentity }

const MAX_DETAIL = 500
const FAILURE_OF_CERTIFICATE: Partial<Record<SubIndication, FailureCode>> = {
  EXPIRED: 'sign.certificate-expired',
  NOT_YET_VALID: 'sign.certificate-not-yet-valid',
  CHAIN_CONSTRAINTS_FAILURE: 'sign.certificate-usage',
  REVOKED: 'sign.certificate-revoked',
  TRY_LATER: 'sign.certificate-status-unknown',
  GENERIC: 'sign.check-failed',
}

/** Failures after which the key has to be opened anew. */
const KEY_LOST: ReadonlySet<FailureCode> = new Set(['sign.token-gone', 'sign.driver-failed'])

/** Makes a signature of one form with an opened key. */
export type WriteSignature = (question: {
  readonly content: Uint8Array
  readonly identity: SigningIdentity
  /** Authorities to send along. */
  readonly chain: readonly Certificate[]
  readonly signingTime: Date
}) => Promise<Result<Buffer>>

/** The one key of a workstation, for the document and for the envelope around it. */
export interface SigningKey extends Signer, HeadSigner {
  /** The same checks and the same queue as `sign`, over a SOAP envelope in UTF-8. */
  signEnvelope(envelope: Uint8Array): Promise<Result<Buffer>>
}

/** Judges the workstation's own certificate with all that is asked of a signer, revocation included. */
export type JudgeOwnCertificate = (question: {
  readonly certificate: Uint8Array
  /** What lies beside the key. */
  readonly others: readonly Uint8Array[]
  readonly at: Date
}) => Promise<Outcome<readonly Uint8Array[]>>

/**
 * Signs with the key of a file or a token. The workstation's own certificate is judged before every signature by
 * `judgeOwn`; at unlocking only by what is at hand, so that a shift begins without a network, while `judgeOwn` is asked
 * beside it. Until the first `unlock` the key is not looked for, and the state is `locked`.
 * @param options.intermediates they help to find a way to an anchor at unlocking.
 * @param options.writeDocument the form of the business signature.
 * @param options.judgeOwn its certificates, without the signer's own, are sent along with each signature.
 */
export function createSigner(options: {
  readonly keyStore: KeyStore
  readonly intermediates: readonly Uint8Array[]
  readonly anchors: readonly Uint8Array[]
  readonly clock: Clock
  readonly judgeOwn: JudgeOwnCertificate
  readonly writeDocument: WriteSignature
  /** The form of a signature over a head of the log: always a CMS, whatever the business signature is. */
  readonly writeHead?: WriteSignature
  /** Signs what carries the document; left out where nothing is signed there. */
  readonly writeEnvelope?: WriteSignature
}): SigningKey {
  const { clock } = options
  const anchors = configuredCertificates(options.anchors)
  const intermediates = configuredCertificates(options.intermediates)
  const oneAtATime = createQueue()
  let state: State = { name: 'locked' }
  const become = (next: State): void => {
    if (state.name === 'ready' && (next.name !== 'ready' || next.identity !== state.identity)) state.identity.close()
    state = next
  }
  /** Counts `lock` calls: an unlocking that one overtook must not bring the key back. */
  let locks = 0

  /** By what is at hand: validity, use, a way to an anchor. */
  const judgeAtHand = ({ certificate, others }: SigningIdentity): Outcome<unknown> => {
    const at = clock.now()
    for (const check of [checkValidity(certificate, at), checkSigningUsage(certificate)]) if (!check.ok) return check
    const pool = [...others, ...intermediates]
    return checkTrust({ certificate, anchors, intermediates: pool, at, policy: ANY_POLICY_WILL_DO })
  }

  /** @returns the authorities to send along; failures `sign.certificate-*`, `sign.check-failed`. */
  const judge = async (identity: SigningIdentity): Promise<Result<readonly Certificate[]>> => {
    const { certificate, others } = identity
    const at = clock.now()
    const judged = await options.judgeOwn({ certificate: certificate.der, others: others.map(({ der }) => der), at })
    if (judged.ok) return succeed(judged.value.slice(0, -1).flatMap((der) => parseCertificate(der) ?? []))
    const failure = certificateFailure(judged.refusal)
    // What is wrong for good stays wrong until the key is opened anew; what is merely unknown is asked again.
    const isCurrent = state.name === 'ready' && state.identity === identity
    if (judged.refusal.indication === 'TOTAL-FAILED' && isCurrent) become({ name: 'refused', certificate, failure })
    return fail(failure)
  }

  const unlock = async (pin: Buffer, locksBefore: number): Promise<Result<void>> => {
    become({ name: 'locked' })
    const opened = await options.keyStore.open(pin)
    if (!opened.ok) {
      if (opened.failure.code === 'sign.key-missing') become({ name: 'absent' })
      return opened
    }
    const identity = opened.value
    if (locks !== locksBefore) {
      identity.close()
      return fail({ code: 'sign.locked' })
    }
    const atHand = judgeAtHand(identity)
    if (!atHand.ok) {
      const failure = certificateFailure(atHand.refusal)
      identity.close()
      become({ name: 'refused', certificate: identity.certificate, failure })
      return fail(failure)
    }
    become({ name: 'ready', identity })
    void judge(identity)
    return succeed(undefined)
  }

  const sign = async (content: Uint8Array, write: WriteSignature): Promise<Result<Buffer>> => {
    if (state.name === 'refused') return fail(state.failure)
    if (state.name !== 'ready') return fail({ code: 'sign.locked' })
    if (content.length === 0) return fail({ code: 'sign.failed', detail: 'nothing to sign' })
    const locksBefore = locks
    const { identity } = state
    const judged = await judge(identity)
    if (!judged.ok) return judged
    if (locks !== locksBefore) return fail({ code: 'sign.locked' })
    const signed = await write({ content, identity, chain: judged.value, signingTime: clock.now() })
    if (!signed.ok && KEY_LOST.has(signed.failure.code)) become({ name: 'locked' })
    return signed
  }

  const signQueued = (content: Uint8Array, write: WriteSignature): Promise<Result<Buffer>> =>
    oneAtATime(() => sign(content, write).catch(() => fail({ code: 'sign.failed' })))

  return {
    status: () => statusOf(state),
    unlock(pin) {
      const locksBefore = locks
      return oneAtATime(() => unlock(pin, locksBefore)).finally(() => pin.fill(0))
    },
    async sign(content) {
      const signed = await signQueued(content, options.writeDocument)
      return signed.ok ? succeed(signed.value.toString('utf8')) : signed
    },
    async signHead(text) {
      if (options.writeHead === undefined) return fail({ code: 'sign.failed' })
      // Nobody waits for a head: it stands behind what has become due, and so does what its caller does with it.
      await pause(1)
      const signed = await signQueued(text, options.writeHead)
      await pause(1)
      return signed.ok ? succeed(signed.value.toString('utf8')) : signed
    },
    async signEnvelope(envelope) {
      const { writeEnvelope } = options
      return writeEnvelope === undefined ? fail({ code: 'sign.failed' }) : signQueued(envelope, writeEnvelope)
    },
    lock() {
      locks += 1
      if (state.name !== 'absent') become({ name: 'locked' })
    },
  }
}

function certificateFailure({ subIndication, reason }: Refusal): Failure {
  const code = FAILURE_OF_CERTIFICATE[subIndication] ?? 'sign.certificate-untrusted'
  return { code, detail: `${subIndication}: ${reason}`.slice(0, MAX_DETAIL) }
}

function statusOf(state: State): SigningKeyStatus {
  if (state.name === 'absent' || state.name === 'locked') return { state: state.name }
  const { subject, notAfter } = state.name === 'ready' ? state.identity.certificate : state.certificate
  return { state: state.name, subject: subject.text, notAfter }
}
