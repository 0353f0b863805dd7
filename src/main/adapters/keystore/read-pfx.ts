import {
  type Asn1Node,
  contextChildren,
  contextPrimitive,
  encoding,
  isContext,
  joinPieces,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  smallInteger,
} from '../asn1/asn1-node.ts'
import { MalformedAsn1, readAsn1 } from '../asn1/read-asn1.ts'
import { type AlgorithmIdentifier, algorithmIdentifier } from '../x509/algorithm-identifier.ts'
import {
  boundedIterations,
  decryptWithPassword,
  MAX_ITERATIONS,
  type PasswordForms,
} from './password-based-encryption.ts'

/** A PFX (RFC 7292, 4) before anything in it is decrypted. */
export interface Pfx {
  /** What the MAC covers. */
  readonly authenticatedSafe: Uint8Array
  readonly mac: {
    readonly digestAlgorithm: AlgorithmIdentifier
    readonly value: Uint8Array
    readonly salt: Uint8Array
    readonly iterations: number
  }
}

/** What a file holds of interest. */
export interface SafeContents {
  readonly keys: { readonly pkcs8: Buffer; readonly localKeyId?: Uint8Array }[]
  readonly certificates: { readonly der: Uint8Array; readonly localKeyId?: Uint8Array }[]
}

const contentTypes = { data: '1.2.840.113549.1.7.1', encryptedData: '1.2.840.113549.1.7.6' } as const
const bagTypes = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
} as const
const X509_CERTIFICATE = '1.2.840.113549.1.9.22.1'
const LOCAL_KEY_ID = '1.2.840.113549.1.9.21'

/** НУЦ writes indefinite lengths, so all of it is read as BER. @throws MalformedAsn1, also where there is no MAC. */
export function readPfx(file: Uint8Array): Pfx {
  const [version, authSafe, macData, ...surplus] = sequence(readBer(file))
  if (smallInteger(version) !== 3 || surplus.length > 0) throw new MalformedAsn1('PFX')
  const [contentType, content] = sequence(authSafe)
  if (objectIdentifier(contentType) !== contentTypes.data) throw new MalformedAsn1('PFX without a password')
  const [digestInfo, salt, iterations] = sequence(macData)
  const [digestAlgorithm, value] = sequence(digestInfo)
  return {
    authenticatedSafe: octetString(contextChildren(content, 0)[0]),
    mac: {
      digestAlgorithm: algorithmIdentifier(digestAlgorithm),
      value: octetString(value),
      salt: octetString(salt),
      iterations: iterations === undefined ? 1 : boundedIterations(iterations, MAX_ITERATIONS.pkcs12),
    },
  }
}

/**
 * Opens the bags. Other kinds of bags and contents are passed over.
 * @throws MalformedAsn1; keys found until then are wiped.
 */
export async function openSafes(authenticatedSafe: Uint8Array, password: PasswordForms): Promise<SafeContents> {
  const contents: SafeContents = { keys: [], certificates: [] }
  try {
    for (const contentInfo of sequence(readBer(authenticatedSafe))) {
      const safe = await openContent(contentInfo, password)
      if (safe === undefined) continue
      try {
        for (const bag of sequence(readBer(safe))) await openBag(bag, password, contents)
      } finally {
        safe.fill(0)
      }
    }
    return contents
  } catch (error) {
    for (const key of contents.keys) key.pkcs8.fill(0)
    throw error
  }
}

/** @returns a copy that the caller wipes: a bag may hold a key in the clear. */
async function openContent(contentInfo: Asn1Node, password: PasswordForms): Promise<Buffer | undefined> {
  const [type, explicit] = sequence(contentInfo)
  const contentType = objectIdentifier(type)
  if (contentType === contentTypes.data) return Buffer.from(octetString(contextChildren(explicit, 0)[0]))
  if (contentType !== contentTypes.encryptedData) return undefined
  const [, encryptedContentInfo] = sequence(contextChildren(explicit, 0)[0])
  const [, algorithm, ciphertext] = sequence(encryptedContentInfo)
  return decryptWithPassword(algorithmIdentifier(algorithm), implicitOctets(ciphertext), password)
}

/** EncryptedContent is `[0] IMPLICIT OCTET STRING`, in one piece or in several. */
function implicitOctets(node: Asn1Node | undefined): Uint8Array {
  if (!isContext(node, 0)) throw new MalformedAsn1('EncryptedContent')
  return node.idBlock.isConstructed ? joinPieces(contextChildren(node, 0)) : contextPrimitive(node, 0)
}

async function openBag(bag: Asn1Node, password: PasswordForms, contents: SafeContents): Promise<void> {
  const [type, explicit, attributes] = sequence(bag)
  const [value] = contextChildren(explicit, 0)
  const localKeyId = localKeyIdOf(attributes)
  const identified = localKeyId === undefined ? {} : { localKeyId }
  const bagType = objectIdentifier(type)
  if (bagType === bagTypes.key && value !== undefined) {
    contents.keys.push({ pkcs8: Buffer.from(encoding(value)), ...identified })
  } else if (bagType === bagTypes.shroudedKey) {
    const [algorithm, ciphertext] = sequence(value)
    const pkcs8 = await decryptWithPassword(algorithmIdentifier(algorithm), octetString(ciphertext), password)
    contents.keys.push({ pkcs8, ...identified })
  } else if (bagType === bagTypes.certificate) {
    const [kind, wrapped] = sequence(value)
    if (objectIdentifier(kind) !== X509_CERTIFICATE) return
    contents.certificates.push({ der: Uint8Array.from(octetString(contextChildren(wrapped, 0)[0])), ...identified })
  }
}

function localKeyIdOf(attributes: Asn1Node | undefined): Uint8Array | undefined {
  if (attributes === undefined) return undefined
  for (const attribute of setOf(attributes)) {
    const [type, values] = sequence(attribute)
    if (objectIdentifier(type) === LOCAL_KEY_ID) return Uint8Array.from(octetString(setOf(values)[0]))
  }
  return undefined
}

function readBer(bytes: Uint8Array): Asn1Node {
  return readAsn1(bytes, { encoding: 'ber' })
}
