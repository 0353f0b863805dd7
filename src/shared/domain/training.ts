import type { User } from './session.ts'

/**
 * Everything public about the training mode. These words protect nothing: they are shown on the sign-in page,
 * printed by the stand and written in the manual. Real mode refuses every one of them.
 */
export const trainingAccounts: readonly (User & { readonly password: string })[] = [
  { login: 'operator', name: 'Айгүл Сәрсенова', role: 'operator', password: 'operator' },
  { login: 'supervisor', name: 'Ерлан Жұмабеков', role: 'supervisor', password: 'supervisor' },
  { login: 'administrator', name: 'Нұрлан Әбдірахманов', role: 'administrator', password: 'administrator' },
]

/** Made-up ИИН of the training accounts' owners, as they stand in their certificates. */
export const trainingIins = { operator: '900418400710', supervisor: '780923301522' } as const

/** PIN of the key files that the stand's certification authority makes. */
export const trainingKeyPin = 'training'

/** Passphrase of the training vault: marked, so that it is recognised wherever it turns up. */
export const trainingVaultPassphrase = 'TRAINING-ONLY-not-a-secret'

export const trainingWorkstation = 'TRAINING-01'

/** What the stand can be told to do wrongly, for tests and for training. */
export const standFaults = [
  'slow',
  'portal-failure',
  'wrong-iin',
  'wrong-nonce',
  'wrong-request-id',
  'other-signer',
  'altered-byte',
  'stale-reply',
  'fault',
  'gateway-error',
  'garbage',
  'silence',
  'http-500',
  'oversized',
  'portal-clock',
  'sms-lost',
  'xmldsig-wrapped',
  'wsse-other-body',
  'portal-certificate-revoked',
  'workstation-certificate-revoked',
  'crl-unreachable',
  'ocsp-unreachable',
  'ocsp-stale',
  'ocsp-other-certificate',
  'ocsp-unauthorised',
  'tsa-unreachable',
  'tsa-other-hash',
] as const
export type StandFault = (typeof standFaults)[number]

/** What a learner can switch on in the window: faults of the stand, and one of the printer. */
export const trainingSwitches = {
  slow: { fault: 'slow' },
  'lost-reply': { fault: 'garbage' },
  'forged-reply': { fault: 'other-signer' },
  'no-sms': { fault: 'sms-lost' },
  'no-paper': { printer: 'out-of-paper' },
} as const satisfies Record<string, { readonly fault: StandFault } | { readonly printer: 'out-of-paper' }>

export type TrainingSwitch = keyof typeof trainingSwitches
export const trainingSwitchNames = Object.keys(trainingSwitches) as readonly TrainingSwitch[]

/** A message that the stand's portal sent to a made-up telephone. */
export interface TrainingMessage {
  readonly number: string
  /** UTC, ISO 8601. */
  readonly at: string
  readonly text: string
}

/** A made-up person, and what the service would answer of him now. */
export interface TrainingPerson {
  readonly iin: string
  readonly name: string
  readonly outcome: 'issued' | 'registered' | 'refused'
  /** The portal's text, where it refuses. */
  readonly message?: string
}
