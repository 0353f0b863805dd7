import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { envelopeMedia } from '../../shared/domain/envelope.ts'
import type { User } from '../../shared/domain/session.ts'
import { trainingAccounts, trainingKeyPin, trainingVaultPassphrase } from '../../shared/domain/training.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { readCertificates } from '../adapters/cms/read-certificates.ts'
import { openPrinter } from '../adapters/printing/open-printer.ts'
import { forbidCoreDumps } from '../adapters/process-memory/forbid-core-dumps.ts'
import { openPassphraseVault } from '../adapters/vault/open-passphrase-vault.ts'
import { composePorts, composeWorkstation, type Workstation } from '../compose.ts'
import { composeSettings, layersOf, openSettings } from '../compose-settings.ts'
import { composeTraining, composeTrainingWorkstation, openTrainingVault } from '../compose-training.ts'
import { vaultFile } from '../settings/data-folder.ts'
import { readSettingsDocument, resolveSettings } from '../settings/load-settings.ts'
import type { SettingsLayers } from '../settings/settings-layers.ts'
import type { WorkstationSettings } from '../settings/workstation-settings.ts'
import type { ManageSettings } from '../use-cases/manage-settings.ts'
import type { SaveDiagnostics } from '../use-cases/save-diagnostics.ts'
import { dataDirOf, resourcesDir, type ServiceOptions } from './command-options.ts'

export interface ConsoleWorkstation {
  readonly workstation: Workstation
  readonly operator: User
  /** Absent against a stand elsewhere, whose settings are all in its file. */
  readonly settings?: ManageSettings
  readonly saveDiagnostics?: SaveDiagnostics
  close(): Promise<void>
}

export interface OpenOptions extends ServiceOptions {
  /** File of the envelope. */
  readonly out?: string
  /** For what is done without the signing key; no PIN is asked for. */
  readonly keyStaysLocked?: boolean
}

/**
 * Opens the workstation that the options describe: with a stand inside the process, with a stand elsewhere
 * (settings of mode `training`), or at a real gateway (settings of mode `real`).
 */
export async function openWorkstation(options: OpenOptions): Promise<Result<ConsoleWorkstation>> {
  forbidCoreDumps()
  if (options.settings === undefined) return openTraining(options)
  const document = await readSettingsDocument(options.settings)
  if (!document.ok) return document
  const folder = path.dirname(path.resolve(options.settings))
  const layers = layersOf(document.value, folder)
  if (!layers.ok) return layers
  if (layers.value.mode === 'real') return openReal(options, layers.value)
  const settings = await resolveSettings({ document: document.value, folder, readCertificates })
  return settings.ok ? openAtOtherStand(options, settings.value) : settings
}

function trainingOptions(options: OpenOptions) {
  return {
    dataDir: dataDirOf(options, 'training'),
    resourcesDir,
    front: 'console',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
    ...(options.out === undefined ? {} : { envelopeFile: path.resolve(options.out) }),
  } as const
}

async function openTraining(options: OpenOptions): Promise<Result<ConsoleWorkstation>> {
  const training = await composeTraining(trainingOptions(options))
  if (!training.ok) return training
  return succeed({ ...training.value, operator: trainingOperator() })
}

async function openAtOtherStand(
  options: OpenOptions,
  settings: WorkstationSettings,
): Promise<Result<ConsoleWorkstation>> {
  const training = await composeTrainingWorkstation({
    ...trainingOptions(options),
    settings,
    vault: openTrainingVault(dataDirOf(options, 'training')),
  })
  if (!training.ok) return training
  const { workstation } = training.value
  return succeed({ workstation, operator: trainingOperator(), close: () => workstation.close() })
}

async function openReal(options: OpenOptions, layers: SettingsLayers): Promise<Result<ConsoleWorkstation>> {
  if (options.pinFile === undefined && options.keyStaysLocked !== true) {
    return fail({ code: 'sign.locked', detail: '--pin-file' })
  }
  if (options.vaultPassphraseFile === undefined) {
    return fail({ code: 'vault.wrong-passphrase', detail: '--vault-passphrase-file' })
  }
  const [pin, vaultPassphrase] = await Promise.all([
    options.pinFile === undefined ? undefined : readSecret(options.pinFile),
    readSecret(options.vaultPassphraseFile),
  ])
  if (pin === undefined && options.pinFile !== undefined)
    return fail({ code: 'settings.invalid', detail: '--pin-file' })
  if (vaultPassphrase === undefined) return fail({ code: 'settings.invalid', detail: '--vault-passphrase-file' })
  if ((pin !== undefined && isTrainingSecret(pin)) || isTrainingSecret(vaultPassphrase)) {
    pin?.fill(0)
    vaultPassphrase.fill(0)
    return fail({ code: 'settings.invalid', detail: 'training secret in real mode' })
  }
  const dataDir = dataDirOf(options, 'real')
  const vault = await openPassphraseVault({ file: vaultFile(dataDir), passphrase: vaultPassphrase })
  const opened = vault.ok ? await openSettings({ layers, dataDir, vault: vault.value }) : vault
  if (!vault.ok || !opened.ok) {
    if (vault.ok) vault.value.close()
    pin?.fill(0)
    return opened.ok ? fail({ code: 'vault.closed' }) : opened
  }
  const { settings } = opened.value
  const printer = openPrinter({
    printer: settings.printer,
    media: envelopeMedia(settings.envelope),
    trainingFolder: path.join(dataDir, 'printed'),
  })
  const ports = await composePorts({ settings, dataDir, resourcesDir, vault: Promise.resolve(vault), printer })
  if (!ports.ok) {
    pin?.fill(0)
    return ports
  }
  const workstation = composeWorkstation({
    ports: ports.value,
    settings,
    dataDir,
    front: 'console',
    onStatus: () => undefined,
    onEnvelopeExpired: () => undefined,
  })
  if (!workstation.ok) {
    pin?.fill(0)
    return workstation
  }
  const administered = composeSettings({
    opened: opened.value,
    workstation: workstation.value,
    clock: ports.value.clock,
    dataDir,
    resourcesDir,
  })
  if (!administered.ok) {
    pin?.fill(0)
    await workstation.value.close()
    return administered
  }
  const unlocked = pin === undefined ? succeed(undefined) : await workstation.value.unlock(pin)
  if (!unlocked.ok) {
    await workstation.value.close()
    return unlocked
  }
  const login = options.operator ?? os.userInfo().username
  const operator: User = { login, name: login, role: 'operator' }
  return succeed({
    workstation: workstation.value,
    ...administered.value,
    operator,
    close: () => workstation.value.close(),
  })
}

function trainingOperator(): User {
  const account = trainingAccounts.find(({ role }) => role === 'operator')
  if (account === undefined) throw new Error('the training mode has no operator')
  const { login, name, role } = account
  return { login, name, role }
}

/** A secret's file holds the secret and perhaps a line end. */
export async function readSecret(file: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readFile(file)
    const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d)
    const secret = Buffer.from(end === -1 ? bytes : bytes.subarray(0, end))
    bytes.fill(0)
    return secret.length > 0 && secret.length <= 256 ? secret : undefined
  } catch {
    return undefined
  }
}

function isTrainingSecret(secret: Buffer): boolean {
  return [trainingKeyPin, trainingVaultPassphrase].some((known) => secret.equals(Buffer.from(known)))
}
