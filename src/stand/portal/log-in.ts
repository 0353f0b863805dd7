import { z } from 'zod'
import { maskIin } from '../../shared/domain/iin.ts'
import type { PopulationRegister } from '../population-register/population-register.ts'
import { createRecordStore } from '../storage/record-store.ts'
import type { AccountBook } from './account-book.ts'
import { isPasswordRight } from './password-hash.ts'
import type { PortalLog } from './portal-log.ts'

const FAILURES_TO_LOCK = 10
const LOCK_MS = 15 * 60 * 1000

const attemptsSchema = z.object({ failures: z.int().min(0), lockedUntil: z.string().exactOptional() })

/** `wrong-and-locked` is the failure that locked the login. */
export type LoginOutcome = 'right' | 'wrong' | 'wrong-and-locked' | 'locked'

export interface LogIn {
  /** Compares a password and counts failures: ten in a row lock the login for 15 minutes, restarts included. */
  attempt(options: { readonly login: string; readonly password: Uint8Array }): Promise<LoginOutcome>
}

export function createLogIn(options: {
  readonly folder: string
  readonly register: PopulationRegister
  readonly accounts: AccountBook
  readonly log: PortalLog
  readonly now: () => Date
}): LogIn {
  const { register, accounts, log, now } = options
  const records = createRecordStore({ folder: options.folder, schema: attemptsSchema })

  async function compare(login: string, password: Uint8Array): Promise<LoginOutcome> {
    // As slow for a stranger's number as for a known login, and not counted: it must not fill the disk.
    if (register.find(login) === undefined) return (await isPasswordRight(password, undefined)) ? 'right' : 'wrong'
    // Inside the change of the counter: attempts made at once are counted as attempts made in a row.
    return records.update<LoginOutcome>(login, async (current) => {
      const lockedUntil = current?.lockedUntil
      if (lockedUntil !== undefined && now() < new Date(lockedUntil)) return { result: 'locked' }
      const account = await accounts.find(login)
      if (await isPasswordRight(password, account?.password)) {
        return current === undefined ? { result: 'right' } : { next: { failures: 0 }, result: 'right' }
      }
      const failures = (lockedUntil === undefined ? (current?.failures ?? 0) : 0) + 1
      if (failures < FAILURES_TO_LOCK) return { next: { failures }, result: 'wrong' }
      const until = new Date(now().getTime() + LOCK_MS).toISOString()
      return { next: { failures, lockedUntil: until }, result: 'wrong-and-locked' }
    })
  }

  return {
    async attempt({ login, password }) {
      const outcome = await compare(login, password)
      if (outcome !== 'right') {
        // What was typed as a login may be anything, a password too.
        const shown = /^[0-9]{12}$/.test(login) ? maskIin(login) : 'malformed'
        await log({ event: 'login-failed', login: shown, outcome })
      }
      return outcome
    },
  }
}
