import { z } from 'zod'
import { createRecordStore } from '../storage/record-store.ts'
import type { RevokedEntry } from './issue-revocation-list.ts'

const reasons = ['keyCompromise', 'certificateHold'] as const
export type RevocationReason = (typeof reasons)[number]

const revocationSchema = z.object({
  revokedAt: z.string(),
  reason: z.enum(reasons),
  /** A hold that was lifted again. */
  reinstatedAt: z.string().exactOptional(),
})

export interface Revocation extends RevokedEntry {
  readonly reason: RevocationReason
  readonly reinstatedAt?: Date
}

/** Who was revoked, shared by all processes of a folder. */
export interface RevocationBook {
  /** The first revocation stands; one that was lifted may be made again. */
  revoke(entry: Revocation): Promise<void>
  /** Lifts a certificateHold. @returns false where the certificate is not on hold. */
  reinstate(options: { readonly serialNumber: Uint8Array; readonly at: Date }): Promise<boolean>
  all(): Promise<readonly Revocation[]>
}

export function createRevocationBook(options: { readonly folder: string }): RevocationBook {
  const records = createRecordStore({ folder: options.folder, schema: revocationSchema })
  const keyOf = (serialNumber: Uint8Array): string => Buffer.from(serialNumber).toString('hex')
  return {
    revoke({ serialNumber, revokedAt, reason }) {
      return records.update(keyOf(serialNumber), async (current) => {
        if (current !== undefined && current.reinstatedAt === undefined) return { result: undefined }
        return { next: { revokedAt: revokedAt.toISOString(), reason }, result: undefined }
      })
    },
    reinstate({ serialNumber, at }) {
      return records.update(keyOf(serialNumber), async (current) => {
        if (current?.reason !== 'certificateHold' || current.reinstatedAt !== undefined) return { result: false }
        return { next: { ...current, reinstatedAt: at.toISOString() }, result: true }
      })
    },
    async all() {
      const revocations = await Promise.all(
        (await records.keys()).map(async (key) => {
          const record = await records.read(key)
          return record === undefined ? [] : [revocationOf(key, record)]
        }),
      )
      return revocations.flat()
    },
  }
}

function revocationOf(key: string, record: z.infer<typeof revocationSchema>): Revocation {
  const { revokedAt, reason, reinstatedAt } = record
  return {
    serialNumber: Buffer.from(key, 'hex'),
    revokedAt: new Date(revokedAt),
    reason,
    ...(reinstatedAt === undefined ? {} : { reinstatedAt: new Date(reinstatedAt) }),
  }
}
