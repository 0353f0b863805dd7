import type { Failure, FailureCode } from '../../../shared/contract/failure.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { Clock } from '../../ports/clock.ts'
import type { SubIndication } from '../../ports/signature-verifier.ts'
import type { Signer, SigningKeyStatus } from '../../ports/signer.ts'
import { openPkcs12 } from '../keystore/pkcs12-key-store.ts'
import type { Certificate } from '../x509/certificate.ts'
import { checkTrust } from '../x509/check-trust.ts'
import type { Refusal } from '../x509/outcome.ts'
import { ANY_POLICY_WILL_DO } from '../x509/policy-graph.ts'
import { checkSigningUsage } from '../x509/signing-usage.ts'
import { checkValidity } from '../x509/validity.ts'
import { buildSignedMessage } from './build-signed-message.ts'
import { configuredCertificates } from './configured-certificates.ts'
import { createQueue } from './create-queue.ts'
import { importSigningIdentity, type SigningIdentity } from './signing-identity.ts'

type State =
  | { readonly name: 'absent' }
  | { readonly name: 'locked' }
  | { readonly name: 'refused'; readonly certificate: Certificate; readonly failure: Failure }
  | ({ readonly name: 'ready' } & SigningIdentity)

const MAX_DETAIL = 500
const FAILURE_OF_CERTIFICATE: Partial<Record<SubIndication, FailureCode>> = {
  EXPIRED: 'sign.certificate-expired',
  NOT_YET_VALID: 'sign.certificate-not-yet-valid',
  CHAIN_CONSTRAINTS_FAILURE: 'sign.certificate-usage',
}

/**
 * Signs with an RSA key from a PKCS#12 file. The workstation's own certificate is judged by the rules for replies, at
 * unlocking and before every signature. Until the first `unlock` the file is not looked for, and the state is `locked`.
 * @param options.readKeyFile undefined where there is no file.
 * @param options.intermediates sent along with each signature as far as they lead to an anchor.
 */
export function createCmsSigner(options: {
  readonly readKeyFile: () => Promise<Uint8Array | undefined>
  readonly intermediates: readonly Uint8Array[]
  readonly anchors: readonly Uint8Array[]
  readonly clock: Clock
}): Signer {
  const { clock } = options
  const anchors = configuredCertificates(options.anchors)
  const intermediates = configuredCertificates(options.intermediates)
  const oneAtATime = createQueue()
  let state: State = { name: 'locked' }
  /** Counts `lock` calls: an unlocking that one overtook must not bring the key back. */
  let locks = 0

  /** @returns the authorities to send along; failures `sign.certificate-*`. */
  const judge = ({ certificate, others }: SigningIdentity): Result<readonly Certificate[]> => {
    const at = clock.now()
    const checks = [checkValidity(certificate, at), checkSigningUsage(certificate)]
    for (const check of checks) if (!check.ok) return fail(certificateFailure(check.refusal))
    const pool = [...others, ...intermediates]
    const trusted = checkTrust({ certificate, anchors, intermediates: pool, at, policy: ANY_POLICY_WILL_DO })
    return trusted.ok ? succeed(trusted.value.certificates.slice(0, -1)) : fail(certificateFailure(trusted.refusal))
  }

  const unlock = async (pin: Buffer, locksBefore: number): Promise<Result<void>> => {
    state = { name: 'locked' }
    const file = await readKeyFile(options.readKeyFile)
    if (!file.ok) {
      if (file.failure.code === 'sign.key-missing') state = { name: 'absent' }
      return file
    }
    const opened = await openPkcs12({ file: file.value, pin })
    if (!opened.ok) return opened
    const identity = await importSigningIdentity(opened.value)
    if (!identity.ok) return identity
    if (locks !== locksBefore) return fail({ code: 'sign.locked' })
    const judged = judge(identity.value)
    if (!judged.ok) {
      state = { name: 'refused', certificate: identity.value.certificate, failure: judged.failure }
      return judged
    }
    state = { name: 'ready', ...identity.value }
    return succeed(undefined)
  }

  const sign = async (content: Uint8Array): Promise<Result<string>> => {
    if (state.name === 'refused') return fail(state.failure)
    if (state.name !== 'ready') return fail({ code: 'sign.locked' })
    // pkijs would leave empty content out, and the signature would be a detached one.
    if (content.length === 0) return fail({ code: 'sign.failed', detail: 'nothing to sign' })
    const { certificate, privateKey } = state
    const judged = judge(state)
    if (!judged.ok) {
      state = { name: 'refused', certificate, failure: judged.failure }
      return judged
    }
    const chain = judged.value
    const message = await buildSignedMessage({ content, certificate, chain, privateKey, signingTime: clock.now() })
    return succeed(Buffer.from(message).toString('base64'))
  }

  return {
    status: () => statusOf(state),
    unlock(pin) {
      const locksBefore = locks
      return oneAtATime(() => unlock(pin, locksBefore)).finally(() => pin.fill(0))
    },
    sign: (content) => oneAtATime(() => sign(content).catch(() => fail({ code: 'sign.failed' }))),
    lock() {
      locks += 1
      if (state.name !== 'absent') state = { name: 'locked' }
    },
  }
}

async function readKeyFile(read: () => Promise<Uint8Array | undefined>): Promise<Result<Uint8Array>> {
  try {
    const file = await read()
    return file === undefined ? fail({ code: 'sign.key-missing' }) : succeed(file)
  } catch {
    return fail({ code: 'sign.key-unreadable', detail: 'the key file cannot be read' })
  }
}

function certificateFailure({ subIndication, reason }: Refusal): Failure {
  const code = FAILURE_OF_CERTIFICATE[subIndication] ?? 'sign.certificate-untrusted'
  return { code, detail: `${subIndication}: ${reason}`.slice(0, MAX_DETAIL) }
}

function statusOf(state: State): SigningKeyStatus {
  if (state.name === 'absent' || state.name === 'locked') return { state: state.name }
  const { subject, notAfter } = state.certificate
  return { state: state.name, subject: subject.text, notAfter }
}
