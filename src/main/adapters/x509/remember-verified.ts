import { createHash } from 'node:crypto'
import { precomputeGost3410PublicKey } from '../gost/gost-3410-precompute.ts'
import { type GostPublicKey, parseGostPublicKey } from '../gost/subject-public-key-info.ts'
import { type VerifySignature, verifySignature } from './signature-algorithms.ts'

/** From here on the table that makes a ГОСТ key verify in a third of the time has paid for itself soon. */
const USES_BEFORE_TABLE = 3

/**
 * A verifier that does not verify twice what it has found right: certificates and CRLs are the same from one reply to
 * the next, and ГОСТ takes milliseconds. Only right signatures are remembered, each by a digest of everything that
 * goes into it. ГОСТ keys that come again and again, as a portal's, get a table.
 */
export function rememberVerified(options: { readonly maxEntries: number; readonly maxKeys: number }): VerifySignature {
  const right = new Set<string>()
  const keys = new Map<string, { readonly key: GostPublicKey; uses: number }>()

  const readGostKey = (spki: Uint8Array): GostPublicKey | undefined => {
    const id = Buffer.from(spki).toString('base64')
    const key = keys.get(id)?.key ?? parseGostPublicKey(spki)
    if (key === undefined) return undefined
    const uses = (keys.get(id)?.uses ?? 0) + 1
    if (uses === USES_BEFORE_TABLE) precomputeGost3410PublicKey(key.publicKey)
    keys.delete(id)
    keys.set(id, { key, uses })
    dropOldest(keys, options.maxKeys)
    return key
  }

  return (question) => {
    const { algorithm, publicKeyInfo, data, signature } = question
    const hash = createHash('sha256').update(`${algorithm.kind}/${algorithm.digest}`)
    for (const part of [publicKeyInfo, data, signature]) hash.update(`/${part.length}/`).update(part)
    const id = hash.digest('base64')
    const known = right.delete(id)
    const verified = known ? ({ ok: true, value: undefined } as const) : verifySignature(question, readGostKey)
    if (verified.ok) right.add(id)
    dropOldest(right, options.maxEntries)
    return verified
  }
}

/** Both kinds keep the order of insertion. */
function dropOldest(
  kept: { readonly size: number; keys(): Iterator<string>; delete(key: string): boolean },
  max: number,
): void {
  const oldest = kept.size > max ? kept.keys().next() : undefined
  if (oldest !== undefined && oldest.done !== true) kept.delete(oldest.value)
}
