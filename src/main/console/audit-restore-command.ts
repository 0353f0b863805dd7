import os from 'node:os'
import { restoreBackup } from '../adapters/audit-sqlite/backup/restore-backup.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** Puts a verified copy in a log's place. Exit 4 where the copy is broken, 1 where the log is in use. */
export async function auditRestoreCommand(options: {
  readonly db: string
  readonly from: string
  readonly operator?: string
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const restored = await restoreBackup({
    backup: options.from,
    file: options.db,
    actor: options.operator ?? os.userInfo().username,
    workstation: os.hostname().slice(0, 64),
    now: new Date(),
  })
  if (!restored.ok) {
    io.answer({ failure: failureJson(restored.failure) }, failureLines(restored.failure))
    return restored.failure.code === 'audit.broken' ? exitCode.checkFailed : exitCode.otherwise
  }
  const { rows, replaced } = restored.value
  io.answer(restored.value, [
    `Журнал восстановлен: записей ${rows} и одна о восстановлении`,
    ...(replaced === undefined ? [] : [`Прежний журнал: ${replaced}`]),
  ])
  return exitCode.done
}
