import path from 'node:path'
import { performance } from 'node:perf_hooks'
import { envelopeMedia } from '../shared/domain/envelope.ts'
import { fail, type Result, succeed } from '../shared/result.ts'
import { readCertificates } from './adapters/cms/read-certificates.ts'
import type { SpawnTokenProcess } from './adapters/keystore/token/token-protocol.ts'
import { openPrinter } from './adapters/printing/open-printer.ts'
import { writeChosenFile } from './adapters/printing/write-chosen-file.ts'
import { openWorkplaceSettings } from './adapters/settings-file/open-workplace-settings.ts'
import { lookAtGatewayTls } from './adapters/shep/probe-tls.ts'
import type { Workstation } from './compose.ts'
import { composeDiagnostics } from './compose-diagnostics.ts'
import { keyStoreFor } from './compose-key.ts'
import { composeTrust } from './compose-trust.ts'
import type { AuditLog } from './ports/audit-log.ts'
import type { Clock } from './ports/clock.ts'
import type { DesktopQueues } from './ports/desktop-queues.ts'
import type { SecretVault } from './ports/secret-vault.ts'
import type { WorkplaceSettings } from './ports/workplace-settings.ts'
import { layerSettings, type SettingsLayers, workplaceSettingsFile } from './settings/settings-layers.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'
import { checkWorkplaceSettings, createManageSettings, type ManageSettings } from './use-cases/manage-settings.ts'
import { createPrintTestPage } from './use-cases/print-test-page.ts'
import type { SaveDiagnostics } from './use-cases/save-diagnostics.ts'
import { createTrySettings, type SettingsTrials, type TrySettings } from './use-cases/try-settings.ts'

const DAY_MS = 24 * 60 * 60_000
const TRIAL = Buffer.from('<trial xmlns="urn:arm-tson:trial"/>')

/** The settings in force, and how they came to be. */
export interface OpenedSettings {
  readonly settings: WorkstationSettings
  readonly layers: SettingsLayers
  readonly store: WorkplaceSettings
}

/** @param folder what paths in the document are relative to. @returns failure `settings.invalid`. */
export function layersOf(document: unknown, folder: string): Result<SettingsLayers> {
  return layerSettings({ document, folder, readCertificates })
}

/** Lays the workplace's own settings over the machine's. Failures: `settings.altered`, `settings.invalid`. */
export async function openSettings(options: {
  readonly layers: SettingsLayers
  readonly dataDir: string
  readonly vault: Pick<SecretVault, 'mac'>
}): Promise<Result<OpenedSettings>> {
  const { layers, vault } = options
  const store = await openWorkplaceSettings({ file: workplaceSettingsFile(options.dataDir), vault })
  if (!store.ok) return store
  const examined = await layers.examine(layers.laid(store.value.current()))
  if (examined.ok) return succeed({ settings: examined.value, layers, store: store.value })
  const [first] = examined.findings
  return fail({ code: 'settings.invalid', detail: first?.detail ?? first?.path ?? 'file' })
}

/** What an administrator does beside the service. */
export interface Administered {
  readonly settings: ManageSettings
  readonly trySettings: TrySettings
  readonly saveDiagnostics: SaveDiagnostics
}

/** The page's use cases. Failure `settings.altered` where the file is not the one that the log names. */
export function composeSettings(options: {
  readonly opened: OpenedSettings
  readonly workstation: Pick<Workstation, 'audit' | 'lookAtHealth'>
  readonly clock: Clock
  readonly dataDir: string
  readonly resourcesDir: string
  readonly nativeBinding?: string
  readonly spawnTokenProcess?: SpawnTokenProcess
  readonly desktopQueues?: DesktopQueues
}): Result<Administered> {
  const { opened, workstation } = options
  const { audit } = workstation
  const checked = checkWorkplaceSettings({ store: opened.store, audit })
  if (!checked.ok) return checked
  const settings = createManageSettings({ ...opened, audit, writeFile: writeChosenFile })
  return succeed({
    settings,
    trySettings: createTrySettings({ trials: trialsWith({ ...options, audit, layers: opened.layers }), audit }),
    saveDiagnostics: composeDiagnostics({ ...options, ...workstation, settings }),
  })
}

function trialsWith(options: {
  readonly layers: SettingsLayers
  readonly audit: AuditLog
  readonly clock: Clock
  readonly dataDir: string
  readonly resourcesDir: string
  readonly spawnTokenProcess?: SpawnTokenProcess
  readonly desktopQueues?: DesktopQueues
}): SettingsTrials {
  const { layers, clock, dataDir } = options
  const candidate = async (form: Parameters<SettingsLayers['examine']>[0]): Promise<Result<WorkstationSettings>> => {
    // What is locked is tried as the machine has it.
    const examined = await layers.examine(layers.laid(form))
    if (examined.ok) return succeed(examined.value)
    const [first] = examined.findings
    return fail({ code: 'settings.invalid', detail: first?.path ?? 'file' })
  }

  return {
    async gateway(form) {
      const settings = await candidate(form)
      if (!settings.ok) return settings
      const began = performance.now()
      const seen = await lookAtGatewayTls(settings.value.gateway)
      return seen.ok ? succeed({ ...seen.value, milliseconds: Math.round(performance.now() - began) }) : seen
    },
    async key(form, pin) {
      const settings = await candidate(form)
      if (!settings.ok) {
        pin.fill(0)
        return settings
      }
      const { key } = settings.value
      const keyStore = keyStoreFor(key, options.spawnTokenProcess)
      const { signer, verifier } = composeTrust({ settings: settings.value, dataDir, clock, keyStore })
      try {
        const unlocked = await signer.unlock(pin)
        if (!unlocked.ok) return unlocked
        const signed = await signer.sign(TRIAL)
        if (!signed.ok) return signed
        const verdict = await verifier.verify(signed.value, clock.now())
        if (verdict.indication !== 'TOTAL-PASSED') {
          return fail({
            code: 'sign.check-failed',
            detail: `${verdict.subIndication}: ${verdict.reason}`.slice(0, 500),
          })
        }
        const { subject = '', notAfter = clock.now() } = signer.status()
        const daysLeft = Math.floor((notAfter.getTime() - clock.now().getTime()) / DAY_MS)
        return succeed({ subject, notAfter: notAfter.toISOString(), daysLeft })
      } finally {
        signer.lock()
        await verifier.close()
      }
    },
    async printer(form, operator) {
      const settings = await candidate(form)
      if (!settings.ok) return settings
      const { envelope, portalUrl } = settings.value
      const [{ createEnvelopePage }, { loadEnvelopeFonts }] = await Promise.all([
        import('./adapters/envelope-pdf/create-envelope-page.ts'),
        import('./adapters/envelope-pdf/load-envelope-fonts.ts'),
      ])
      const print = createPrintTestPage({
        page: createEnvelopePage({ fonts: await loadEnvelopeFonts(options.resourcesDir), settings: envelope }),
        printer: openPrinter({
          printer: settings.value.printer ?? (layers.mode === 'training' ? { kind: 'training' } : undefined),
          media: envelopeMedia(envelope),
          trainingFolder: path.join(dataDir, 'printed'),
          ...(options.desktopQueues && { desktopQueues: options.desktopQueues }),
        }),
        audit: options.audit,
        clock,
        portalUrl,
      })
      return print({ operator })
    },
  }
}
