import type { Result } from '../../shared/result.ts'

export interface AuditBackup {
  readonly file: string
  readonly rows: number
  /** SHA-256 of the newest row, hex. */
  readonly hash: string
}

/** Copies of the log on another place of the disk or on another disk. */
export interface AuditBackups {
  /** When the newest verified copy was made; undefined where there is none. */
  newestAt(): Promise<Date | undefined>
  /**
   * Copies the log as it stands, verifies the copy, and only then gives it its name. Old copies beyond the number to be
   * kept are removed. Failure: `audit.backup-failed`.
   */
  make(at: Date): Promise<Result<AuditBackup>>
  /** Gives up a copy under way, and waits until nothing is written any more. */
  close(): Promise<void>
}
