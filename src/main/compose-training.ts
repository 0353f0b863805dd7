import path from 'node:path'
import { documentMedia, envelopeMedia } from '../shared/domain/envelope.ts'
import { trainingKeyPin, trainingWorkstation } from '../shared/domain/training.ts'
import { type Result, succeed } from '../shared/result.ts'
import type { Stand } from '../stand/start-stand.ts'
import { createTrainingAccounts } from './adapters/accounts/create-training-accounts.ts'
import { createSystemClock } from './adapters/clock/create-system-clock.ts'
import { createPrinterWithoutPaper } from './adapters/printing/create-printer-without-paper.ts'
import { createTrainingPrinter } from './adapters/printing/create-training-printer.ts'
import { openPrinter } from './adapters/printing/open-printer.ts'
import { composePorts, composeWorkstation, type Workstation } from './compose.ts'
import { openTrainingVault, type TrainingEntrance } from './compose-entrance.ts'
import { composeSettings, layersOf, openSettings } from './compose-settings.ts'
import { openTrainingStand, standDir, startStandInThread } from './compose-training-stand.ts'
import type { EnvelopePrinter } from './ports/envelope-printer.ts'
import type { SecretVault } from './ports/secret-vault.ts'
import type { TrainingStand } from './ports/training-stand.ts'
import type { SettingsDocument } from './settings/load-settings.ts'
import type { WorkstationSettings } from './settings/workstation-settings.ts'
import type { ManageSettings } from './use-cases/manage-settings.ts'
import type { SaveDiagnostics } from './use-cases/save-diagnostics.ts'
import type { TrySettings } from './use-cases/try-settings.ts'
import type { WorkstationStatus } from './use-cases/watch-workstation.ts'

export { openTrainingVault } from './compose-entrance.ts'
export { standDir, startTrainingStand } from './compose-training-stand.ts'

/** The stand's page is printed on envelopes, so its address should last from one start to the next. */
const PREFERRED_STAND_PORT = 47443

export interface TrainingWorkstation {
  readonly workstation: Workstation
  readonly training: TrainingStand
  readonly settings: ManageSettings
  readonly trySettings: TrySettings
  readonly saveDiagnostics: SaveDiagnostics
  close(): Promise<void>
}

export interface ComposeTrainingOptions {
  readonly dataDir: string
  readonly resourcesDir: string
  readonly front: 'window' | 'console'
  /** One file for the envelope; by default a folder of envelopes. */
  readonly envelopeFile?: string
  readonly nativeBinding?: string
  readonly onStatus: (status: WorkstationStatus) => void
  readonly onEnvelopeExpired: (requestId: string) => void
}

/**
 * The workstation with a training stand in a thread of the process. Everything secret in it is public and marked so.
 * @param options.entrance the open door of the folder; its log and vault are closed with the workstation.
 */
export async function composeTraining(
  options: ComposeTrainingOptions & { readonly entrance?: TrainingEntrance },
): Promise<Result<TrainingWorkstation>> {
  const { entrance } = options
  const vault = entrance === undefined ? openTrainingVault(options.dataDir) : Promise.resolve(succeed(entrance.vault))
  const started = await startStandInThread({ dataDir: options.dataDir, port: PREFERRED_STAND_PORT })
  if (!started.ok) {
    const opened = await vault
    await entrance?.log.close()
    if (opened.ok) opened.value.close()
    return started
  }
  const stand = started.value
  const training = openTrainingStand({ standDir: standDir(options.dataDir) })
  const wrapPrinter = (printer: EnvelopePrinter): EnvelopePrinter =>
    createPrinterWithoutPaper({ printer, isOutOfPaper: training.isOutOfPaper })
  const composed = await composeAgainst(stand, { ...options, vault, wrapPrinter })
  if (!composed.ok) {
    await stand.close()
    return composed
  }
  const { workstation } = composed.value
  return succeed({
    ...composed.value,
    training,
    async close() {
      await workstation.close()
      await stand.close()
    },
  })
}

/** What a workstation and its portal may agree on; a timestamp goes with `cms` alone. */
export interface TrainingProfile {
  readonly form: 'cms' | 'xmldsig'
  readonly algorithm: 'rsa' | 'gost2015'
  readonly transport: 'none' | 'wsse'
  readonly timestamp: boolean
}

/** The profile of a training workstation: the one closest to the field. */
export const trainingProfile: TrainingProfile = {
  form: 'xmldsig',
  algorithm: 'gost2015',
  transport: 'wsse',
  timestamp: false,
}

/** Settings that point a workstation at a stand, in the form of the administrator's file. */
export function trainingSettings(stand: Stand, profile: TrainingProfile = trainingProfile): SettingsDocument {
  const { form, algorithm, transport, timestamp } = profile
  const { services } = stand
  // People sign in with keys of the other algorithm too; the first list is the one that a request needs.
  const listsOf = (first: TrainingProfile['algorithm']): string[] =>
    [first, first === 'rsa' ? ('gost2015' as const) : ('rsa' as const)].flatMap((each) => {
      const { base, delta } = services.revocationListUrls[each]
      return [base, delta, services.rootRevocationListUrls[each]]
    })
  return {
    mode: 'training',
    workstation: trainingWorkstation,
    gateway: {
      url: stand.gatewayUrl,
      authority: stand.tlsAuthorityFile,
      serviceId: 'TRAINING-REGISTRATION',
      senderId: trainingWorkstation,
      deadlineSeconds: 30,
    },
    trust: {
      anchors: stand.trustDir,
      intermediates: stand.intermediatesDir,
      portalCertificate: stand.portalCertificatesDir,
    },
    signature: {
      form,
      algorithm,
      transport,
      timestamp: timestamp && { url: services.timestampUrls[algorithm] },
    },
    // The addresses in the certificates are those of the folder's first start: the port may be another today.
    revocation: {
      crl: { urls: listsOf(algorithm) },
      ocsp: { url: services.ocspUrl },
      authorityRevocation: 'required',
    },
    key: stand.keyFiles[algorithm],
    passwordDelivery: 'hpke',
    portalUrl: stand.portalUrl,
  }
}

async function composeAgainst(
  stand: Stand,
  options: ComposeTrainingOptions & {
    readonly vault: Promise<Result<SecretVault>>
    readonly entrance?: TrainingEntrance
    readonly wrapPrinter: (printer: EnvelopePrinter) => EnvelopePrinter
  },
): Promise<Result<Omit<TrainingWorkstation, 'training' | 'close'>>> {
  const vault = await options.vault
  if (!vault.ok) return vault
  const { dataDir } = options
  // The page says where envelopes go, and in training they go to files.
  const layers = layersOf({ ...trainingSettings(stand), printer: { kind: 'training' } }, '.')
  const opened = layers.ok ? await openSettings({ layers: layers.value, dataDir, vault: vault.value }) : layers
  if (!opened.ok) {
    vault.value.close()
    return opened
  }
  const composed = await composeTrainingWorkstation({ ...options, settings: opened.value.settings })
  if (!composed.ok) return composed
  const { workstation } = composed.value
  const administered = composeSettings({ ...options, opened: opened.value, workstation, clock: createSystemClock() })
  if (administered.ok) return succeed({ workstation, ...administered.value })
  await workstation.close()
  return administered
}

/** A training workstation over given settings: the stand may run in this process or in another. */
export async function composeTrainingWorkstation(
  options: ComposeTrainingOptions & {
    readonly settings: WorkstationSettings
    readonly vault: Promise<Result<SecretVault>>
    readonly entrance?: TrainingEntrance
    readonly wrapPrinter?: (printer: EnvelopePrinter) => EnvelopePrinter
  },
): Promise<Result<{ workstation: Workstation }>> {
  const { settings, envelopeFile, dataDir } = options
  const printer =
    envelopeFile === undefined
      ? openPrinter({
          printer: settings.printer ?? { kind: 'training' },
          media: envelopeMedia(settings.envelope),
          trainingFolder: path.join(dataDir, 'printed'),
        })
      : createTrainingPrinter({ file: envelopeFile })
  const documents = openPrinter({
    printer: settings.printer ?? { kind: 'training' },
    media: documentMedia,
    trainingFolder: path.join(dataDir, 'printed'),
  })
  const ports = await composePorts({
    ...options,
    ...(options.entrance && { log: options.entrance.log }),
    printer: options.wrapPrinter?.(printer) ?? printer,
    documentPrinter: options.wrapPrinter?.(documents) ?? documents,
  })
  if (!ports.ok) return ports
  const workstation = composeWorkstation({
    ...options,
    ports: ports.value,
    settings,
    accounts: createTrainingAccounts(),
  })
  if (!workstation.ok) return workstation
  const unlocked = await workstation.value.unlock(Buffer.from(trainingKeyPin))
  if (!unlocked.ok) {
    await workstation.value.close()
    return unlocked
  }
  return succeed({ workstation: workstation.value })
}
