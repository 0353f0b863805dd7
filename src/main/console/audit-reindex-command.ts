import os from 'node:os'
import { rebuildSearchTables } from '../adapters/audit-sqlite/rebuild-search-tables.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** Makes the search tables of a log anew from its rows. Exit 1 where the log is in use or cannot be opened. */
export async function auditReindexCommand(options: {
  readonly db: string
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const rebuilt = rebuildSearchTables({
    file: options.db,
    actor: os.userInfo().username,
    workstation: os.hostname().slice(0, 64),
    now: new Date(),
  })
  if (!rebuilt.ok) {
    io.answer({ failure: failureJson(rebuilt.failure) }, failureLines(rebuilt.failure))
    return exitCode.otherwise
  }
  const { rows } = rebuilt.value
  io.answer({ rows }, [`Указатель поиска и счётчики построены заново: записей ${rows} и одна об этом`])
  return exitCode.done
}
