import type { TreeHead } from './audit-head.ts'
import type { ExclusionSign, LegalCapacity } from './reference-data.ts'

/**
 * The portal's payload, `urn:arm-tson:registration:v1`, as values. resources/xsd/registration-v1.xsd is the wire
 * form; docs/wire-format.md explains it. No public document describes the portal's own schema for this service.
 */
export const registrationNamespace = 'urn:arm-tson:registration:v1'

/** Lengths in characters, the same in the XSD. */
export const registrationLimits = {
  nonceBytes: 32,
  reissueReason: { min: 3, max: 500 },
  identifier: 64,
  personName: 200,
  message: 1000,
  password: { min: 8, max: 64 },
  /** A signed reply inside another, bytes. */
  keptReply: 32 * 1024,
} as const

/**
 * A reissue reason as the schema can carry it: bounded in characters, with no control characters but tab and line end,
 * and no half of a surrogate pair.
 */
export function isReissueReason(text: string): boolean {
  const { min, max } = registrationLimits.reissueReason
  const characters = Array.from(text)
  return characters.length >= min && characters.length <= max && !/[^\P{Cc}\t\n]|[\p{Cs}\uFFFE\uFFFF]/u.test(text)
}

/** How the password travels: sealed to the request's one-time key (HPKE, RFC 9180), or in the clear. */
export type DeliveryProfile = 'hpke' | 'plain'

/** `publicKey` is an X25519 public key, 32 bytes. */
export type PasswordDeliveryRequest =
  | { readonly profile: 'hpke'; readonly publicKey: Uint8Array }
  | { readonly profile: 'plain' }

export type RegistrationOperation =
  | { readonly kind: 'CheckRegistration' }
  | {
      readonly kind: 'RegisterUser'
      /** Why a password of an existing account is regenerated; without it an existing account is left alone. */
      readonly reissueReason?: string
      readonly delivery: PasswordDeliveryRequest
    }
  /** Asks the portal to send a code to a number, E.164, which the citizen's account shall be connected with. */
  | { readonly kind: 'ConnectMobile'; readonly number: string }
  /** The code that came; `of` is the request that asked for it. */
  | { readonly kind: 'ConfirmMobile'; readonly of: string; readonly number: string; readonly code: string }
  /** What became of an earlier request of this workstation; changes nothing. */
  | { readonly kind: 'RequestStatus'; readonly of: string }

export interface RegistrationRequest {
  /** UUID, lower case. */
  readonly requestId: string
  /** 32 random bytes, echoed by the reply. */
  readonly nonce: Uint8Array
  readonly createdAt: Date
  readonly workstation: string
  readonly operator: string
  readonly iin: string
  readonly operation: RegistrationOperation
  /** The head of the workstation's log as it was when the request was written. */
  readonly auditHead?: TreeHead
}

/** What the population register says of a person; shown to the operator, and no more than that. */
export interface PersonStatus {
  readonly name: string
  /** One digit, `9` = deceased. */
  readonly lifeStatus: string
  readonly exclusionSign?: ExclusionSign
  readonly legalCapacity: LegalCapacity
  readonly prosecutorRecord: boolean
}

export const refusalReasons = [
  'life-status',
  'exclusion-sign',
  'prosecutor-record',
  'signature-rejected',
  'person-unknown',
  'failed',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** Why a number was not connected to mobile government. */
export const mobileRefusalReasons = [
  'no-account',
  'number-taken',
  'wrong-code',
  'attempts-exhausted',
  'code-expired',
  'nothing-asked',
] as const
export type MobileRefusalReason = (typeof mobileRefusalReasons)[number]

export interface PortalRefusal {
  readonly reason: RefusalReason
  /** The portal's own text, shown letter for letter. */
  readonly message: string
}

export type DeliveredPassword =
  | { readonly profile: 'hpke'; readonly encapsulatedKey: Uint8Array; readonly ciphertext: Uint8Array }
  | { readonly profile: 'plain'; readonly password: Uint8Array }

export type RegistrationResult =
  | {
      readonly kind: 'RegistrationStatus'
      readonly registered: boolean
      readonly person?: PersonStatus
      readonly refusal?: PortalRefusal
    }
  | {
      readonly kind: 'AccountIssued'
      readonly action: 'created' | 'regenerated'
      readonly login: string
      readonly password: DeliveredPassword
      readonly message: string
    }
  | { readonly kind: 'AlreadyRegistered' }
  | {
      readonly kind: 'CodeSent'
      /** How often a code may be tried, and for how long it is good. */
      readonly attempts: number
      readonly validSeconds: number
      readonly message: string
    }
  | { readonly kind: 'MobileConnected'; readonly number: string; readonly message: string }
  | {
      readonly kind: 'MobileRefused'
      readonly reason: MobileRefusalReason
      /** With `wrong-code`: how many tries are left. */
      readonly attemptsLeft?: number
      readonly message: string
    }
  | { readonly kind: 'RequestStatus'; readonly of: string; readonly state: KeptReplyState }
  | { readonly kind: 'Refused'; readonly refusal: PortalRefusal }

/**
 * What the portal knows of a request: it never came; it was taken and its reply is not there; or the very reply that was
 * given, signed as it was: DER of a CMS, or XML.
 */
export type KeptReplyState =
  | { readonly name: 'unknown' | 'not-kept' }
  | { readonly name: 'served'; readonly reply: Uint8Array }

export interface RegistrationReply {
  readonly requestId: string
  readonly nonce: Uint8Array
  readonly repliedAt: Date
  readonly iin: string
  readonly result: RegistrationResult
}

/** HPKE `info` of a sealed password: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM, base mode. */
export const passwordSealInfo = `${registrationNamespace}#password`

/** HPKE `aad` of a sealed password: binds the ciphertext to one request of one citizen. */
export function passwordSealAad(binding: { requestId: string; nonceBase64: string; iin: string }): Uint8Array {
  return new TextEncoder().encode(`${binding.requestId}\n${binding.nonceBase64}\n${binding.iin}`)
}
