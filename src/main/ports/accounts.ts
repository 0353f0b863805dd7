import type { User } from '../../shared/domain/session.ts'

/** Who may use this workstation. */
export interface Accounts {
  /** @returns the user, or undefined for a wrong name or password alike. The caller wipes the password. */
  authenticate(credentials: { login: string; password: Uint8Array }): Promise<User | undefined>
}
