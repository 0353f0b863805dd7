import { createDecipheriv, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { type Asn1Node, octetString, sequence, smallInteger } from '../asn1/asn1-node.ts'
import { MalformedAsn1, readAsn1 } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier, hasNoParameters } from '../x509/algorithm-identifier.ts'
import { deriveFromPassword } from './pkcs12-key-derivation.ts'
import { decryptRc2Cbc } from './rc2.ts'

/** The PIN in the two forms that the schemes take. */
export interface PasswordForms {
  readonly utf8: Buffer
  readonly bmp: Buffer
}

export const MAX_ITERATIONS = { pkcs12: 200_000, pbkdf2: 2_000_000 } as const

const PBES2 = '1.2.840.113549.1.5.13'
const PBKDF2 = '1.2.840.113549.1.5.12'
const PBE_SHA1_3DES = '1.2.840.113549.1.12.1.3'
const PBE_SHA1_RC2_40 = '1.2.840.113549.1.12.1.6'
const HMAC_DIGESTS: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.11': 'sha512',
}
const HMAC_SHA1: AlgorithmIdentifier = { oid: '1.2.840.113549.2.7' }
const AES_CBC: Readonly<Record<string, { readonly cipher: string; readonly keyOctets: number }>> = {
  '2.16.840.1.101.3.4.1.2': { cipher: 'aes-128-cbc', keyOctets: 16 },
  '2.16.840.1.101.3.4.1.22': { cipher: 'aes-192-cbc', keyOctets: 24 },
  '2.16.840.1.101.3.4.1.42': { cipher: 'aes-256-cbc', keyOctets: 32 },
}
const BLOCK = 8

/**
 * Decrypts what a PKCS#12 file holds: PBES2 with PBKDF2 and AES-CBC as OpenSSL 3 writes it, and the two old schemes
 * of RFC 7292 that НУЦ writes.
 * @returns a buffer that the caller wipes.
 * @throws MalformedAsn1 for an unknown scheme, absurd parameters, or a plaintext whose padding is wrong.
 */
export async function decryptWithPassword(
  algorithm: AlgorithmIdentifier,
  ciphertext: Uint8Array,
  password: PasswordForms,
): Promise<Buffer> {
  const parameters = sequence(parametersOf(algorithm))
  if (algorithm.oid === PBES2) return decryptPbes2(parameters, ciphertext, password.utf8)
  if (algorithm.oid === PBE_SHA1_3DES) return decryptPbe3Des(parameters, ciphertext, password.bmp)
  if (algorithm.oid === PBE_SHA1_RC2_40) return decryptPbeRc2(parameters, ciphertext, password.bmp)
  throw new MalformedAsn1(`unknown encryption ${algorithm.oid}`)
}

/** RFC 8018, 6.2. */
async function decryptPbes2(parameters: readonly Asn1Node[], ciphertext: Uint8Array, pin: Buffer): Promise<Buffer> {
  const derivation = algorithmIdentifier(parameters[0])
  const scheme = algorithmIdentifier(parameters[1])
  const aes = Object.hasOwn(AES_CBC, scheme.oid) ? AES_CBC[scheme.oid] : undefined
  if (derivation.oid !== PBKDF2 || aes === undefined) throw new MalformedAsn1('unknown PBES2 scheme')
  const key = await derivePbkdf2(derivation, pin, aes.keyOctets)
  const iv = octetString(parametersOf(scheme))
  return decryptBlocks(aes.cipher, key, iv, ciphertext)
}

/** RFC 8018, 5.2 and A.2. */
async function derivePbkdf2(algorithm: AlgorithmIdentifier, pin: Buffer, keyOctets: number): Promise<Buffer> {
  const [salt, iterations, ...optional] = sequence(parametersOf(algorithm))
  const fields = [...optional]
  const length = fields[0]?.idBlock.tagNumber === 2 ? smallInteger(fields.shift()) : keyOctets
  const prf = fields.length > 0 ? algorithmIdentifier(fields.shift()) : HMAC_SHA1
  const digest = Object.hasOwn(HMAC_DIGESTS, prf.oid) ? HMAC_DIGESTS[prf.oid] : undefined
  if (digest === undefined || !hasNoParameters(prf) || length !== keyOctets || fields.length > 0) {
    throw new MalformedAsn1('unknown PBKDF2 parameters')
  }
  const count = boundedIterations(iterations, MAX_ITERATIONS.pbkdf2)
  return promisify(pbkdf2)(pin, octetString(salt), count, keyOctets, digest)
}

function decryptPbe3Des(parameters: readonly Asn1Node[], ciphertext: Uint8Array, password: Buffer): Buffer {
  const { derive } = pbeParameters(parameters, password)
  return decryptBlocks('des-ede3-cbc', derive('key', 24), derive('iv', BLOCK), ciphertext)
}

function decryptPbeRc2(parameters: readonly Asn1Node[], ciphertext: Uint8Array, password: Buffer): Buffer {
  const { derive } = pbeParameters(parameters, password)
  if (ciphertext.length === 0 || ciphertext.length % BLOCK !== 0) throw new MalformedAsn1('not whole blocks')
  const key = derive('key', 5)
  const padded = decryptRc2Cbc({ key, effectiveBits: 40, iv: derive('iv', BLOCK), ciphertext })
  key.fill(0)
  const padding = padded.at(-1) ?? 0
  const rightlyPadded =
    padding >= 1 && padding <= BLOCK && padded.subarray(-padding).every((octet) => octet === padding)
  if (!rightlyPadded) throw new MalformedAsn1('padding wrong')
  return padded.subarray(0, padded.length - padding)
}

/** RFC 7292, C: salt and iterations. */
function pbeParameters([salt, iterations, ...surplus]: readonly Asn1Node[], password: Buffer) {
  if (surplus.length > 0) throw new MalformedAsn1('pkcs-12PbeParams')
  const count = boundedIterations(iterations, MAX_ITERATIONS.pkcs12)
  const saltOctets = octetString(salt)
  const derive = (purpose: 'key' | 'iv', length: number) =>
    deriveFromPassword({ digest: 'sha1', purpose, password, salt: saltOctets, iterations: count, length })
  return { derive }
}

/** Wipes the key. */
function decryptBlocks(cipher: string, key: Buffer, iv: Uint8Array, ciphertext: Uint8Array): Buffer {
  const parts: Buffer[] = []
  try {
    const decipher = createDecipheriv(cipher, key, iv)
    parts.push(decipher.update(ciphertext), decipher.final())
    return Buffer.concat(parts)
  } catch {
    throw new MalformedAsn1('cannot be decrypted')
  } finally {
    for (const secret of [key, ...parts]) secret.fill(0)
  }
}

function parametersOf({ parameters = Buffer.alloc(0) }: AlgorithmIdentifier): Asn1Node {
  return readAsn1(parameters, { encoding: 'ber' })
}

/** @throws MalformedAsn1 beyond `max`: a hostile file must not keep the workstation busy. */
export function boundedIterations(node: Asn1Node | undefined, max: number): number {
  const iterations = smallInteger(node)
  if (iterations < 1 || iterations > max) throw new MalformedAsn1('iteration count out of bounds')
  return iterations
}
