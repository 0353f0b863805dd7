import { envelopeLayoutIds } from './envelope.ts'
import { scanPrefixes } from './scanner.ts'

/** The order of the settings page. */
export const settingGroups = [
  'workplace',
  'gateway',
  'signature',
  'trust',
  'key',
  'printer',
  'limits',
  'retention',
  'updates',
] as const
export type SettingGroup = (typeof settingGroups)[number]

/** What a text must be; what is wrong with it is said in words of its format. */
export type TextFormat = 'any' | 'name' | 'path' | 'https' | 'http' | 'ipp'

interface FieldFacts {
  readonly group: SettingGroup
  readonly required?: true
  /** Takes effect when saved; every other setting at the next start. */
  readonly atOnce?: true
  /** It exists only while another setting has this value. */
  readonly only?: readonly [path: string, value: string]
}

/** One setting as the page shows it and as the log names it. */
export type SettingField = FieldFacts &
  (
    | { readonly kind: 'text'; readonly format: TextFormat }
    | { readonly kind: 'number'; readonly min: number; readonly max: number }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    /** `on` or `off`: a part with settings of its own, or a mere yes or no. */
    | { readonly kind: 'switch' | 'flag' }
    /** One entry a line. */
    | { readonly kind: 'list'; readonly format: TextFormat }
  )

/**
 * The settings that the page, the log, the export and the locks know, each by one name and as one text. The rules are the
 * parser's (src/main/settings); a test holds the bounds and choices here to them.
 */
export const settingFields = {
  workstation: { group: 'workplace', kind: 'text', format: 'name', required: true },
  portalUrl: { group: 'workplace', kind: 'text', format: 'https', required: true },
  requestStatus: { group: 'workplace', kind: 'choice', choices: ['supported', 'absent'] },
  passwordDelivery: { group: 'workplace', kind: 'choice', choices: ['hpke', 'plain'] },
  'steps.document': { group: 'workplace', kind: 'flag' },
  'steps.agreement': { group: 'workplace', kind: 'flag' },
  'steps.mgov': { group: 'workplace', kind: 'flag' },
  'scanner.prefix': { group: 'workplace', kind: 'choice', choices: scanPrefixes, atOnce: true },

  'gateway.url': { group: 'gateway', kind: 'text', format: 'https', required: true },
  'gateway.authority': { group: 'gateway', kind: 'text', format: 'path', required: true },
  'gateway.serviceId': { group: 'gateway', kind: 'text', format: 'any', required: true },
  'gateway.senderId': { group: 'gateway', kind: 'text', format: 'any', required: true },
  'gateway.deadlineSeconds': { group: 'gateway', kind: 'number', min: 1, max: 120 },

  'signature.form': { group: 'signature', kind: 'choice', choices: ['cms', 'xmldsig'] },
  'signature.algorithm': { group: 'signature', kind: 'choice', choices: ['rsa', 'gost2015'] },
  'signature.transport': { group: 'signature', kind: 'choice', choices: ['none', 'wsse'] },
  'signature.timestamp': { group: 'signature', kind: 'switch' },
  'signature.timestamp.url': {
    group: 'signature',
    kind: 'text',
    format: 'http',
    required: true,
    only: ['signature.timestamp', 'on'],
  },
  'signature.timestamp.deadlineSeconds': {
    group: 'signature',
    kind: 'number',
    min: 1,
    max: 30,
    only: ['signature.timestamp', 'on'],
  },

  'trust.anchors': { group: 'trust', kind: 'text', format: 'path', required: true },
  'trust.intermediates': { group: 'trust', kind: 'text', format: 'path' },
  'trust.portalCertificate': { group: 'trust', kind: 'text', format: 'path', required: true },
  'trust.gatewayCertificate': { group: 'trust', kind: 'text', format: 'path' },
  'revocation.crl': { group: 'trust', kind: 'switch' },
  'revocation.crl.urls': { group: 'trust', kind: 'list', format: 'http', only: ['revocation.crl', 'on'] },
  'revocation.crl.refreshMinutes': {
    group: 'trust',
    kind: 'number',
    min: 0,
    max: 1440,
    only: ['revocation.crl', 'on'],
  },
  'revocation.crl.maxMegabytes': { group: 'trust', kind: 'number', min: 1, max: 32, only: ['revocation.crl', 'on'] },
  'revocation.ocsp': { group: 'trust', kind: 'switch' },
  'revocation.ocsp.url': { group: 'trust', kind: 'text', format: 'http', only: ['revocation.ocsp', 'on'] },
  'revocation.ocsp.nonce': {
    group: 'trust',
    kind: 'choice',
    choices: ['required', 'optional'],
    only: ['revocation.ocsp', 'on'],
  },
  'revocation.ocsp.reuseMinutes': {
    group: 'trust',
    kind: 'number',
    min: 0,
    max: 1440,
    only: ['revocation.ocsp', 'on'],
  },
  'revocation.ocsp.maxAgeHours': { group: 'trust', kind: 'number', min: 1, max: 24, only: ['revocation.ocsp', 'on'] },
  'revocation.authorityRevocation': { group: 'trust', kind: 'choice', choices: ['required', 'where-available'] },
  'revocation.deadlineSeconds': { group: 'trust', kind: 'number', min: 1, max: 30 },
  'revocation.retrySeconds': { group: 'trust', kind: 'number', min: 0, max: 600 },

  'key.kind': { group: 'key', kind: 'choice', choices: ['file', 'token'] },
  'key.file': { group: 'key', kind: 'text', format: 'path', required: true, only: ['key.kind', 'file'] },
  'key.library': { group: 'key', kind: 'text', format: 'path', required: true, only: ['key.kind', 'token'] },
  'key.label': { group: 'key', kind: 'text', format: 'any', only: ['key.kind', 'token'] },

  'printer.kind': { group: 'printer', kind: 'choice', choices: ['none', 'system', 'ipp', 'training'] },
  'printer.queue': { group: 'printer', kind: 'text', format: 'any', required: true, only: ['printer.kind', 'system'] },
  'printer.uri': { group: 'printer', kind: 'text', format: 'ipp', required: true, only: ['printer.kind', 'ipp'] },
  'printer.authority': { group: 'printer', kind: 'text', format: 'path', only: ['printer.kind', 'ipp'] },
  'printer.certificate': { group: 'printer', kind: 'text', format: 'path', only: ['printer.kind', 'ipp'] },
  'envelope.layout': { group: 'printer', kind: 'choice', choices: envelopeLayoutIds },
  'envelope.languages': { group: 'printer', kind: 'choice', choices: ['kk,ru', 'kk,ru,en'] },

  'session.idleMinutes': { group: 'limits', kind: 'number', min: 1, max: 5, atOnce: true },
  'session.absoluteHours': { group: 'limits', kind: 'number', min: 1, max: 12, atOnce: true },

  'audit.personalDataMonths': { group: 'retention', kind: 'number', min: 1, max: 600 },
  'audit.backupFolder': { group: 'retention', kind: 'text', format: 'path' },
  'audit.backupsKept': { group: 'retention', kind: 'number', min: 1, max: 1000 },

  updates: { group: 'updates', kind: 'switch' },
  'updates.source': { group: 'updates', kind: 'text', format: 'any', required: true, only: ['updates', 'on'] },
  'updates.authority': { group: 'updates', kind: 'text', format: 'path', only: ['updates', 'on'] },
  'updates.channel': { group: 'updates', kind: 'text', format: 'any', only: ['updates', 'on'] },
} as const satisfies Readonly<Record<string, SettingField>>

export type SettingPath = keyof typeof settingFields
export const settingPaths = Object.keys(settingFields) as SettingPath[]

/** Every setting as one text: a number in digits, a list one entry a line, what is left out as an empty text. */
export type SettingsForm = Readonly<Record<SettingPath, string>>

export function settingField(path: SettingPath): SettingField {
  return settingFields[path]
}

/** Whether a setting exists, given the others. */
export function isSettingShown(path: SettingPath, form: Readonly<Record<string, string>>): boolean {
  const { only } = settingField(path)
  return only === undefined || form[only[0]] === only[1]
}

/** Why a setting cannot be changed here: the machine's file locks it, or the training mode has it fixed. */
export const settingLocks = ['administrator', 'training'] as const
export type SettingLock = (typeof settingLocks)[number]

/** What is wrong with a setting. */
export const settingProblems = [
  'required',
  'number',
  'range',
  'choice',
  'length',
  'name',
  'https',
  'http',
  'ipp',
  'format',
  'file-absent',
  'file-unreadable',
  'not-certificates',
  'one-trust',
  'no-timestamp-in-xml',
  'not-in-real-mode',
  'needed-in-real-mode',
  'unknown-field',
] as const
export type SettingProblem = (typeof settingProblems)[number]

/** Names of settings that a lock covers: one setting, or a group of names such as `trust`. */
export function isLockName(name: string): boolean {
  return settingPaths.some((path) => path === name || path.startsWith(`${name}.`))
}

export function isLockedBy(path: SettingPath, locks: readonly string[]): boolean {
  return locks.some((name) => path === name || path.startsWith(`${name}.`))
}
