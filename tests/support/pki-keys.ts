import { generateKeyPairSync, type KeyObject } from 'node:crypto'

export interface TestKeys {
  readonly privateKey: KeyObject
  /** SubjectPublicKeyInfo, DER. */
  readonly publicKeyInfo: Buffer
}

const made = new Map<string, TestKeys>()

/** RSA keys by name: the same name gives the same keys, for making them is slow. */
export function rsaKeys(name: string, { bits = 2048, exponent = 65_537 } = {}): TestKeys {
  const known = made.get(`${name}/${bits}/${exponent}`)
  if (known !== undefined) return known
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits, publicExponent: exponent })
  const keys = { privateKey, publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }) }
  made.set(`${name}/${bits}/${exponent}`, keys)
  return keys
}

export function ecKeys(): TestKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { privateKey, publicKeyInfo: publicKey.export({ format: 'der', type: 'spki' }) }
}
