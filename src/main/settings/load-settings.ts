import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { defaultEnvelopeSettings, envelopeLayoutIds } from '../../shared/domain/envelope.ts'
import { defaultScannerSettings, scanPrefixes } from '../../shared/domain/scanner.ts'
import { isLockName } from '../../shared/domain/settings-fields.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { findingsOf, type SettingsFinding } from './settings-problems.ts'
import type {
  AuditSettings,
  KeyPlace,
  PrinterSettings,
  RevocationSettings,
  SignatureSettings,
  UpdateSettings,
  WorkstationSettings,
} from './workstation-settings.ts'

const MAX_FILE_BYTES = 1 << 20

const identifier = z.string().regex(/^[\p{L}\p{N}._@-]{1,64}$/u)
/** A name and a password in an address would be a secret in the settings, and settings hold none. */
const withoutPassword = (url: string): boolean => !URL.canParse(url) || !/[^/]@/.test(url.split(/[?#]/)[0] ?? '')
const httpsUrl = z
  .url({ protocol: /^https$/ })
  .max(500)
  .refine(withoutPassword)
const filePath = z.string().min(1).max(1000)

const plainHttpUrl = z
  .url({ protocol: /^http$/ })
  .max(500)
  .refine(withoutPassword)
const minutes = (max: number) => z.number().min(0).max(max)

const signatureSchema = z
  .strictObject({
    form: z.enum(['cms', 'xmldsig']).default('cms'),
    algorithm: z.enum(['rsa', 'gost2015']).default('rsa'),
    transport: z.enum(['none', 'wsse']).default('none'),
    timestamp: z
      .union([
        z.literal(false),
        z.strictObject({ url: plainHttpUrl, deadlineSeconds: z.number().min(1).max(30).default(5) }),
      ])
      .default(false),
  })
  // An XML signature has no place for a timestamp here: CAdES has, XAdES is not spoken.
  .refine(({ form, timestamp }) => form === 'cms' || timestamp === false, { path: ['timestamp'] })

/** What is left out is on, with the addresses that stand in the certificates. */
const revocationSchema = z.strictObject({
  crl: z
    .union([
      z.literal(false),
      z.strictObject({
        urls: z.array(plainHttpUrl).max(8).default([]),
        refreshMinutes: minutes(24 * 60).default(30),
        maxMegabytes: z.number().min(1).max(32).default(16),
      }),
    ])
    .prefault({}),
  ocsp: z
    .union([
      z.literal(false),
      z.strictObject({
        url: plainHttpUrl.optional(),
        nonce: z.enum(['required', 'optional']).default('required'),
        reuseMinutes: minutes(24 * 60).default(10),
        maxAgeHours: z.number().min(1).max(24).default(24),
      }),
    ])
    .prefault({}),
  authorityRevocation: z.enum(['required', 'where-available']).default('where-available'),
  deadlineSeconds: z.number().min(1).max(30).default(5),
  retrySeconds: z.number().min(0).max(600).default(10),
})

const printer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('training') }),
  z.strictObject({ kind: z.literal('system'), queue: z.string().regex(/^[^\p{Cc}/#?]{1,127}$/u) }),
  z.strictObject({
    kind: z.literal('ipp'),
    uri: z
      .url({ protocol: /^ipps?$/ })
      .max(500)
      .refine(withoutPassword),
    authority: filePath.optional(),
    certificate: filePath.optional(),
  }),
])

/** How a token signs with one kind of key; the number is the vendor's CK_MECHANISM_TYPE. */
const mechanism = z.strictObject({
  mechanism: z.number().int().min(0).max(0xffff_ffff),
  input: z.enum(['data', 'digest']),
  octets: z.enum(['as-is', 'reversed']),
})

const tokenKey = z.strictObject({
  library: filePath,
  label: z.string().min(1).max(32).optional(),
  mechanisms: z
    .strictObject({
      rsa: mechanism.optional(),
      'gost2015-512': mechanism.optional(),
      'gost2015-256': mechanism.optional(),
    })
    .optional(),
})

const auditSchema = z.strictObject({
  backupFolder: filePath.optional(),
  backupsKept: z.number().int().min(1).max(1000).default(14),
  personalDataMonths: z.number().int().min(1).max(600).default(36),
})

const updatesSchema = z.strictObject({
  source: z.union([httpsUrl, filePath]),
  authority: filePath.optional(),
  channel: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .default('stable'),
})

/** The administrator's file. Paths are relative to the file's own folder. */
const settingsSchema = z.strictObject({
  mode: z.enum(['training', 'real']),
  workstation: identifier,
  gateway: z.strictObject({
    url: httpsUrl,
    authority: filePath,
    serviceId: z.string().min(1).max(100),
    senderId: z.string().min(1).max(100),
    deadlineSeconds: z.number().min(1).max(120).default(30),
  }),
  trust: z.strictObject({
    anchors: filePath,
    intermediates: filePath.optional(),
    portalCertificate: filePath,
    gatewayCertificate: filePath.optional(),
  }),
  signature: signatureSchema.prefault({}),
  revocation: revocationSchema.prefault({}),
  key: z.union([filePath, tokenKey]),
  /** Whether the portal has the operation RequestStatus; without it an unknown outcome stays unknown. */
  requestStatus: z.enum(['supported', 'absent']).default('supported'),
  passwordDelivery: z.enum(['hpke', 'plain']).default('hpke'),
  portalUrl: httpsUrl,
  printer: printer.optional(),
  audit: auditSchema.prefault({}),
  envelope: z
    .strictObject({
      layout: z.enum(envelopeLayoutIds).default(defaultEnvelopeSettings.layout),
      languages: z
        .union([
          z.tuple([z.literal('kk'), z.literal('ru')]),
          z.tuple([z.literal('kk'), z.literal('ru'), z.literal('en')]),
        ])
        .default(['kk', 'ru']),
    })
    .default({ layout: defaultEnvelopeSettings.layout, languages: ['kk', 'ru'] }),
  /** Which steps of the service are asked; all of them where nothing is said. */
  steps: z
    .strictObject({
      document: z.boolean().default(true),
      agreement: z.boolean().default(true),
      mgov: z.boolean().default(true),
    })
    .prefault({}),
  scanner: z.strictObject({ prefix: z.enum(scanPrefixes) }).default(defaultScannerSettings),
  /** Only ever stricter than the rule: a lock after five minutes, an end after twelve hours. */
  session: z
    .strictObject({
      idleMinutes: z.number().min(1).max(5).default(5),
      absoluteHours: z.number().min(1).max(12).default(12),
    })
    .prefault({}),
  updates: updatesSchema.optional(),
  /** Names of settings, or of groups of them, that the workplace itself may not change. */
  locked: z.array(z.string().refine(isLockName)).max(100).default([]),
})

export type SettingsDocument = z.input<typeof settingsSchema>
export type ParsedSettings = z.output<typeof settingsSchema>

/** Turns a DER, PEM or base64 file into DER certificates; an empty list where it holds none. */
export type ReadCertificates = (file: Uint8Array) => readonly Uint8Array[]

/**
 * Reads the administrator's file and every file that it names.
 * @returns failure `settings.invalid` whose detail names the wrong field or file, never its content.
 */
export async function loadSettings(options: {
  readonly file: string
  readonly readCertificates: ReadCertificates
}): Promise<Result<WorkstationSettings>> {
  const { file, readCertificates } = options
  const document = await readSettingsDocument(file)
  if (!document.ok) return document
  return resolveSettings({ document: document.value, folder: path.dirname(path.resolve(file)), readCertificates })
}

/** A file's JSON, whatever it says. Failure `settings.invalid`. */
export function readSettingsDocument(file: string): Promise<Result<unknown>> {
  return refusingFileErrors(async () => succeed<unknown>(JSON.parse((await readBounded(file)).toString('utf8'))))
}

/** The same for a document that is already in memory. */
export async function resolveSettings(options: ResolveOptions): Promise<Result<WorkstationSettings>> {
  const examined = await examineSettings(options)
  if (examined.ok) return succeed(examined.value)
  const [first] = examined.findings
  return invalid(first?.detail ?? first?.path ?? 'file')
}

export interface ResolveOptions {
  readonly document: unknown
  /** What paths in the document are relative to. */
  readonly folder: string
  readonly readCertificates: ReadCertificates
}

/** Reads a document without the files that it names. */
export function parseSettings(
  document: unknown,
): { ok: true; value: ParsedSettings } | { ok: false; findings: readonly SettingsFinding[] } {
  const parsed = settingsSchema.safeParse(document)
  return parsed.success
    ? { ok: true, value: parsed.data }
    : { ok: false, findings: findingsOf(parsed.error.issues, document) }
}

export type Examined =
  | { readonly ok: true; readonly value: WorkstationSettings }
  | { readonly ok: false; readonly findings: readonly SettingsFinding[] }

/** Everything that is wrong with a document and with the files that it names; or the settings. */
export async function examineSettings(options: ResolveOptions): Promise<Examined> {
  const parsed = parseSettings(options.document)
  if (!parsed.ok) return parsed
  const { gateway, trust, ...rest } = parsed.value
  const findings: SettingsFinding[] = []
  const at = (name: string): string => path.resolve(options.folder, name)

  async function reading<T>(setting: string, otherwise: T, read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (error) {
      if (!isFileError(error)) throw error
      const detail = `${error.code} ${path.basename(error.path ?? '')}`.trim()
      findings.push({ path: setting, reason: error.code === 'ENOENT' ? 'file-absent' : 'file-unreadable', detail })
      return otherwise
    }
  }
  const certificatesIn = (setting: string, entry: string | undefined): Promise<readonly Uint8Array[]> =>
    reading(setting, [], async () => {
      if (entry === undefined) return []
      const found = (await Promise.all((await filesIn(at(entry))).map(readBounded))).flatMap(options.readCertificates)
      if (found.length === 0) findings.push({ path: setting, reason: 'not-certificates' })
      return found
    })
  const pemIn = (setting: string, entry: string): Promise<string> =>
    reading(setting, '', async () => {
      const bytes = await readBounded(at(entry))
      const pem = bytes.toString('utf8')
      const isPem = /-----BEGIN CERTIFICATE-----/.test(pem) && options.readCertificates(bytes).length > 0
      if (!isPem) findings.push({ path: setting, reason: 'not-certificates' })
      return pem
    })

  const [authorityPem, anchors, intermediates, portalCertificates, gatewayCertificates, printer, updates] =
    await Promise.all([
      pemIn('gateway.authority', gateway.authority),
      certificatesIn('trust.anchors', trust.anchors),
      certificatesIn('trust.intermediates', trust.intermediates),
      certificatesIn('trust.portalCertificate', trust.portalCertificate),
      certificatesIn('trust.gatewayCertificate', trust.gatewayCertificate),
      readPrinter(rest.printer, pemIn),
      readUpdates(rest.updates, at, pemIn),
    ])
  if (printer === 'one-trust') findings.push({ path: 'printer.authority', reason: 'one-trust' })
  if (updates === 'one-trust') findings.push({ path: 'updates.authority', reason: 'one-trust' })
  const revocation = revocationSettings(rest.revocation)
  if (rest.mode === 'real') {
    if (rest.printer?.kind === 'training') findings.push({ path: 'printer.kind', reason: 'not-in-real-mode' })
    // A counter in service that never learns of a revoked portal would print whatever a stolen key signs.
    if (revocation === undefined) findings.push({ path: 'revocation', reason: 'needed-in-real-mode' })
  }
  if (findings.length > 0 || printer === 'one-trust' || updates === 'one-trust') return { ok: false, findings }
  return {
    ok: true,
    value: {
      mode: rest.mode,
      workstation: rest.workstation,
      gateway: {
        url: gateway.url,
        authorityPem,
        serviceId: gateway.serviceId,
        senderId: gateway.senderId,
        deadlineMs: gateway.deadlineSeconds * 1000,
      },
      trust: {
        anchors,
        intermediates,
        portalCertificates,
        gatewayCertificates: trust.gatewayCertificate === undefined ? portalCertificates : gatewayCertificates,
      },
      signature: signatureSettings(rest.signature),
      ...(revocation && { revocation }),
      key: keyPlace(rest.key, at),
      requestStatus: rest.requestStatus,
      delivery: rest.passwordDelivery,
      portalUrl: rest.portalUrl,
      ...(printer && { printer }),
      envelope: rest.envelope,
      audit: auditSettings(rest.audit, at),
      steps: rest.steps,
      scanner: rest.scanner,
      session: {
        idleMs: rest.session.idleMinutes * MINUTE_MS,
        absoluteMs: rest.session.absoluteHours * 60 * MINUTE_MS,
      },
      ...(updates && { updates }),
    },
  }
}

function auditSettings(
  { backupFolder, ...rest }: z.output<typeof auditSchema>,
  at: (name: string) => string,
): AuditSettings {
  return { ...rest, ...(backupFolder !== undefined && { backupFolder: at(backupFolder) }) }
}

const MINUTE_MS = 60_000

function signatureSettings({ timestamp, ...rest }: z.output<typeof signatureSchema>): SignatureSettings {
  if (timestamp === false) return rest
  return { ...rest, timestamp: { url: timestamp.url, deadlineMs: timestamp.deadlineSeconds * 1000 } }
}

function revocationSettings(settings: z.output<typeof revocationSchema>): RevocationSettings | undefined {
  const { crl, ocsp } = settings
  if (crl === false && ocsp === false) return undefined
  return {
    sources: {
      ...(crl !== false && {
        crl: { urls: crl.urls, refreshMs: crl.refreshMinutes * MINUTE_MS, maxOctets: crl.maxMegabytes * 2 ** 20 },
      }),
      ...(ocsp !== false && {
        ocsp: {
          ...(ocsp.url !== undefined && { url: ocsp.url }),
          nonceRequired: ocsp.nonce === 'required',
          reuseMs: ocsp.reuseMinutes * MINUTE_MS,
        },
      }),
      ocspMaxAgeMs: (ocsp === false ? 24 : ocsp.maxAgeHours) * 60 * MINUTE_MS,
      retryMs: settings.retrySeconds * 1000,
    },
    authoritiesRequired: settings.authorityRevocation === 'required',
    deadlineMs: settings.deadlineSeconds * 1000,
  }
}

type ReadPem = (setting: string, entry: string) => Promise<string>

/** IPPS names what it trusts, one thing; without TLS there is nothing to trust. */
async function readPrinter(
  printer: ParsedSettings['printer'],
  pemIn: ReadPem,
): Promise<PrinterSettings | 'one-trust' | undefined> {
  if (printer?.kind !== 'ipp') return printer
  const { kind, uri, authority, certificate } = printer
  const named = [authority, certificate].filter((file) => file !== undefined)
  if (named.length !== (uri.startsWith('ipps:') ? 1 : 0)) return 'one-trust'
  if (authority !== undefined) {
    return { kind, uri, tls: { kind: 'authority', pem: await pemIn('printer.authority', authority) } }
  }
  if (certificate === undefined) return { kind, uri }
  return { kind, uri, tls: { kind: 'certificate', pem: await pemIn('printer.certificate', certificate) } }
}

/** A server names what it trusts; a folder has nothing to trust but the owner's signature. */
async function readUpdates(
  updates: ParsedSettings['updates'],
  at: (name: string) => string,
  pemIn: ReadPem,
): Promise<UpdateSettings | 'one-trust' | undefined> {
  if (updates === undefined) return undefined
  const { source, authority, channel } = updates
  const isServer = source.startsWith('https://')
  if (isServer !== (authority !== undefined)) return 'one-trust'
  if (authority === undefined) return { source: { folder: at(source) }, channel }
  return { source: { url: source, authorityPem: await pemIn('updates.authority', authority) }, channel }
}

function keyPlace(key: ParsedSettings['key'], at: (name: string) => string): KeyPlace {
  if (typeof key === 'string') return { file: at(key) }
  const { library, label, mechanisms = {} } = key
  const known = Object.fromEntries(Object.entries(mechanisms).filter(([, value]) => value !== undefined))
  return { token: { library: at(library), ...(label === undefined ? {} : { label }), mechanisms: known } }
}

async function filesIn(entry: string): Promise<readonly string[]> {
  if (!(await stat(entry)).isDirectory()) return [entry]
  return (await readdir(entry)).sort().map((name) => path.join(entry, name))
}

async function readBounded(file: string): Promise<Buffer> {
  if ((await stat(file)).size <= MAX_FILE_BYTES) return readFile(file)
  throw Object.assign(new Error('too large'), { code: 'EFBIG', path: file })
}

async function refusingFileErrors<T>(read: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof SyntaxError) return invalid('not JSON')
    if (!isFileError(error)) throw error
    return invalid(`${error.code} ${path.basename(error.path ?? '')}`.trim())
  }
}

function invalid(detail: string): Result<never> {
  return fail({ code: 'settings.invalid', detail })
}

function isFileError(error: unknown): error is { code: string; path?: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
}
