import { verifyAuditFile } from '../adapters/audit-sqlite/verify-audit-file.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** Walks the chain of a log file, without the app and without a key. Exit 0 intact, 4 broken. */
export async function auditVerifyCommand(options: { readonly db: string; readonly json?: boolean }): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const verdict = await verifyAuditFile({ file: options.db })
  if (!verdict.ok) {
    io.answer({ state: 'unreadable', failure: failureJson(verdict.failure) }, failureLines(verdict.failure))
    return verdict.failure.code === 'audit.broken' ? exitCode.checkFailed : exitCode.otherwise
  }
  if (verdict.value.state === 'broken') {
    const { seq, finding } = verdict.value.firstBroken
    io.answer(verdict.value, [`Журнал нарушен: запись ${seq}, ${finding}`])
    return exitCode.checkFailed
  }
  const { rows, head } = verdict.value
  io.answer(verdict.value, [`Журнал цел: записей ${rows}, хеш последней ${head.hash}`])
  return exitCode.done
}
