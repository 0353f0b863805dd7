import { sequence } from '../asn1/asn1-node.ts'
import { readDer, unlessMalformed } from '../asn1/read-asn1.ts'
import { gost2004, gostAlgorithms } from '../gost/gost-algorithms.ts'
import { algorithmIdentifier } from './algorithm-identifier.ts'
import type { Certificate } from './certificate.ts'

/** What a workstation and its portal have agreed to sign with; `gost2015` is ГОСТ 34.10-2015 with 512 or 256 bits. */
export type SigningAlgorithm = 'rsa' | 'gost2015'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'

/** @returns the kind of a certificate's key; undefined for one that is neither. */
export function signingAlgorithmOf({ publicKeyInfo }: Certificate): SigningAlgorithm | undefined {
  const oid = unlessMalformed(() => algorithmIdentifier(sequence(readDer(publicKeyInfo))[0]).oid)
  if (oid === RSA_ENCRYPTION) return 'rsa'
  const gost = gostAlgorithms.find(({ keyOid }) => keyOid === oid)
  return gost === undefined || gost === gost2004 ? undefined : 'gost2015'
}
