import path from 'node:path'
import { defaultBackupFolder, makeBackup } from '../adapters/audit-sqlite/backup/make-backup.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** Copies a log, also one in use, and verifies the copy. Exit 1 where that failed; older copies stay then. */
export async function auditBackupCommand(options: {
  readonly db: string
  readonly to?: string
  readonly keep: number
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const file = path.resolve(options.db)
  const folder = options.to === undefined ? defaultBackupFolder(file) : path.resolve(options.to)
  const made = await makeBackup({ file, folder, keep: options.keep, at: new Date().toISOString() })
  if (!made.ok) {
    io.answer({ failure: failureJson(made.failure) }, failureLines(made.failure))
    return exitCode.otherwise
  }
  io.answer(made.value, [`Копия журнала: ${made.value.file}, записей ${made.value.rows}`])
  return exitCode.done
}
