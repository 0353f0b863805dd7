import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { trainingWorkstation } from '../../shared/domain/training.ts'
import { generateAuditLog } from '../adapters/audit-sqlite/generate/generate-audit-log.ts'
import { openTrainingVault } from '../compose-training.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

const TELL_EVERY_ROWS = 100_000

/**
 * A log of made-up data at scale, with the vault of training mode beside it: put into a data folder of its own it
 * opens in training mode. Exit 1 where the file is there already.
 */
export async function auditGenerateCommand(options: {
  readonly db: string
  readonly rows: number
  readonly seed: number
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const file = path.resolve(options.db)
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const vault = await openTrainingVault(path.dirname(file))
  const generated = vault.ok
    ? generateAuditLog({
        file,
        rows: options.rows,
        seed: options.seed,
        until: new Date(),
        workstation: trainingWorkstation,
        vault: vault.value,
        onProgress: (rows) => rows % TELL_EVERY_ROWS === 0 && io.tell(`Записей: ${rows}`),
      })
    : vault
  if (vault.ok) vault.value.close()
  if (!generated.ok) {
    io.answer({ failure: failureJson(generated.failure) }, failureLines(generated.failure))
    return exitCode.otherwise
  }
  io.answer({ db: file, rows: generated.value.rows }, [`Вымышленный журнал: ${file}, записей ${generated.value.rows}`])
  return exitCode.done
}
