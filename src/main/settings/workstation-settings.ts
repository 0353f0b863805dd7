import type { DeliveryProfile } from '../../shared/domain/registration.ts'

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
  readonly keyFile: string
  readonly delivery: DeliveryProfile
  /** The address printed for the citizen. */
  readonly portalUrl: string
}
