import os from 'node:os'
import path from 'node:path'
import { countEvents } from './adapters/audit-sqlite/count-events.ts'
import { readLogTails, writeBundle } from './adapters/diagnostics/write-bundle.ts'
import type { AuditLog } from './ports/audit-log.ts'
import type { Clock } from './ports/clock.ts'
import { auditFile } from './settings/data-folder.ts'
import type { LookAtHealth } from './use-cases/check-health.ts'
import type { ManageSettings } from './use-cases/manage-settings.ts'
import { createSaveDiagnostics, type SaveDiagnostics } from './use-cases/save-diagnostics.ts'

const SHOWN_VERSIONS = ['node', 'electron', 'chrome', 'v8', 'openssl', 'modules'] as const

/** The bundle of a data folder's workstation. */
export function composeDiagnostics(options: {
  readonly dataDir: string
  readonly nativeBinding?: string
  readonly audit: AuditLog
  readonly clock: Clock
  readonly lookAtHealth: LookAtHealth
  readonly settings: ManageSettings
}): SaveDiagnostics {
  const { dataDir, nativeBinding, clock } = options
  return createSaveDiagnostics({
    ...options,
    countEvents: () => countEvents({ file: auditFile(dataDir), ...(nativeBinding !== undefined && { nativeBinding }) }),
    readLogTails: () => readLogTails(path.join(dataDir, 'logs')),
    platform: () => ({
      ...Object.fromEntries(SHOWN_VERSIONS.map((name) => [name, process.versions[name] ?? ''])),
      system: `${os.type()} ${os.release()}`,
      arch: process.arch,
      processors: os.cpus().length,
      memoryMiB: Math.round(os.totalmem() / 2 ** 20),
      timezoneMinutes: -clock.now().getTimezoneOffset(),
    }),
    write: writeBundle,
    now: () => clock.now(),
  })
}
