import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fail, type Result, succeed } from '../shared/result.ts'
import { createUpdateSource } from './adapters/updates/create-update-source.ts'
import { createUpdateStaging } from './adapters/updates/create-update-staging.ts'
import { openInFolder, openOnServer } from './adapters/updates/open-update-file.ts'
import { ownerKeysOf } from './adapters/updates/read-signed-manifest.ts'
import { startInstaller } from './adapters/updates/start-installer.ts'
import type { AuditLog } from './ports/audit-log.ts'
import type { Clock } from './ports/clock.ts'
import type { StartInstaller } from './ports/updates.ts'
import { administratorFile } from './settings/administrator-file.ts'
import type { UpdateSettings } from './settings/workstation-settings.ts'
import { createUpdateWorkstation, type UpdateWorkstation } from './use-cases/update-workstation.ts'

/** Beside the administrator's settings, where nobody else may write. */
export function stagingDir(): string {
  return path.join(path.dirname(administratorFile()), 'updates')
}

/** Public keys that came with the program. What a settings file could name, whoever changes the settings could replace. */
export function ownerPemsIn(resourcesDir: string): readonly string[] {
  const folder = path.join(resourcesDir, 'updates')
  return readdirSync(folder)
    .filter((name) => name.endsWith('.pem'))
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
}

/** Failure `settings.invalid` where the source, its authority or an owner's key is none. */
export function composeUpdates(options: {
  readonly updates: UpdateSettings
  readonly ownerPems: readonly string[]
  readonly stagingDir: string
  readonly audit: Pick<AuditLog, 'append' | 'latest'>
  readonly clock: Clock
  /** Of the installed program. */
  readonly version: string
  /** Tests start nothing that changes their machine. */
  readonly startInstaller?: StartInstaller
}): Result<UpdateWorkstation> {
  const { updates, audit, clock, version } = options
  try {
    const owners = ownerKeysOf(options.ownerPems)
    const open =
      'folder' in updates.source
        ? openInFolder(updates.source.folder)
        : openOnServer({ url: updates.source.url, authorityPem: updates.source.authorityPem })
    return succeed(
      createUpdateWorkstation({
        source: createUpdateSource({ open, owners }),
        staging: createUpdateStaging({ folder: options.stagingDir, owners }),
        startInstaller: options.startInstaller ?? startInstaller,
        audit,
        clock,
        installed: { version, channel: updates.channel, platform: process.platform, arch: process.arch },
      }),
    )
  } catch {
    return fail({ code: 'settings.invalid', detail: 'updates' })
  }
}
