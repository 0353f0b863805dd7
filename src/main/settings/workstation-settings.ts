import type { EnvelopeSettings } from '../../shared/domain/envelope.ts'
import type { DeliveryProfile } from '../../shared/domain/registration.ts'
import type { ScannerSettings } from '../../shared/domain/scanner.ts'
import type { ServiceSteps } from '../../shared/domain/service-steps.ts'

/** The profile that workstation and portal have agreed on; a reply of another one is refused. */
export interface SignatureSettings {
  /** Of the document in `data`. */
  readonly form: 'cms' | 'xmldsig'
  readonly algorithm: 'rsa' | 'gost2015'
  /** Of the SOAP envelope. */
  readonly transport: 'none' | 'wsse'
  /** CAdES-T: asked from this authority, and required in replies. */
  readonly timestamp?: { readonly url: string; readonly deadlineMs: number }
}

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

/** A PKCS#12 file, or a token with its vendor's PKCS#11 library. */
export type KeyPlace = { readonly file: string } | { readonly token: TokenPlace }

export interface TokenPlace {
  readonly library: string
  /** The token's label, where several may be inserted. */
  readonly label?: string
  /** How the vendor's token signs, where it differs from the standard: by the kind of key. */
  readonly mechanisms?: {
    readonly [kind in 'rsa' | 'gost2015-512' | 'gost2015-256']?: {
      /** CK_MECHANISM_TYPE. */
      readonly mechanism: number
      readonly input: 'data' | 'digest'
      readonly octets: 'as-is' | 'reversed'
    }
  }
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
    /** DER of the certificates with which envelopes are signed; the portal's where the settings name no other. */
    readonly gatewayCertificates: readonly Uint8Array[]
  }
  readonly signature: SignatureSettings
  /** How it is learnt whether a certificate is revoked; absent where it is not asked. */
  readonly revocation?: RevocationSettings
  readonly key: KeyPlace
  /** Whether the portal can be asked what became of a request. */
  readonly requestStatus: 'supported' | 'absent'
  readonly delivery: DeliveryProfile
  /** The address printed for the citizen. */
  readonly portalUrl: string
  readonly envelope: EnvelopeSettings
  /** Which steps of the service this centre asks. */
  readonly steps: ServiceSteps
  /** Absent: as a scanner is programmed by default. */
  readonly scanner?: ScannerSettings
  /** Absent: nothing can be printed, and so nothing issued. */
  readonly printer?: PrinterSettings
  readonly audit: AuditSettings
  /** When an idle session locks, and when any session ends. */
  readonly session: { readonly idleMs: number; readonly absoluteMs: number }
  /** Absent: updates are looked for where a command names a source, and nowhere else. */
  readonly updates?: UpdateSettings
}

/** Where the window looks for updates when an administrator asks. */
export interface UpdateSettings {
  readonly source: { readonly folder: string } | { readonly url: string; readonly authorityPem: string }
  readonly channel: string
}

export type PrinterSettings =
  /** Files in place of paper: training mode alone. */
  | { readonly kind: 'training' }
  /** A queue of this machine's printing system, by its name there. */
  | { readonly kind: 'system'; readonly queue: string }
  /** A printer or a print server that speaks IPP. */
  | { readonly kind: 'ipp'; readonly uri: string; readonly tls?: PrinterTls }

/** `authority`: PEM of what vouches for the printer's certificate; `certificate`: PEM of the printer's own one. */
export interface PrinterTls {
  readonly kind: 'authority' | 'certificate'
  readonly pem: string
}

/** What becomes of the log. */
export interface AuditSettings {
  /** Where copies go; the folder `backups` beside the log where left out. */
  readonly backupFolder?: string
  readonly backupsKept: number
  /** How many whole months personal data stay readable besides the present one. */
  readonly personalDataMonths: number
}
