import { webcrypto } from 'node:crypto'

const RSA_SHA256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const

/** A new RSA-2048 key for signatures with SHA-256. WebCrypto makes it off the main thread, so several grow at once. */
export async function generateRsaKeyPair(): Promise<webcrypto.CryptoKeyPair> {
  const publicExponent = new Uint8Array([1, 0, 1])
  return webcrypto.subtle.generateKey({ ...RSA_SHA256, modulusLength: 2048, publicExponent }, true, ['sign', 'verify'])
}

/** @returns PKCS#8, DER. The caller wipes it. */
export async function exportPkcs8(key: webcrypto.CryptoKey): Promise<Buffer> {
  return Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key))
}

export async function importPkcs8(pkcs8: Uint8Array): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('pkcs8', pkcs8, RSA_SHA256, false, ['sign'])
}
