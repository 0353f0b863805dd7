import { createPrivateKey, createPublicKey } from 'node:crypto'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { sameName } from '../x509/distinguished-name.ts'
import type { SafeContents } from './read-pfx.ts'

type Key = SafeContents['keys'][number]

/** The certificate of a private key and the others of the file. */
export interface MatchedCertificate {
  readonly certificate: Uint8Array
  readonly chain: readonly Uint8Array[]
}

/**
 * Finds the certificate of a key: by its public key; where this platform does not know the key's algorithm (ГОСТ), by
 * localKeyId, and failing that as the only certificate of the file that issued none of the others.
 * @returns undefined where none, or more than one, fits.
 */
export function matchCertificate(key: Key, entries: SafeContents['certificates']): MatchedCertificate | undefined {
  const certificates = entries.flatMap(({ der, localKeyId }) => {
    const certificate = parseCertificate(der)
    return certificate === undefined ? [] : [{ certificate, localKeyId }]
  })
  const publicKeyInfo = publicKeyInfoOf(key)
  const all = certificates.map(({ certificate }) => certificate)
  const identified = certificates.filter(({ localKeyId }) => sameOctets(localKeyId, key.localKeyId))
  const candidates =
    publicKeyInfo !== undefined
      ? all.filter((certificate) => publicKeyInfo.equals(certificate.publicKeyInfo))
      : identified.length > 0
        ? identified.map(({ certificate }) => certificate)
        : all.filter((certificate) => isLeaf(certificate, all))
  const [found, ...others] = candidates
  if (found === undefined || others.length > 0) return undefined
  return { certificate: found.der, chain: all.filter((other) => other !== found).map(({ der }) => der) }
}

function publicKeyInfoOf({ pkcs8 }: Key): Buffer | undefined {
  try {
    const privateKey = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })
    return createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

function isLeaf(certificate: Certificate, all: readonly Certificate[]): boolean {
  return all.every((other) => other === certificate || !sameName(other.issuer, certificate.subject))
}

function sameOctets(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.from(a).equals(b)
}
