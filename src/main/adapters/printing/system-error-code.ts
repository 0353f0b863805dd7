/** @returns the code of a system error, as ENOSPC: its message would hold a path. Other errors are bugs and thrown on. */
export function systemErrorCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code
  throw error
}
