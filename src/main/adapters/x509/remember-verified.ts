import { createHash } from 'node:crypto'
import { type VerifySignature, verifySignature } from './signature-algorithms.ts'

/**
 * A verifier that does not verify twice what it has found right: certificates and CRLs are the same from one reply to
 * the next, and ГОСТ takes milliseconds. Only right signatures are remembered, each by a digest of everything that
 * goes into it.
 */
export function rememberVerified(options: { readonly maxEntries: number }): VerifySignature {
  const right = new Set<string>()
  return (question) => {
    const { algorithm, publicKeyInfo, data, signature } = question
    const hash = createHash('sha256').update(`${algorithm.kind}/${algorithm.digest}`)
    for (const part of [publicKeyInfo, data, signature]) hash.update(`/${part.length}/`).update(part)
    const id = hash.digest('base64')
    if (right.has(id)) {
      right.delete(id)
      right.add(id)
      return { ok: true, value: undefined }
    }
    const verified = verifySignature(question)
    if (verified.ok) right.add(id)
    const [oldest] = right
    if (right.size > options.maxEntries && oldest !== undefined) right.delete(oldest)
    return verified
  }
}
