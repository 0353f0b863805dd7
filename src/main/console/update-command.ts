import { readFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { updateRefusalCodes } from '../../shared/contract/update-failure-codes.ts'
import { trainingVaultPassphrase, trainingWorkstation } from '../../shared/domain/training.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { openAuditLog } from '../adapters/audit-sqlite/open-audit-log.ts'
import { createSystemClock } from '../adapters/clock/create-system-clock.ts'
import { openPassphraseVault } from '../adapters/vault/open-passphrase-vault.ts'
import { composeUpdates, ownerPemsIn, stagingDir } from '../compose-updates.ts'
import type { StartInstaller } from '../ports/updates.ts'
import { auditFile, vaultFile } from '../settings/data-folder.ts'
import type { UpdateSettings } from '../settings/workstation-settings.ts'
import type { UpdateOffer } from '../use-cases/update-workstation.ts'
import { dataDirOf, type updateActions } from './command-options.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { readSecret } from './open-workstation.ts'

export interface UpdateOptions {
  /** A folder, or an https: address. */
  readonly from?: string
  /** PEM of what vouches for the server's certificate. */
  readonly authority?: string
  readonly channel: string
  /** The folder of installers. */
  readonly to?: string
  readonly data?: string
  readonly vaultPassphraseFile?: string
  readonly operator?: string
  readonly json?: boolean
  readonly resourcesDir: string
  /** Tests set these. */
  readonly startInstaller?: StartInstaller
  readonly installedVersion?: string
}

/**
 * Looks for an update, copies or installs it, by the administrator's order. Exit 0 done, also where there is nothing newer; 3
 * where the update is refused; 1 where source, log or installer cannot be used.
 */
export async function updateCommand(action: (typeof updateActions)[number], options: UpdateOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const done = await run(action, options)
  if (!done.ok) {
    io.answer({ outcome: 'refused', failure: failureJson(done.failure) }, failureLines(done.failure))
    return REFUSALS.has(done.failure.code) ? exitCode.refused : exitCode.otherwise
  }
  const { expiresAt, ...offer } = done.value
  io.answer({ ...offer, expiresAt: expiresAt.toISOString() }, linesOf(action, done.value))
  return exitCode.done
}

const REFUSALS: ReadonlySet<string> = new Set(updateRefusalCodes)

type Done = UpdateOffer & { readonly path?: string }

async function run(action: (typeof updateActions)[number], options: UpdateOptions): Promise<Result<Done>> {
  const updates = await settingsOf(options, action)
  if (!updates.ok) return updates
  const dataDir = dataDirOf(options, 'real')
  const passphrase =
    options.vaultPassphraseFile === undefined
      ? Buffer.from(trainingVaultPassphrase)
      : await readSecret(options.vaultPassphraseFile)
  if (passphrase === undefined) return fail({ code: 'settings.invalid', detail: '--vault-passphrase-file' })
  const vault = await openPassphraseVault({ file: vaultFile(dataDir), passphrase })
  if (!vault.ok) return vault
  const clock = createSystemClock()
  const audit = openAuditLog({ file: auditFile(dataDir), workstation: trainingWorkstation, vault: vault.value, clock })
  if (!audit.ok) {
    vault.value.close()
    return audit
  }
  try {
    const composed = composeUpdates({
      updates: updates.value,
      ownerPems: ownerPemsIn(options.resourcesDir),
      stagingDir: options.to === undefined ? stagingDir() : path.resolve(options.to),
      audit: audit.value,
      clock,
      version: options.installedVersion ?? (await installedVersion()),
      ...(options.startInstaller && { startInstaller: options.startInstaller }),
    })
    if (!composed.ok) return composed
    const login = options.operator ?? os.userInfo().username
    return await composed.value[action]({ login, name: login, role: 'administrator' })
  } finally {
    await audit.value.close()
    vault.value.close()
  }
}

/** An installation reads what was fetched, and no source. */
async function settingsOf(
  { from, authority, channel }: UpdateOptions,
  action: (typeof updateActions)[number],
): Promise<Result<UpdateSettings>> {
  if (from === undefined) {
    return action === 'install'
      ? succeed({ source: { folder: '.' }, channel })
      : fail({ code: 'update.not-configured' })
  }
  if (!/^[a-z][a-z+.-]+:\/\//i.test(from)) return succeed({ source: { folder: path.resolve(from) }, channel })
  try {
    const authorityPem = authority === undefined ? '' : await readFile(authority, 'utf8')
    return succeed({ source: { url: from, authorityPem }, channel })
  } catch {
    return fail({ code: 'settings.invalid', detail: '--authority' })
  }
}

async function installedVersion(): Promise<string> {
  const file = path.resolve(import.meta.dirname, '..', '..', '..', 'package.json')
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string }
  return version
}

function linesOf(action: (typeof updateActions)[number], { outcome, version, release, channel, path: place }: Done) {
  if (outcome === 'up-to-date') return [`Новее нет: версия ${version}, выпуск ${release} (${channel}) уже стоит`]
  if (action === 'install') return [`Установлена версия ${version}, выпуск ${release}. Проверьте: arm-tson --self-test`]
  if (place === undefined)
    return [`Есть версия ${version}, выпуск ${release} (${channel}). Скопировать: arm update fetch`]
  return [`Версия ${version}, выпуск ${release} проверена и лежит здесь: ${place}`, 'Установить: arm update install']
}
