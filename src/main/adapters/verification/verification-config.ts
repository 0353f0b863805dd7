import type { RevocationSources } from '../revocation/create-live-evidence.ts'
import type { SigningAlgorithm } from '../x509/key-algorithm.ts'

/** Everything that signatures and certificates are judged by, as plain data that another thread can be given. */
export interface VerificationConfig {
  /** DER. Trust comes from here alone. */
  readonly anchors: readonly Uint8Array[]
  readonly intermediates: readonly Uint8Array[]
  /** Of the business signature. */
  readonly form: 'cms' | 'xmldsig'
  /** Both sides must sign with keys of this kind. */
  readonly algorithm: SigningAlgorithm
  /** Where timestamps are asked for; then a reply must carry one as well. */
  readonly timestamp?: { readonly url: string; readonly deadlineMs: number }
  /** Absent where revocation is not to be checked. */
  readonly revocation?: {
    readonly sources: RevocationSources
    /** Whether an authority without evidence leaves the verdict open. */
    readonly authoritiesRequired: boolean
    /** For one question to a service. */
    readonly deadlineMs: number
    /** Folder where CRLs outlive the process. */
    readonly crlFolder?: string
  }
}
