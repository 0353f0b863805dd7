import type { Failure } from '../../../shared/contract/failure.ts'

/**
 * What an error of SQLite or of the file system says about a log that could not be opened or read: either the file
 * is no sound database (`audit.broken`), or it is out of reach (`audit.unavailable`). The detail is the error's
 * code alone, since messages quote paths and values.
 * @throws the error itself where it has no code: then it is a bug.
 */
export function sqliteFailure(error: unknown): Failure {
  const detail = errorCode(error)
  if (detail === undefined) throw error
  const broken = detail === 'SQLITE_NOTADB' || detail.startsWith('SQLITE_CORRUPT')
  return { code: broken ? 'audit.broken' : 'audit.unavailable', detail }
}

export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
