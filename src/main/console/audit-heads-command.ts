import { writeFile } from 'node:fs/promises'
import { fail, type Result, succeed } from '../../shared/result.ts'
import { formatHeadFile } from '../adapters/audit-sqlite/heads/head-file.ts'
import { readHeadsOfFile } from '../adapters/audit-sqlite/heads/read-heads-of-file.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'

/** The newest heads of a log, with their signatures, to be kept elsewhere. Exit 1 where there are none. */
export async function auditHeadsCommand(options: {
  readonly db: string
  readonly out?: string
  readonly last: number
  readonly json?: boolean
}): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const read = await readHeadsOfFile({ file: options.db, limit: options.last })
  const written = read.ok ? await writeOut(options.out, formatHeadFile(read.value)) : read
  if (!read.ok || !written.ok) {
    const failure = read.ok ? (written.ok ? undefined : written.failure) : read.failure
    if (failure !== undefined) io.answer({ failure: failureJson(failure) }, failureLines(failure))
    return exitCode.otherwise
  }
  const heads = read.value.map(({ head, cms, reason }) => ({ ...head, reason, signed: cms !== undefined }))
  const text = formatHeadFile(read.value).trimEnd()
  io.answer({ heads, ...(options.out !== undefined && { out: options.out }) }, [
    options.out === undefined ? text : `Состояний: ${heads.length}, файл ${options.out}`,
  ])
  return heads.length > 0 ? exitCode.done : exitCode.otherwise
}

async function writeOut(out: string | undefined, text: string): Promise<Result<void>> {
  if (out === undefined) return succeed(undefined)
  try {
    await writeFile(out, text)
    return succeed(undefined)
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
    return fail({ code: 'audit.unavailable', detail })
  }
}
