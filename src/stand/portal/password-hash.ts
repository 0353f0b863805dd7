import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** scrypt's cost: 16 MiB and about 40 ms on an office computer. */
const COST = { N: 16_384, r: 8, p: 1 } as const
const HASH_BYTES = 32

export const passwordHashSchema = z.object({
  algorithm: z.literal('scrypt'),
  N: z.literal(COST.N),
  r: z.literal(COST.r),
  p: z.literal(COST.p),
  /** base64 */
  salt: z.string().max(64),
  /** base64 */
  hash: z.string().max(64),
})
export type PasswordHash = z.infer<typeof passwordHashSchema>

/** @param password is not wiped here. */
export async function hashPassword(password: Uint8Array): Promise<PasswordHash> {
  const salt = randomBytes(16)
  const hash = await derive(password, salt)
  return { algorithm: 'scrypt', ...COST, salt: salt.toString('base64'), hash: hash.toString('base64') }
}

/** @param hash absent where there is nothing to compare with: the answer, false, takes the same time. */
export async function isPasswordRight(password: Uint8Array, hash: PasswordHash | undefined): Promise<boolean> {
  const salt = hash === undefined ? randomBytes(16) : Buffer.from(hash.salt, 'base64')
  const expected = hash === undefined ? randomBytes(HASH_BYTES) : Buffer.from(hash.hash, 'base64')
  const derived = await derive(password, salt)
  return expected.length === derived.length && timingSafeEqual(expected, derived)
}

function derive(password: Uint8Array, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, HASH_BYTES, COST, (error, key) => (error === null ? resolve(key) : reject(error)))
  })
}
