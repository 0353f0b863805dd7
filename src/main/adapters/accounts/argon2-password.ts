import { randomBytes } from 'node:crypto'
import { argon2id, argon2Verify } from 'hash-wasm'

/** RFC 9106, second recommended option: 64 MiB, three passes. One lane, since the implementation has one thread. */
const COST = { memorySize: 64 * 1024, iterations: 3, parallelism: 1 } as const

/** @returns the PHC string of a new hash: argon2id, a salt of 16 bytes, a tag of 32. */
export function hashPassword(password: Uint8Array): Promise<string> {
  return argon2id({ password, salt: randomBytes(16), ...COST, hashLength: 32, outputType: 'encoded' })
}

/** @returns false for a wrong password and for anything that is no hash of ours. */
export async function verifyPassword(password: Uint8Array, encoded: string): Promise<boolean> {
  try {
    return await argon2Verify({ password, hash: encoded })
  } catch {
    return false
  }
}
