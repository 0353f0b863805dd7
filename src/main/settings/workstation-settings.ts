import type { DeliveryProfile } from '../../shared/domain/registration.ts'

export interface RevocationSettings {
  readonly sources: {
    readonly crl?: { readonly urls: readonly string[]; readonly refreshMs: number; readonly maxOctets: number }
    readonly ocsp?: { readonly url?: string; readonly nonceRequired: boolean; readonly reuseMs: number }
    readonly ocspMaxAgeMs: number
    readonly retryMs: number
  }
  readonly authoritiesRequired: boolean
  /** For one question to a service. */
  readonly deadlineMs: number
}

/** Everything that differs between workstations, read and checked; files are already bytes. */
export interface WorkstationSettings {
  readonly mode: 'training' | 'real'
  /** Identifier of this counter in requests and in the log. */
  readonly workstation: string
  readonly gateway: {
    readonly url: string
    /** PEM of the only authorities that may vouch for the gateway's TLS certificate. */
    readonly authorityPem: string
    readonly serviceId: string
    readonly senderId: string
    readonly deadlineMs: number
  }
  readonly trust: {
    /** DER. Trust comes from here and from nowhere else. */
    readonly anchors: readonly Uint8Array[]
    readonly intermediates: readonly Uint8Array[]
    /** DER of the certificates with which the portal signs. */
    readonly portalCertificates: readonly Uint8Array[]
  }
  /** How it is learnt whether a certificate is revoked; absent where it is not asked. */
  readonly revocation?: RevocationSettings
  readonly keyFile: string
  readonly delivery: DeliveryProfile
  /** The address printed for the citizen. */
  readonly portalUrl: string
}
