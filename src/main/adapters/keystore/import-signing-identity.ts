import { webcrypto } from 'node:crypto'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { scanBer } from '../asn1/scan-ber.ts'
import { gost3410Sign } from '../gost/gost-3410-sign.ts'
import { parseGostPrivateKey } from '../gost/private-key-info.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { SignatureAlgorithm } from '../x509/signature-algorithms.ts'
import type { OpenedKey } from './open-pkcs12.ts'
import { proveIdentity } from './prove-identity.ts'
import type { SigningIdentity } from './signing-identity.ts'

const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

type Signing = Pick<SigningIdentity, 'algorithm' | 'sign' | 'close'>

/**
 * Turns an opened key into one that can only sign, and proves by a test signature that it belongs to its certificate:
 * RSA with SHA-256, or ГОСТ 34.10-2015. The opened key is wiped. Failure: `sign.key-unreadable`.
 */
export async function importSigningIdentity(opened: OpenedKey): Promise<Result<SigningIdentity>> {
  const certificate = parseCertificate(opened.certificate)
  const signing = await importPrivateKey(opened.privateKeyPkcs8)
  if (certificate === undefined || signing === undefined) {
    signing?.close()
    return fail({ code: 'sign.key-unreadable', detail: 'the key is neither RSA nor ГОСТ 34.10-2015' })
  }
  const others = opened.chain.flatMap((der): readonly Certificate[] => {
    const other = parseCertificate(der)
    return other === undefined ? [] : [other]
  })
  return proveIdentity({ certificate, others, ...signing })
}

async function importPrivateKey(pkcs8: Buffer): Promise<Signing | undefined> {
  try {
    return gostSigning(pkcs8) ?? (await rsaSigning(pkcs8))
  } finally {
    pkcs8.fill(0)
  }
}

/** The key stays inside the crypto library, not extractable. */
async function rsaSigning(pkcs8: Buffer): Promise<Signing | undefined> {
  // The platform's own reader passes over octets after the end.
  if (scanBer(pkcs8, { encoding: 'der' }) !== undefined) return undefined
  let privateKey: webcrypto.CryptoKey | undefined
  try {
    privateKey = await webcrypto.subtle.importKey('pkcs8', new Uint8Array(pkcs8), RSA_SHA256, false, ['sign'])
  } catch {
    return undefined
  }
  return {
    algorithm: { kind: 'rsa', digest: 'sha256' },
    async sign(data) {
      if (privateKey === undefined) return fail({ code: 'sign.locked' })
      return succeed(new Uint8Array(await webcrypto.subtle.sign(RSA_SHA256, privateKey, Uint8Array.from(data))))
    },
    close() {
      privateKey = undefined
    },
  }
}

/** ГОСТ 34.310-2004 is for verifying only. */
function gostSigning(pkcs8: Buffer): Signing | undefined {
  const key = parseGostPrivateKey(pkcs8)
  if (key === undefined) return undefined
  const { algorithm, privateKey } = key
  if (algorithm.name === 'gost2004') {
    privateKey.scalar.fill(0)
    return undefined
  }
  let open = true
  const signatureAlgorithm: SignatureAlgorithm = { kind: 'gost', digest: algorithm.name }
  return {
    algorithm: signatureAlgorithm,
    async sign(data) {
      if (!open) return fail({ code: 'sign.locked' })
      const digest = algorithm.createHash().update(data).digest()
      return succeed(gost3410Sign({ privateKey, digest }))
    },
    close() {
      open = false
      privateKey.scalar.fill(0)
    },
  }
}
