import path from 'node:path'
import { type ExportFormat, revealReasonLimits } from '../../shared/domain/audit-review.ts'
import { fail, type Result } from '../../shared/result.ts'
import { createConsoleIo, failureJson, failureLines } from './console-io.ts'
import { type ExitCode, exitCode } from './exit-code.ts'
import { type ConsoleReview, filterOfOptions, openReview, type ReviewOptions, reviewExitCode } from './open-review.ts'

interface ExportOptions extends ReviewOptions {
  readonly out: string
  readonly format: ExportFormat
  /** ИИН in full, and why. */
  readonly unmaskReason?: string
}

/** Writes the found rows into a file; the export is a row of the log, before and after. Exit 2 for bad input. */
export async function auditExportCommand(options: ExportOptions): Promise<ExitCode> {
  const io = createConsoleIo({ json: options.json === true })
  const opened = await openReview(options)
  const written = opened.ok ? await write(opened.value, options) : opened
  if (opened.ok) await opened.value.close()
  if (!written.ok) {
    io.answer({ failure: failureJson(written.failure) }, failureLines(written.failure))
    return reviewExitCode(written.failure.code)
  }
  const out = path.resolve(options.out)
  const personal = options.unmaskReason === undefined ? 'masked' : 'full'
  io.answer({ out, format: options.format, rows: written.value.rows, personal }, [
    `Записей: ${written.value.rows}, файл ${out}, ИИН ${personal === 'masked' ? 'скрыты' : 'полностью'}`,
  ])
  return exitCode.done
}

async function write(
  { review, reviewer }: ConsoleReview,
  options: ExportOptions,
): Promise<Result<{ readonly rows: number }>> {
  const { unmaskReason, format } = options
  const filter = filterOfOptions(options)
  if (filter === undefined) return fail({ code: 'session.invalid-input', detail: '--text' })
  if (unmaskReason !== undefined && !isReason(unmaskReason))
    return fail({ code: 'session.invalid-input', detail: '--unmask-reason' })
  const search = review.search({ filter, reviewer })
  if (!search.ok) return search
  return review.export({
    searchId: search.value.searchId,
    reviewer,
    work: search.value.searchId,
    onProgress: () => undefined,
    format,
    language: 'ru',
    file: path.resolve(options.out),
    ...(unmaskReason !== undefined && { unmaskReason: unmaskReason.trim() }),
  })
}

function isReason(text: string): boolean {
  const { length } = text.trim()
  return length >= revealReasonLimits.min && length <= revealReasonLimits.max
}
