import type { Result } from '../../shared/result.ts'

/** The end of personal data: the keys of old months are destroyed, and the rows stay as they are. */
export interface PersonalDataRetention {
  /**
   * Records what is about to end, then destroys data key and hash key of every month before this one.
   * @param month `YYYY-MM`.
   * @returns the months. Failures: `audit.write-failed`, `vault.unreadable`.
   */
  destroyBefore(month: string): Result<readonly string[]>
}
