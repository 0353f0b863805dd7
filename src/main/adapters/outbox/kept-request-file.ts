import { z } from 'zod'
import type { KeptRequest } from '../../ports/request-outbox.ts'

const KEY_BYTES = 32

const headSchema = z.strictObject({
  version: z.literal(1),
  requestId: z.uuid(),
  iin: z.string().regex(/^[0-9]{12}$/),
  nonceBase64: z.string().regex(/^[A-Za-z0-9+/]{43}=$/),
  createdAt: z.iso.datetime({ precision: 3 }),
  signed: z.string().min(1),
  sealed: z.boolean(),
  pid: z.int().positive(),
})

/** `pid`: the process that serves the request. */
export interface PackedRequest extends KeptRequest {
  readonly pid: number
}

/**
 * The private key's 32 octets, then JSON: so the key is never a string. Without a key the octets are zero.
 * @returns a Buffer that the caller wipes.
 */
export function packKeptRequest({ oneTimeSecret, createdAt, ...rest }: PackedRequest): Buffer {
  const head = { version: 1, ...rest, createdAt: createdAt.toISOString(), sealed: oneTimeSecret !== undefined }
  return Buffer.concat([oneTimeSecret ?? Buffer.alloc(KEY_BYTES), Buffer.from(JSON.stringify(head), 'utf8')])
}

/** @returns undefined where the octets are anything else. The private key in the answer is a copy. */
export function unpackKeptRequest(packed: Buffer): PackedRequest | undefined {
  let json: unknown
  try {
    json = JSON.parse(packed.toString('utf8', KEY_BYTES))
  } catch {
    return undefined
  }
  const parsed = headSchema.safeParse(json)
  if (!parsed.success) return undefined
  const { version: _known, sealed, createdAt, ...rest } = parsed.data
  return {
    ...rest,
    createdAt: new Date(createdAt),
    ...(sealed && { oneTimeSecret: Buffer.from(packed.subarray(0, KEY_BYTES)) }),
  }
}
