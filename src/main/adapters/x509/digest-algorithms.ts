import { createHash } from 'node:crypto'
import { type GostAlgorithm, gostAlgorithms } from '../gost/gost-algorithms.ts'
import { type AlgorithmIdentifier, hasNoParameters } from './algorithm-identifier.ts'

/** Digests that may carry a decision; SHA-1 and MD5 are not on the list, so they decide nothing. */
const ALLOWED_DIGESTS = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
} as const

/** A ГОСТ digest goes by the name of the signature algorithm that it belongs to. */
export type DigestName = (typeof ALLOWED_DIGESTS)[keyof typeof ALLOWED_DIGESTS] | GostAlgorithm['name']

/** @returns undefined for an algorithm that is unknown or too weak. */
export function allowedDigest(algorithm: AlgorithmIdentifier): DigestName | undefined {
  if (!hasNoParameters(algorithm)) return undefined
  return Object.hasOwn(ALLOWED_DIGESTS, algorithm.oid)
    ? ALLOWED_DIGESTS[algorithm.oid as keyof typeof ALLOWED_DIGESTS]
    : gostAlgorithms.find(({ digestOid }) => digestOid === algorithm.oid)?.name
}

/** The identifier under which a digest is named in CMS. */
export function digestOid(name: DigestName): string {
  const [oid] = Object.entries(ALLOWED_DIGESTS).find(([, known]) => known === name) ?? []
  const found = oid ?? gostAlgorithms.find((known) => known.name === name)?.digestOid
  if (found === undefined) throw new RangeError(`no identifier of ${name}`)
  return found
}

export function digest(name: DigestName, data: Uint8Array): Buffer {
  const gost = gostAlgorithms.find((known) => known.name === name)
  return gost === undefined
    ? createHash(name).update(data).digest()
    : Buffer.from(gost.createHash().update(data).digest())
}
