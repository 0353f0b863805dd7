import path from 'node:path'
import { documentMedia, envelopeMedia } from '../shared/domain/envelope.ts'
import { trainingKeyPin, trainingVaultPassphrase } from '../shared/domain/training.ts'
import { fail, type Result, succeed } from '../shared/result.ts'
import { createPasswordHasher } from './adapters/accounts/create-password-hasher.ts'
import { openAccountBook } from './adapters/accounts/open-account-book.ts'
import type { SpawnTokenProcess } from './adapters/keystore/token/token-protocol.ts'
import { openPrinter } from './adapters/printing/open-printer.ts'
import { openPassphraseVault } from './adapters/vault/open-passphrase-vault.ts'
import { composePorts, composeWorkstation } from './compose.ts'
import { composeSettings, layersOf, openSettings } from './compose-settings.ts'
import { composeUpdates, ownerPemsIn, stagingDir } from './compose-updates.ts'
import type { Workplace, WorkplaceServices } from './ipc/workplace.ts'
import type { DesktopQueues } from './ports/desktop-queues.ts'
import { accountsFile, vaultFile } from './settings/data-folder.ts'
import { readSettingsDocument } from './settings/load-settings.ts'
import type { SettingsLayers } from './settings/settings-layers.ts'
import { checkAccountBook, createManageAccounts } from './use-cases/manage-accounts.ts'
import type { TrySettings } from './use-cases/try-settings.ts'
import type { UnlockKey } from './use-cases/unlock-key.ts'
import type { WorkstationStatus } from './use-cases/watch-workstation.ts'

export interface ComposeRealOptions {
  /** The administrator's file. */
  readonly settingsFile: string
  readonly dataDir: string
  readonly resourcesDir: string
  /** Of the running program. */
  readonly version: string
  readonly nativeBinding?: string
  readonly spawnTokenProcess: SpawnTokenProcess
  readonly desktopQueues?: DesktopQueues
  readonly onStatus: (status: WorkstationStatus) => void
  readonly onEnvelopeExpired: (requestId: string) => void
}

/** A real workplace of the window. It stays closed until somebody gives the passphrase of its vault. */
export function composeReal(options: ComposeRealOptions): Workplace {
  let opened: WorkplaceServices | undefined
  let opening: Promise<Result<WorkplaceServices>> | undefined
  let resolveOpen: (services: WorkplaceServices) => void
  const whenOpen = new Promise<WorkplaceServices>((resolve) => {
    resolveOpen = resolve
  })

  async function services(): Promise<Result<WorkplaceServices>> {
    if (opened !== undefined) return succeed(opened)
    return opening ?? fail({ code: 'vault.closed' })
  }

  return {
    mode: 'real',
    needs() {
      if (opened === undefined) return 'vault-passphrase'
      return opened.accounts?.hasAdministrator() === true ? 'nothing' : 'first-administrator'
    },
    hasPersonalToken: () => opened?.workstation.personalKeys.ofToken() !== undefined,
    services,
    async entrance() {
      const found = await services()
      return found.ok ? succeed(found.value.workstation) : found
    },
    whenOpen: () => whenOpen,
    async openVault(passphrase) {
      if (opened !== undefined || opening !== undefined) {
        passphrase.fill(0)
        return opened === undefined ? fail({ code: 'session.busy' }) : succeed(undefined)
      }
      opening = open(options, passphrase)
      const result = await opening
      opening = undefined
      if (!result.ok) return result
      opened = result.value
      opened.workstation.watch.start()
      resolveOpen(opened)
      return succeed(undefined)
    },
    async close() {
      const services = opened ?? (await opening?.then((result) => (result.ok ? result.value : undefined)))
      await services?.workstation.close()
    },
  }
}

async function open(options: ComposeRealOptions, passphrase: Buffer): Promise<Result<WorkplaceServices>> {
  if (isTrainingSecret(passphrase)) {
    passphrase.fill(0)
    return fail({ code: 'settings.invalid', detail: 'training secret in real mode' })
  }
  const machine = await machineLayers(options.settingsFile)
  if (!machine.ok) {
    passphrase.fill(0)
    return machine
  }
  const { dataDir } = options
  const opening = await openPassphraseVault({ file: vaultFile(dataDir), passphrase })
  if (!opening.ok) return opening
  const opened = await openSettings({ layers: machine.value, dataDir, vault: opening.value })
  if (!opened.ok) {
    opening.value.close()
    return opened
  }
  const { settings } = opened.value
  const { printer } = settings
  const printerFor = (media: string) =>
    openPrinter({
      printer,
      media,
      trainingFolder: path.join(dataDir, 'printed'),
      ...(options.desktopQueues === undefined ? {} : { desktopQueues: options.desktopQueues }),
    })
  const ports = await composePorts({
    ...options,
    settings,
    vault: Promise.resolve(opening),
    printer: printerFor(envelopeMedia(settings.envelope)),
    documentPrinter: printerFor(documentMedia),
  })
  if (!ports.ok) return ports
  const { vault, audit, clock } = ports.value
  const book = await openAccountBook({
    file: accountsFile(dataDir),
    vault,
    hasher: createPasswordHasher(),
  })
  const accepted = book.ok ? checkAccountBook({ book: book.value, audit }) : book
  if (!book.ok || !accepted.ok) {
    vault.close()
    await Promise.all([audit.close(), ports.value.verifier.close()])
    return book.ok && !accepted.ok ? accepted : (book as Result<never>)
  }
  const workstation = composeWorkstation({
    ...options,
    ports: ports.value,
    settings,
    accounts: book.value,
    front: 'window',
  })
  if (!workstation.ok) return workstation
  const administered = composeSettings({ ...options, opened: opened.value, workstation: workstation.value, clock })
  if (!administered.ok) {
    await workstation.value.close()
    return administered
  }
  const updates = settings.updates
    ? composeUpdates({
        ...options,
        updates: settings.updates,
        ownerPems: ownerPemsIn(options.resourcesDir),
        stagingDir: stagingDir(),
        audit: workstation.value.audit,
        clock,
      })
    : undefined
  return succeed({
    ...administered.value,
    trySettings: refusingTrainingPin(administered.value.trySettings),
    ...(updates?.ok && { updates: updates.value }),
    workstation: { ...workstation.value, unlock: refusingTraining(workstation.value.unlock) },
    accounts: createManageAccounts({ book: book.value, audit: workstation.value.audit }),
  })
}

/** The machine's file of a real workplace. Failure `settings.invalid`. */
async function machineLayers(file: string): Promise<Result<SettingsLayers>> {
  const document = await readSettingsDocument(file)
  if (!document.ok) return document
  const layers = layersOf(document.value, path.dirname(path.resolve(file)))
  if (layers.ok && layers.value.mode !== 'real') return fail({ code: 'settings.invalid', detail: 'mode' })
  return layers
}

function refusingTrainingPin(trySettings: TrySettings): TrySettings {
  return {
    ...trySettings,
    async key(form, pin, by) {
      if (!isTrainingSecret(pin)) return trySettings.key(form, pin, by)
      pin.fill(0)
      return fail({ code: 'settings.invalid', detail: 'training secret in real mode' })
    },
  }
}

function refusingTraining(unlock: UnlockKey): UnlockKey {
  return async (pin, by) => {
    if (!isTrainingSecret(pin)) return unlock(pin, by)
    pin.fill(0)
    return fail({ code: 'settings.invalid', detail: 'training secret in real mode' })
  }
}

/** What is public in training opens nothing in real mode. */
export function isTrainingSecret(secret: Uint8Array): boolean {
  return [trainingKeyPin, trainingVaultPassphrase].some((known) => Buffer.from(known).equals(secret))
}
