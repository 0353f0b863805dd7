import { access, constants, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { envelopeMedia } from '../shared/domain/envelope.ts'
import { withReadOnlyDatabase } from './adapters/audit-sqlite/read-only-database.ts'
import { verifyAuditFile } from './adapters/audit-sqlite/verify-audit-file.ts'
import { readCertificates } from './adapters/cms/read-certificates.ts'
import { openPrinter } from './adapters/printing/open-printer.ts'
import { createShepGateway } from './adapters/shep/create-shep-gateway.ts'
import { type Certificate, parseCertificate } from './adapters/x509/certificate.ts'
import { auditFile, keyStoreFor, vaultFile } from './compose.ts'
import { composeTrust } from './compose-trust.ts'
import type { Clock } from './ports/clock.ts'
import { loadSettings } from './settings/load-settings.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'
import type { HealthArea, HealthFinding, HealthProbe } from './use-cases/check-health.ts'

const DAY_MS = 24 * 60 * 60_000
const EXPIRES_SOON_DAYS = 30
const CLOCK_TOLERANCE_MS = 5_000
/** No workstation is older than this program. */
const PLAUSIBLE_FROM = new Date('2026-01-01T00:00:00Z')
const PLAUSIBLE_UNTIL = new Date('2056-01-01T00:00:00Z')
const FULL_BYTES = 100 * 2 ** 20
const NEARLY_FULL_BYTES = 2 ** 30
const MAX_DETAIL = 300

type Finding = Omit<HealthFinding, 'area'>

/**
 * Looks at a workstation from outside of it, without its vault and without writing anything.
 * @param options.pin opens the signing key, once; wiped whatever happens. Without it the key stays unknown.
 */
export async function composeHealth(options: {
  readonly settingsFile: string
  readonly dataDir: string
  readonly clock: Clock
  readonly pin?: Buffer
}): Promise<Readonly<Record<HealthArea, HealthProbe>>> {
  const { settingsFile, dataDir, clock } = options
  const present = await exists(settingsFile)
  const settings = present ? await loadSettings({ file: settingsFile, readCertificates }) : undefined
  const withSettings = (probe: (settings: WorkstationSettings) => Promise<readonly Finding[]>): HealthProbe => {
    return async () => (settings?.ok === true ? probe(settings.value) : [unknown('health.needs-settings')])
  }

  return {
    versions: async () => lookAtRuntime(process.versions.node),
    settings: async () => {
      if (settings === undefined) return [bad('settings.absent', settingsFile)]
      return settings.ok ? [] : [bad(settings.failure.code, settings.failure.detail)]
    },
    clock: () => lookAtClock(auditFile(dataDir), clock),
    disk: () => lookAtFolder(dataDir),
    log: () => lookAtLog(auditFile(dataDir)),
    trust: withSettings((known) => lookAtTrust({ settings: known, dataDir, clock })),
    key: withSettings((known) =>
      lookAtKey({ settings: known, dataDir, clock, ...(options.pin && { pin: options.pin }) }),
    ),
    printer: withSettings((known) => lookAtPrinter(known, dataDir)),
    gateway: withSettings(lookAtGateway),
  }
}

function lookAtRuntime(node: string): readonly Finding[] {
  const [major = 0, minor = 0] = node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 18)
  return enough ? [] : [bad('versions.runtime-old', `Node ${node}`)]
}

async function lookAtClock(log: string, clock: Clock): Promise<readonly Finding[]> {
  const now = clock.now()
  if (now < PLAUSIBLE_FROM || now > PLAUSIBLE_UNTIL) return [bad('clock.implausible', now.toISOString())]
  const newest = await newestRow(log)
  if (newest === undefined || newest.getTime() - now.getTime() <= CLOCK_TOLERANCE_MS) return []
  return [bad('clock.behind-log', `${now.toISOString()} < ${newest.toISOString()}`)]
}

async function newestRow(log: string): Promise<Date | undefined> {
  try {
    return await withReadOnlyDatabase({ file: log }, async (db) => {
      const row = db.prepare('SELECT max(at) AS at FROM audit_row').get() as { at: unknown }
      const at = new Date(String(row.at))
      return Number.isNaN(at.getTime()) ? undefined : at
    })
  } catch {
    // Whether the log can be read is the question of another area.
    return undefined
  }
}

async function lookAtFolder(folder: string): Promise<readonly Finding[]> {
  if (!(await exists(folder))) return [{ state: 'attention', cause: 'disk.folder-absent', detail: folder }]
  const findings: Finding[] = []
  if (!(await allows(folder, constants.W_OK))) findings.push(bad('disk.unwritable', folder))
  for (const place of [folder, auditFile(folder), vaultFile(folder), path.join(folder, 'accounts.sealed')]) {
    if (await isOpenToOthers(place)) findings.push({ state: 'attention', cause: 'disk.open-to-others', detail: place })
  }
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const detail = `${Math.floor(free / 2 ** 20)} MiB`
  if (free < FULL_BYTES) findings.push(bad('disk.full', detail))
  else if (free < NEARLY_FULL_BYTES) findings.push({ state: 'attention', cause: 'disk.nearly-full', detail })
  return findings
}

async function lookAtLog(file: string): Promise<readonly Finding[]> {
  if (!(await exists(file))) return [{ state: 'attention', cause: 'log.absent', detail: file }]
  const judged = await verifyAuditFile({ file })
  if (!judged.ok) return [bad(judged.failure.code, judged.failure.detail)]
  const { verdict } = judged.value
  if (verdict.state === 'intact') return []
  const { seq, finding } = verdict.firstBroken
  return [bad('audit.broken', `${finding}, ${seq}`)]
}

async function lookAtTrust(options: {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly clock: Clock
}): Promise<readonly Finding[]> {
  const { settings, clock } = options
  const { anchors, portalCertificates } = settings.trust
  const portal = portalCertificates.flatMap((der) => parseCertificate(der) ?? [])
  const named = [...anchors.flatMap((der) => parseCertificate(der) ?? []), ...portal]
  const dated = named.flatMap((certificate) => lookAtValidity(certificate, clock.now()))
  if (dated.some(({ state }) => state === 'bad')) return dated
  const { verifier } = composeTrust({ ...options, keyStore: keyStoreFor(settings.key) })
  try {
    const judged = await Promise.all(
      portal.map(async ({ der, subject }): Promise<readonly Finding[]> => {
        const outcome = await verifier.judgeSigner({ certificate: der, others: [], at: clock.now() })
        if (outcome.ok) return []
        const { subIndication, reason } = outcome.refusal
        const detail = `${subject.text}: ${subIndication}, ${reason}`
        if (subIndication === 'TRY_LATER') return [bad('reply.certificate-status-unknown', detail)]
        return [bad(subIndication.includes('REVOKED') ? 'reply.certificate-revoked' : 'trust.portal-untrusted', detail)]
      }),
    )
    // Of the portal's certificates one that counts is enough: the others may be for other algorithms.
    const counts = judged.some((findings) => findings.length === 0)
    return [...dated, ...(counts ? [] : judged.flat())]
  } finally {
    await verifier.close()
  }
}

function lookAtValidity({ notBefore, notAfter, subject }: Certificate, now: Date): readonly Finding[] {
  const detail = `${subject.text}: ${notBefore.toISOString()} – ${notAfter.toISOString()}`
  if (now < notBefore || now > notAfter) return [bad('trust.expired', detail)]
  const soon = notAfter.getTime() - now.getTime() < EXPIRES_SOON_DAYS * DAY_MS
  return soon ? [{ state: 'attention', cause: 'trust.expires-soon', detail: detail.slice(0, MAX_DETAIL) }] : []
}

async function lookAtKey(options: {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly clock: Clock
  readonly pin?: Buffer
}): Promise<readonly Finding[]> {
  const { settings, pin } = options
  const { key } = settings
  const findings: Finding[] = []
  if ('file' in key) {
    if (!(await exists(key.file))) return [bad('sign.key-missing', key.file)]
    if (!(await allows(key.file, constants.R_OK))) return [bad('sign.key-unreadable', key.file)]
    if (await isOpenToOthers(key.file)) {
      findings.push({ state: 'attention', cause: 'key.open-to-others', detail: key.file })
    }
  } else if (!(await exists(key.token.library))) return [bad('sign.driver-failed', key.token.library)]
  if (pin === undefined) return [...findings, unknown('key.not-opened')]
  const { signer, verifier } = composeTrust({ ...options, keyStore: keyStoreFor(key) })
  try {
    const opened = await signer.unlock(pin)
    if (!opened.ok) return [...findings, bad(opened.failure.code, opened.failure.detail)]
    const { notAfter } = signer.status()
    const left = notAfter === undefined ? Number.POSITIVE_INFINITY : notAfter.getTime() - options.clock.now().getTime()
    if (left > EXPIRES_SOON_DAYS * DAY_MS) return findings
    return [...findings, { state: 'attention', cause: 'key.expires-soon', detail: notAfter?.toISOString() ?? '' }]
  } finally {
    signer.lock()
    await verifier.close()
  }
}

async function lookAtPrinter(settings: WorkstationSettings, dataDir: string): Promise<readonly Finding[]> {
  const printer = openPrinter({
    printer: settings.printer,
    media: envelopeMedia(settings.envelope),
    trainingFolder: path.join(dataDir, 'printed'),
  })
  const checked = await printer.check()
  if (!checked.ok) return [bad(checked.failure.code, checked.failure.detail)]
  return checked.value.warnings.map(({ code, detail }) => ({
    state: 'attention',
    cause: code,
    ...(detail === undefined ? {} : { detail }),
  }))
}

async function lookAtGateway(settings: WorkstationSettings): Promise<readonly Finding[]> {
  const gateway = createShepGateway(settings.gateway)
  try {
    const reached = await gateway.probe()
    return reached.ok ? [] : [bad(reached.failure.code, reached.failure.detail)]
  } finally {
    gateway.close()
  }
}

function bad(cause: NonNullable<Finding['cause']>, detail?: string): Finding {
  return { state: 'bad', cause, ...(detail === undefined ? {} : { detail: detail.slice(0, MAX_DETAIL) }) }
}

function unknown(cause: NonNullable<Finding['cause']>): Finding {
  return { state: 'unknown', cause }
}

/** Windows keeps rights in lists that a mode does not show; there the installer's folder is closed by them. */
async function isOpenToOthers(place: string): Promise<boolean> {
  if (process.platform === 'win32' || !(await exists(place))) return false
  return ((await stat(place)).mode & 0o077) !== 0
}

function exists(place: string): Promise<boolean> {
  return allows(place, constants.F_OK)
}

function allows(place: string, mode: number): Promise<boolean> {
  return access(place, mode).then(
    () => true,
    () => false,
  )
}
