import { randomBytes } from 'node:crypto'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { writeWholeFile } from '../files/write-whole-file.ts'

/** A file that a person chose and agreed to replace. Failure: `audit.export-failed`. */
export async function writeChosenFile(file: string, bytes: Uint8Array): Promise<Result<void>> {
  try {
    const part = `${file}.${randomBytes(6).toString('hex')}.partial`
    await writeWholeFile({ bytes, part, file, mayTake: async () => true })
    return succeed(undefined)
  } catch (error) {
    const detail = error instanceof Error && 'code' in error ? String(error.code) : 'unexpected'
    return fail({ code: 'audit.export-failed', detail })
  }
}
