import { z } from 'zod'

const hex = z.string().regex(/^([0-9a-f]{2})*$/)
const base64 = z.base64()
const steps = z.object({ signedOctets: base64, signature: hex })

/** What the self-test reads of `resources/vectors/kz-gost-vectors.json`; its README says what it holds. */
const vectorsSchema = z.object({
  judgedAt: z.iso.datetime(),
  digests: z.array(z.object({ message: hex, 'streebog-512': hex, 'streebog-256': hex, '34.311-95': hex })).min(1),
  sets: z
    .array(
      z.object({
        algorithm: z.enum(['gost2015-512', 'gost2015-256']),
        keys: z.array(z.object({ name: z.string(), privateKeyInfo: base64, subjectPublicKeyInfo: base64 })),
        signature: steps,
        certificates: z.array(z.object({ name: z.string(), certificate: base64 })),
        cms: z.array(z.object({ name: z.string(), content: base64, message: base64 })),
        xmldsig: z.object({ signed: base64 }),
        wsse: z.object({ signed: base64 }),
        crl: z.object({ crl: base64 }),
        ocsp: z.object({ response: base64 }),
        timestamp: z.object({ covered: hex, token: base64 }),
      }),
    )
    .min(1),
})

export type PublishedVectors = z.output<typeof vectorsSchema>

/** @returns undefined for a file that holds something else. */
export function readPublishedVectors(file: Uint8Array): PublishedVectors | undefined {
  try {
    const parsed = vectorsSchema.safeParse(JSON.parse(Buffer.from(file).toString('utf8')))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
