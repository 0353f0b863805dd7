import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'

/** Large enough for the JSON below with room to spare; anything longer is not a vault. */
export const vaultFileMaxBytes = 4096

const base64 = (bytes: number) => z.base64().length(4 * Math.ceil(bytes / 3))

/**
 * What is on disk. `salt` is 16 bytes, `check` and `checksum` 32 bytes, base64. The cost is bounded in both
 * directions: a hostile file can demand at most 256 MiB and a weakened one is not accepted.
 */
const vaultFileSchema = z.strictObject({
  version: z.literal(1),
  kdf: z.strictObject({
    name: z.literal('scrypt'),
    N: z.union([2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18].map((cost) => z.literal(cost))),
    r: z.literal(8),
    p: z.literal(1),
    salt: base64(16),
  }),
  check: base64(32),
  checksum: base64(32),
})

export type VaultFile = z.infer<typeof vaultFileSchema>

/** Adds the checksum, which tells a damaged file from a wrong passphrase. It protects against accidents only. */
export function serializeVaultFile(content: Omit<VaultFile, 'checksum'>): string {
  return `${JSON.stringify({ ...content, checksum: checksumOf(content).toString('base64') }, null, 2)}\n`
}

/** @returns undefined for anything that is not an undamaged vault file of a known version. */
export function parseVaultFile(text: string): VaultFile | undefined {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = vaultFileSchema.safeParse(json)
  if (!parsed.success) return undefined
  const intact = timingSafeEqual(checksumOf(parsed.data), Buffer.from(parsed.data.checksum, 'base64'))
  return intact ? parsed.data : undefined
}

function checksumOf({ version, kdf, check }: Omit<VaultFile, 'checksum'>): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([version, kdf.name, kdf.N, kdf.r, kdf.p, kdf.salt, check]))
    .digest()
}
