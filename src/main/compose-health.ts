import path from 'node:path'
import { envelopeMedia } from '../shared/domain/envelope.ts'
import { clockToldFromSeconds } from '../shared/domain/health.ts'
import { productVersion } from '../shared/domain/product-version.ts'
import type { Result } from '../shared/result.ts'
import { withReadOnlyDatabase } from './adapters/audit-sqlite/read-only-database.ts'
import { verifyAuditFile } from './adapters/audit-sqlite/verify-audit-file.ts'
import { readCertificates } from './adapters/cms/read-certificates.ts'
import { attention, bad, type Finding, good, unknown } from './adapters/health/finding.ts'
import { lookAtKeyPlace, lookAtKeyStatus } from './adapters/health/look-at-key.ts'
import { lookAtClock, lookAtFolder, lookAtRuntime } from './adapters/health/look-at-machine.ts'
import { lookAtTrust } from './adapters/health/look-at-trust.ts'
import { exists } from './adapters/health/place-rights.ts'
import { openPrinter } from './adapters/printing/open-printer.ts'
import { readUnprovenSettings } from './adapters/settings-file/open-workplace-settings.ts'
import { createShepGateway } from './adapters/shep/create-shep-gateway.ts'
import type { VerificationEngine } from './adapters/verification/create-verification-engine.ts'
import { keyStoreFor } from './compose-key.ts'
import { composeTrust } from './compose-trust.ts'
import type { AuditLog, ChainVerdict } from './ports/audit-log.ts'
import type { Clock } from './ports/clock.ts'
import type { EnvelopePrinter } from './ports/envelope-printer.ts'
import type { Gateway } from './ports/gateway.ts'
import type { Signer } from './ports/signer.ts'
import { accountsFile, auditFile, vaultFile } from './settings/data-folder.ts'
import { readSettingsDocument, resolveSettings } from './settings/load-settings.ts'
import { layerSettings, workplaceSettingsFile } from './settings/settings-layers.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'
import type { HealthProbe, HealthProbes } from './use-cases/check-health.ts'
import type { WatchWorkstation } from './use-cases/watch-workstation.ts'

const product = `АРМ ЦОН ${productVersion}`

/**
 * Looks at a workstation from outside of it, without its vault and without writing anything.
 * @param options.pin opens the signing key, once; wiped whatever happens. Without it the key stays unknown.
 */
export async function composeHealth(options: {
  readonly settingsFile: string
  readonly dataDir: string
  readonly clock: Clock
  readonly pin?: Buffer
}): Promise<HealthProbes> {
  const { settingsFile, dataDir, clock } = options
  const present = await exists(settingsFile)
  const settings = present ? await lookAtSettings(settingsFile, dataDir) : undefined
  const withSettings = (probe: (settings: WorkstationSettings) => Promise<readonly Finding[]>): HealthProbe => {
    return async () => (settings?.ok === true ? probe(settings.value) : [unknown('health.needs-settings')])
  }

  return {
    versions: async () => [lookAtRuntime(product, process.versions)],
    settings: async () => {
      if (settings === undefined) return [bad('settings.absent', settingsFile)]
      return [settings.ok ? good(settingsFile) : bad(settings.failure.code, settings.failure.detail)]
    },
    clock: async () => [lookAtClock(clock, await newestRow(auditFile(dataDir)))],
    disk: () => lookAtDataFolder(dataDir),
    log: () => lookAtLogFile(auditFile(dataDir)),
    trust: withSettings(async (known) => {
      const { verifier } = composeTrust({ settings: known, dataDir, clock, keyStore: keyStoreFor(known.key) })
      try {
        return await lookAtTrust({ ...known.trust, judgeSigner: verifier.judgeSigner, clock })
      } finally {
        await verifier.close()
      }
    }),
    key: withSettings((known) => lookAtClosedKey({ ...options, settings: known })),
    printer: withSettings((known) =>
      lookAtPrinter(
        openPrinter({
          printer: known.printer,
          media: envelopeMedia(known.envelope),
          trainingFolder: path.join(dataDir, 'printed'),
        }),
      ),
    ),
    gateway: withSettings(async (known) => {
      const gateway = createShepGateway(known.gateway)
      try {
        return await lookAtGateway(gateway, known.gateway.url)
      } finally {
        gateway.close()
      }
    }),
  }
}

/** With the workplace's own laid over: whether they are its own only the vault can tell, and it stays closed. */
async function lookAtSettings(file: string, dataDir: string): Promise<Result<WorkstationSettings>> {
  const document = await readSettingsDocument(file)
  if (!document.ok) return document
  const folder = path.dirname(path.resolve(file))
  const layers = layerSettings({ document: document.value, folder, readCertificates })
  if (!layers.ok) return layers
  const form = layers.value.laid(await readUnprovenSettings(workplaceSettingsFile(dataDir)))
  return resolveSettings({ document: layers.value.documentOf(form), folder, readCertificates })
}

/** Looks at a workstation that runs, through what it works with: the key that a shift has opened, the line that is up. */
export function composeLiveHealth(options: {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly ports: {
    readonly audit: AuditLog
    readonly clock: Clock
    readonly gateway: Pick<Gateway, 'probe'>
    readonly printer: EnvelopePrinter
    readonly signer: Signer
    readonly verifier: Pick<VerificationEngine, 'judgeSigner'>
  }
  readonly watch: Pick<WatchWorkstation, 'current'>
}): HealthProbes {
  const { settings, dataDir, ports } = options
  const { clock } = ports
  return {
    versions: async () => [lookAtRuntime(product, process.versions)],
    settings: async () => [good(settings.mode)],
    clock: async () => {
      const looked = lookAtClock(clock, new Date(ports.audit.list({ limit: 1 })[0]?.at ?? 0))
      const { offsetSeconds = 0 } = options.watch.current().clock
      if (looked.state !== 'good' || Math.abs(offsetSeconds) <= clockToldFromSeconds) return [looked]
      return [attention('clock.differs-from-portal', `${offsetSeconds} s`)]
    },
    disk: () => lookAtDataFolder(dataDir),
    log: async () => lookAtVerdict(await ports.audit.verify()),
    trust: () => lookAtTrust({ ...settings.trust, judgeSigner: ports.verifier.judgeSigner, clock }),
    key: async () => {
      const place = await lookAtKeyPlace(settings.key)
      const status = lookAtKeyStatus(ports.signer.status(), clock)
      return status.state === 'good' && place.length > 0 ? place : [...place, status]
    },
    printer: () => lookAtPrinter(ports.printer),
    gateway: () => lookAtGateway(ports.gateway, settings.gateway.url),
  }
}

function lookAtDataFolder(dataDir: string): Promise<readonly Finding[]> {
  return lookAtFolder(dataDir, [auditFile(dataDir), vaultFile(dataDir), accountsFile(dataDir)])
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

async function lookAtLogFile(file: string): Promise<readonly Finding[]> {
  if (!(await exists(file))) return [attention('log.absent', file)]
  const judged = await verifyAuditFile({ file })
  return judged.ok ? lookAtVerdict(judged.value.verdict) : [bad(judged.failure.code, judged.failure.detail)]
}

function lookAtVerdict(verdict: ChainVerdict): readonly Finding[] {
  if (verdict.state === 'intact') return [good(`${verdict.head.seq} · ${verdict.head.hash.slice(0, 16)}`)]
  const { seq, finding } = verdict.firstBroken
  return [bad('audit.broken', `${finding}, ${seq}`)]
}

async function lookAtClosedKey(options: {
  readonly settings: WorkstationSettings
  readonly dataDir: string
  readonly clock: Clock
  readonly pin?: Buffer
}): Promise<readonly Finding[]> {
  const { pin, clock } = options
  const { key } = options.settings
  const place = await lookAtKeyPlace(key)
  if (place.some(({ state }) => state === 'bad')) return place
  if (pin === undefined) return [...place, unknown('key.not-opened')]
  const { signer, verifier } = composeTrust({ ...options, keyStore: keyStoreFor(key) })
  try {
    const opened = await signer.unlock(pin)
    if (!opened.ok) return [...place, bad(opened.failure.code, opened.failure.detail)]
    const status = lookAtKeyStatus(signer.status(), clock)
    return status.state === 'good' && place.length > 0 ? place : [...place, status]
  } finally {
    signer.lock()
    await verifier.close()
  }
}

async function lookAtPrinter(printer: EnvelopePrinter): Promise<readonly Finding[]> {
  const checked = await printer.check()
  if (!checked.ok) return [bad(checked.failure.code, checked.failure.detail)]
  const { warnings } = checked.value
  return warnings.length === 0 ? [good(printer.name)] : warnings.map(({ code, detail }) => attention(code, detail))
}

async function lookAtGateway(gateway: Pick<Gateway, 'probe'>, url: string): Promise<readonly Finding[]> {
  const reached = await gateway.probe()
  return [reached.ok ? good(new URL(url).host) : bad(reached.failure.code, reached.failure.detail)]
}
