import { randomUUID } from 'node:crypto'
import { lstat, mkdir } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import type { EnvelopePrinter, PrintOutcome } from '../../ports/envelope-printer.ts'
import { writeWholeFile } from '../files/write-whole-file.ts'
import { fileNameOfJob } from './file-name-of-job.ts'
import { systemErrorCode } from './system-error-code.ts'

const MAX_EQUAL_NAMES = 1000

/**
 * Stands in for a printer while people learn: it keeps the page as a file that only its owner may read. Made-up
 * citizens' envelopes may lie on a disk, real ones may not.
 * In a `folder`, made where it is missing, each job gets a name of its own and nothing is overwritten. A named `file`
 * is replaced at once, but never a folder, a link or a device.
 * Failures: `print.no-printer` from `check`, `print.printer-failed` from `print`; the detail is the system's error code
 * or one of ours, never a path.
 */
export function createTrainingPrinter(
  options: { readonly folder: string } | { readonly file: string },
): EnvelopePrinter {
  return 'file' in options ? printIntoFile(resolve(options.file)) : printIntoFolder(resolve(options.folder))
}

function printIntoFolder(folder: string): EnvelopePrinter {
  const prepare = (): Promise<unknown> => mkdir(folder, { recursive: true, mode: 0o700 })
  return {
    name: folder,
    check: () =>
      orFail(async () => {
        await prepare()
        await tryWriting(folder)
        return succeed({ warnings: [] })
      }),
    print: ({ pdf, jobName, onAccepted }) =>
      orNotPrinted(async () => {
        await prepare()
        const stem = fileNameOfJob(jobName)
        for (let copy = 1; copy <= MAX_EQUAL_NAMES; copy++) {
          const name = copy === 1 ? stem : `${stem}-${copy}`
          const place = join(folder, `${name}.pdf`)
          if (!(await addFile(place, join(folder, `.${name}.part`), pdf))) continue
          onAccepted?.()
          return { outcome: 'printed', place, word: 'file' }
        }
        return notPrinted('too-many-equal-names')
      }),
  }
}

function printIntoFile(file: string): EnvelopePrinter {
  const mayTake = async (): Promise<boolean> => (await kindOf(file)) !== 'other'
  return {
    name: file,
    check: () =>
      orFail(async () => {
        if (!(await mayTake())) return fail({ code: 'print.no-printer', detail: 'not-a-file' })
        await tryWriting(dirname(file))
        return succeed({ warnings: [] })
      }),
    print: ({ pdf, onAccepted }) =>
      orNotPrinted(async () => {
        const part = join(dirname(file), `.${basename(file)}.${randomUUID()}.part`)
        const written = await writeWholeFile({ bytes: pdf, part, file, mayTake })
        if (!written) return notPrinted('not-a-file')
        onAccepted?.()
        return { outcome: 'printed', place: file, word: 'file' }
      }),
  }
}

/** @returns false where the name is taken, or being taken at this moment. */
async function addFile(file: string, part: string, bytes: Buffer): Promise<boolean> {
  try {
    return await writeWholeFile({ bytes, part, file, mayTake: async () => (await kindOf(file)) === 'absent' })
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') return false
    throw error
  }
}

/** Makes an empty file and removes it: whether the folder may be written to shows in no other way on every system. */
async function tryWriting(folder: string): Promise<void> {
  const part = join(folder, `.${randomUUID()}.part`)
  await writeWholeFile({ bytes: Buffer.alloc(0), part, file: part, mayTake: async () => false })
}

async function kindOf(path: string): Promise<'absent' | 'file' | 'other'> {
  try {
    return (await lstat(path)).isFile() ? 'file' : 'other'
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') return 'absent'
    throw error
  }
}

function notPrinted(detail: string): PrintOutcome {
  return { outcome: 'not-printed', failure: { code: 'print.printer-failed', detail } }
}

async function orFail<T>(attempt: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await attempt()
  } catch (error) {
    return fail({ code: 'print.no-printer', detail: systemErrorCode(error) })
  }
}

async function orNotPrinted(attempt: () => Promise<PrintOutcome>): Promise<PrintOutcome> {
  try {
    return await attempt()
  } catch (error) {
    return notPrinted(systemErrorCode(error))
  }
}
