import type { ServiceOptions } from './command-options.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { openWorkstation } from './open-workstation.ts'

/** A sheet without a secret, laid out as an envelope, on the configured printer; the log has a row of it. */
export async function printTestPageCommand(options: ServiceOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const opened = await openWorkstation({ ...options, keyStaysLocked: true })
  if (!opened.ok) {
    io.answer({ outcome: 'failed', failure: failureJson(opened.failure) }, failureLines(opened.failure))
    return exitCode.otherwise
  }
  const { workstation, operator } = opened.value
  try {
    const printed = await workstation.printTestPage({ operator })
    const auditSeq = workstation.audit.head().seq
    if (printed.ok) {
      const { place } = printed.value
      io.answer({ outcome: 'printed', place, auditSeq }, [`Пробная страница напечатана: ${place}`])
      return exitCode.done
    }
    const outcome = printed.failure.code === 'print.outcome-unknown' ? 'unknown' : 'failed'
    io.answer({ outcome, failure: failureJson(printed.failure), auditSeq }, failureLines(printed.failure))
    return exitCode.otherwise
  } finally {
    await opened.value.close()
  }
}
