import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { isPasswordRight, passwordHashSchema } from '../../src/stand/portal/password-hash.ts'

/** How often the portal has given this citizen a password: it writes a numbered file each time. */
export function timesIssued(standData: string, iin: string): number {
  return Math.max(0, ...versions(path.join(standData, 'accounts', iin)))
}

/** Whether a password is the account's present one, by the portal's own book. */
export async function isPortalPassword(standData: string, iin: string, password: Uint8Array): Promise<boolean> {
  const folder = path.join(standData, 'accounts', iin)
  const newest = Math.max(...versions(folder))
  const account: unknown = JSON.parse(readFileSync(path.join(folder, `${newest}.json`), 'utf8'))
  if (typeof account !== 'object' || account === null || !('password' in account)) return false
  return isPasswordRight(password, passwordHashSchema.parse(account.password))
}

function versions(folder: string): readonly number[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => Number.parseInt(name, 10))
  } catch {
    return []
  }
}
