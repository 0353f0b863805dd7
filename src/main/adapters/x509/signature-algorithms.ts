import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { gost3410Verify } from '../gost/gost-3410-verify.ts'
import { type GostAlgorithm, gost2004, gostAlgorithms } from '../gost/gost-algorithms.ts'
import { type GostPublicKey, parseGostPublicKey } from '../gost/subject-public-key-info.ts'
import { type AlgorithmIdentifier, hasNoParameters } from './algorithm-identifier.ts'
import { type DigestName, digest } from './digest-algorithms.ts'
import { type Outcome, pass, refuse } from './outcome.ts'

const RSA_ENCRYPTION = '1.2.840.113549.1.1.1'
const RSA_WITH_DIGEST: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512'>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
}
const RSA_BITS = { min: 2048, max: 8192 } as const
/** Small exponents invite padding forgeries; BoringSSL takes at most 33 bits. */
const RSA_EXPONENT = { min: 65_537n, max: 2n ** 32n } as const

/** A signature algorithm of the list, with the digest that it implies. */
export type SignatureAlgorithm =
  | { readonly kind: 'rsa'; readonly digest: 'sha256' | 'sha384' | 'sha512' }
  | { readonly kind: 'gost'; readonly digest: GostAlgorithm['name'] }

/** The algorithm that names its digest itself, as certificates must: RSA with SHA-2, or one of ГОСТ. */
export function certificateSignatureAlgorithm(algorithm: AlgorithmIdentifier): SignatureAlgorithm | undefined {
  if (!hasNoParameters(algorithm)) return undefined
  const rsaDigest = Object.hasOwn(RSA_WITH_DIGEST, algorithm.oid) ? RSA_WITH_DIGEST[algorithm.oid] : undefined
  if (rsaDigest !== undefined) return { kind: 'rsa', digest: rsaDigest }
  const gost = gostAlgorithms.find((known) => signatureOids(known).includes(algorithm.oid))
  return gost === undefined ? undefined : { kind: 'gost', digest: gost.name }
}

/** The identifier of a signature algorithm, which names its digest too. */
export function signatureOid(algorithm: SignatureAlgorithm): string {
  const [oid] = Object.entries(RSA_WITH_DIGEST).find(([, known]) => known === algorithm.digest) ?? []
  const found = oid ?? gostAlgorithms.find(({ name }) => name === algorithm.digest)?.signatureOid
  if (found === undefined) throw new RangeError(`no identifier of ${algorithm.digest}`)
  return found
}

/** CMS (RFC 3370, 3.2) also allows plain rsaEncryption; then the SignerInfo's digest algorithm tells. */
export function messageSignatureAlgorithm(
  algorithm: AlgorithmIdentifier,
  digestName: DigestName,
): SignatureAlgorithm | undefined {
  if (algorithm.oid !== RSA_ENCRYPTION) return certificateSignatureAlgorithm(algorithm)
  const withRsa = Object.values(RSA_WITH_DIGEST).find((known) => known === digestName)
  return withRsa === undefined || !hasNoParameters(algorithm) ? undefined : { kind: 'rsa', digest: withRsa }
}

/** Until 2024 the key's own identifier also stood where the signature's belongs. */
function signatureOids(algorithm: GostAlgorithm): readonly string[] {
  return algorithm === gost2004 ? [algorithm.signatureOid, algorithm.keyOid] : [algorithm.signatureOid]
}

/** `verifySignature`, or one that remembers what it found right. */
export type VerifySignature = (question: SignatureQuestion) => Outcome<void>

export interface SignatureQuestion {
  readonly algorithm: SignatureAlgorithm
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Uint8Array
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/**
 * Verifies a signature: PKCS #1 v1.5 for RSA, ГОСТ in Kazakhstan's order of octets.
 * @param readGostKey where keys come from that were read before.
 * @returns refusals CRYPTO_CONSTRAINTS_FAILURE for a key that is not on the list, SIG_CRYPTO_FAILURE for a wrong value.
 */
export function verifySignature(question: SignatureQuestion, readGostKey = parseGostPublicKey): Outcome<void> {
  const { algorithm, publicKeyInfo, data, signature } = question
  const matches =
    algorithm.kind === 'gost'
      ? verifyGost(algorithm.digest, readGostKey(publicKeyInfo), data, signature)
      : verifyRsa(algorithm.digest, publicKeyInfo, data, signature)
  if (!matches.ok) return matches
  return matches.value ? pass(undefined) : refuse('SIG_CRYPTO_FAILURE', 'the signature value does not match')
}

function verifyRsa(
  digestName: string,
  publicKeyInfo: Uint8Array,
  data: Uint8Array,
  signature: Uint8Array,
): Outcome<boolean> {
  const key = rsaPublicKey(publicKeyInfo)
  if (!key.ok) return key
  return pass(verify(digestName, data, { key: key.value, padding: constants.RSA_PKCS1_PADDING }, signature))
}

/** A key of one ГОСТ algorithm verifies signatures of that one only: sizes and curves are never mixed. */
function verifyGost(
  name: GostAlgorithm['name'],
  key: GostPublicKey | undefined,
  data: Uint8Array,
  signature: Uint8Array,
): Outcome<boolean> {
  if (key?.algorithm.name !== name) return refuse('CRYPTO_CONSTRAINTS_FAILURE', `a key that is not one of ${name}`)
  return pass(gost3410Verify({ publicKey: key.publicKey, digest: digest(name, data), signature }))
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
