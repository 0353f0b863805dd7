import { createHash } from 'node:crypto'
import path from 'node:path'
import type { FailureCode } from '../shared/contract/failure.ts'
import { fail, succeed } from '../shared/result.ts'
import type { KeyStore } from './adapters/keystore/signing-identity.ts'
import type { EnvelopeSecurity } from './adapters/shep/create-shep-gateway.ts'
import { createSigner, type SigningKey } from './adapters/signing/create-signer.ts'
import { cmsForm, wsseForm, xmldsigForm } from './adapters/signing/signature-forms.ts'
import {
  createVerificationClient,
  type VerificationClient,
} from './adapters/verification/create-verification-client.ts'
import { startVerificationWorker } from './adapters/verification/start-verification-worker.ts'
import type { VerificationConfig } from './adapters/verification/verification-config.ts'
import type { Clock } from './ports/clock.ts'
import type { SubIndication } from './ports/signature-verifier.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'

/** What signs and what judges, as the settings' profile says. */
export interface ComposedTrust {
  readonly signer: SigningKey
  readonly verifier: VerificationClient
  /** Left out where the profile signs no envelopes. */
  readonly envelopeSecurity?: EnvelopeSecurity
}

/** Beyond what its questions to services may take together; a thread that is still silent then is given up. */
const VERIFICATION_GRACE_MS = 15_000
const MAX_DETAIL = 500

/** Builds signer and verifier of one profile. The verifier's thread starts at once. */
export function composeTrust(options: {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly keyStore: KeyStore
  readonly clock: Clock
}): ComposedTrust {
  const { settings, clock, keyStore } = options
  const { signature, trust } = settings
  const verifier = openVerifier(settings, options.dataDir)
  const cms = signature.timestamp === undefined ? cmsForm() : cmsForm({ timestamp: stampWith(verifier) })
  const signer = createSigner({
    keyStore,
    anchors: trust.anchors,
    intermediates: trust.intermediates,
    clock,
    judgeOwn: verifier.judgeSigner,
    writeHead: cmsForm(),
    writeDocument: signature.form === 'xmldsig' ? xmldsigForm : cms,
    ...(signature.transport === 'wsse' && { writeEnvelope: wsseForm }),
  })
  if (signature.transport === 'none') return { signer, verifier }
  return { signer, verifier, envelopeSecurity: envelopeSecurity({ signer, verifier, settings, clock }) }
}

function stampWith(verifier: VerificationClient) {
  return (covered: Uint8Array, digestName: Parameters<VerificationClient['stamp']>[0]['digestName']) =>
    verifier.stamp({ covered, digestName })
}

function openVerifier(settings: WorkstationSettings, dataDir: string): VerificationClient {
  const { revocation, signature, trust } = settings
  const config: VerificationConfig = {
    anchors: trust.anchors,
    intermediates: trust.intermediates,
    form: signature.form,
    algorithm: signature.algorithm,
    ...(signature.timestamp && { timestamp: signature.timestamp }),
    ...(revocation && { revocation: { ...revocation, crlFolder: path.join(dataDir, 'crl') } }),
  }
  // A timestamp, and then lists and the deltas that they name.
  const questionsMs = (signature.timestamp?.deadlineMs ?? 0) + 2 * (revocation?.deadlineMs ?? 0)
  const client = createVerificationClient({
    start: (listeners) => startVerificationWorker(config, listeners),
    deadlineMs: questionsMs + VERIFICATION_GRACE_MS,
  })
  client.warmUp()
  return client
}

function envelopeSecurity(options: {
  readonly signer: SigningKey
  readonly verifier: VerificationClient
  readonly settings: WorkstationSettings
  readonly clock: Clock
}): EnvelopeSecurity {
  const { signer, verifier, settings, clock } = options
  const expected = new Set(settings.trust.gatewayCertificates.map(sha256Hex))
  return {
    sign: (envelope) => signer.signEnvelope(envelope),
    async verify(envelope) {
      const verdict = await verifier.verifyEnvelope({ envelope, at: clock.now() })
      if (verdict.indication !== 'TOTAL-PASSED') {
        const detail = `${verdict.indication}/${verdict.subIndication}: ${verdict.reason}`.slice(0, MAX_DETAIL)
        return fail({ code: failureCodeOf(verdict.subIndication), detail })
      }
      if (!expected.has(verdict.signer.sha256)) {
        return fail({ code: 'gateway.signature-untrusted', detail: verdict.signer.subject.slice(0, MAX_DETAIL) })
      }
      return succeed(verdict.content)
    },
  }
}

const WRONG: ReadonlySet<SubIndication> = new Set([
  'FORMAT_FAILURE',
  'HASH_FAILURE',
  'SIG_CRYPTO_FAILURE',
  'SIG_CONSTRAINTS_FAILURE',
])

function failureCodeOf(subIndication: SubIndication): FailureCode {
  return WRONG.has(subIndication) ? 'gateway.signature-wrong' : 'gateway.signature-untrusted'
}

function sha256Hex(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('hex')
}
