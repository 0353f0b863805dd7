import { z } from 'zod'
import { roles } from '../../../shared/domain/session.ts'

/** Room for a large centre's staff; anything longer is no account book. */
export const accountFileMaxBytes = 1 << 20

/** Letters, digits and `._-@`: what a log and a request carry without quoting. */
export const loginSchema = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._@-]{1,63}$/u)

const accountSchema = z.strictObject({
  login: loginSchema,
  name: z.string().min(1).max(200),
  role: z.enum(roles),
  iin: z
    .string()
    .regex(/^[0-9]{12}$/)
    .exactOptional(),
  disabled: z.boolean(),
  /** PHC string of argon2id. */
  passwordHash: z
    .string()
    .regex(/^\$argon2id\$v=19\$m=[0-9]{1,7},t=[0-9]{1,2},p=1\$[A-Za-z0-9+/]{20,90}\$[A-Za-z0-9+/]{40,90}$/),
})

const fileSchema = z.strictObject({ version: z.literal(1), accounts: z.array(accountSchema).max(2000) })

export type StoredAccount = z.infer<typeof accountSchema>

/** @returns undefined for anything that is not an account book of a known version. */
export function parseAccountFile(text: string): readonly StoredAccount[] | undefined {
  try {
    const parsed = fileSchema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.accounts : undefined
  } catch {
    return undefined
  }
}

export function serializeAccountFile(accounts: readonly StoredAccount[]): string {
  return JSON.stringify({ version: 1, accounts })
}
