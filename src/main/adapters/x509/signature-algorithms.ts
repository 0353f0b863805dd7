import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { type AlgorithmIdentifier, hasNoParameters } from './algorithm-identifier.ts'
import type { DigestName } from './digest-algorithms.ts'
import { type Outcome, pass, refuse } from './outcome.ts'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const RSA_WITH_DIGEST: Readonly<Record<string, DigestName>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}
const RSA_BITS = { min: 2048, max: 8192 } as const
/** Small exponents invite padding forgeries; BoringSSL takes at most 33 bits. */
const RSA_EXPONENT = { min: 65_537n, max: 2n ** 32n } as const

/** A signature algorithm of the list, with the digest that it implies. */
export interface SignatureAlgorithm {
  readonly digest: DigestName
}

/** The algorithm that names its digest itself, as certificates must: sha256WithRSAEncryption and longer. */
export function certificateSignatureAlgorithm(algorithm: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  const digest = Object.hasOwn(RSA_WITH_DIGEST, algorithm.oid) ? RSA_WITH_DIGEST[algorithm.oid] : undefined
  return digest === undefined || !hasNoParameters(algorithm) ? undefined : { digest }
}

/** CMS (RFC 3370, 3.2) also allows plain rsaEncryption; then the SignerInfo's digest algorithm tells. */
export function messageSignatureAlgorithm(
  algorithm: AlgorithmIdentifier,
  digest: DigestName,
): SignatureAlgorithm | undefined {
  if (algorithm.oid === RSA_ENCRYPTION) return hasNoParameters(algorithm) ? { digest } : undefined
  return certificateSignatureAlgorithm(algorithm)
}

/**
 * Verifies a PKCS #1 v1.5 signature.
 * @returns refusals CRYPTO_CONSTRAINTS_FAILURE for a key that is not on the list, SIG_CRYPTO_FAILURE for a wrong value.
 */
export function verifySignature(options: {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
}): Outcome<void> {
  const key = rsaPublicKey(options.publicKeyInfo)
  if (!key.ok) return key
  const padded = { key: key.value, padding: constants.RSA_PKCS1_PADDING }
  return verify(options.algorithm.digest, options.data, padded, options.signature)
    ? pass(undefined)
    : refuse('SIG_CRYPTO_FAILURE', 'the signature value does not match')
}

/** Opens an RSA key if its size and exponent are on the list. */
function rsaPublicKey(publicKeyInfo: Uint8Array): Outcome<KeyObject> {
  const weak = (what: string) => refuse<KeyObject>('CRYPTO_CONSTRAINTS_FAILURE', what)
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(publicKeyInfo), format: 'der', type: 'spki' })
  } catch {
    return weak('a public key of an unknown kind')
  }
  if (key.asymmetricKeyType !== 'rsa') return weak(`a ${key.asymmetricKeyType} key where RSA is required`)
  const { modulusLength = 0, publicExponent = 0n } = key.asymmetricKeyDetails ?? {}
  if (modulusLength < RSA_BITS.min || modulusLength > RSA_BITS.max) return weak(`an RSA key of ${modulusLength} bits`)
  if (publicExponent < RSA_EXPONENT.min || publicExponent > RSA_EXPONENT.max || publicExponent % 2n === 0n) {
    return weak('an RSA public exponent outside the list')
  }
  return pass(key)
}
