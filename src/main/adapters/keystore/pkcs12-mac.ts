import { createHmac, timingSafeEqual } from 'node:crypto'
import { MalformedAsn1 } from '../asn1/read-asn1.ts'
import { hasNoParameters } from '../x509/algorithm-identifier.ts'
import { deriveFromPassword, type Pkcs12Digest } from './pkcs12-key-derivation.ts'
import type { Pfx } from './read-pfx.ts'

/** SHA-1 is НУЦ's; here it is a keyed checksum that tells a wrong PIN, no proof of origin. */
const MAC_DIGESTS: Readonly<Record<string, Pkcs12Digest>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/**
 * Whether the password is right and the file whole (RFC 7292, 4 and B.4).
 * @throws MalformedAsn1 for an unknown digest.
 */
export function macIsRight({ authenticatedSafe, mac }: Pfx, bmpPassword: Buffer): boolean {
  const { digestAlgorithm, salt, iterations, value } = mac
  const digest = Object.hasOwn(MAC_DIGESTS, digestAlgorithm.oid) ? MAC_DIGESTS[digestAlgorithm.oid] : undefined
  if (digest === undefined || !hasNoParameters(digestAlgorithm)) throw new MalformedAsn1('unknown MAC')
  const length = createHmac(digest, '').digest().length
  const key = deriveFromPassword({ digest, purpose: 'mac', password: bmpPassword, salt, iterations, length })
  const expected = createHmac(digest, key).update(authenticatedSafe).digest()
  key.fill(0)
  return expected.length === value.length && timingSafeEqual(expected, value)
}
