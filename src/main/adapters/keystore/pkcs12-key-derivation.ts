import { createHash } from 'node:crypto'

/** What the derived bytes are for: the diversifier of RFC 7292, B.3. */
export const derivationPurpose = { key: 1, iv: 2, mac: 3 } as const

const BLOCK_OCTETS = { sha1: 64, sha256: 64, sha384: 128, sha512: 128 } as const
export type Pkcs12Digest = keyof typeof BLOCK_OCTETS

/**
 * PKCS#12 key derivation (RFC 7292, B.2).
 * @param options.password BMPString with its two zero octets, see `toBmpPassword`.
 * @returns a buffer that the caller wipes.
 */
export function deriveFromPassword(options: {
  readonly digest: Pkcs12Digest
  readonly purpose: keyof typeof derivationPurpose
  readonly password: Buffer
  readonly salt: Uint8Array
  readonly iterations: number
  readonly length: number
}): Buffer {
  const block = BLOCK_OCTETS[options.digest]
  const diversifier = Buffer.alloc(block, derivationPurpose[options.purpose])
  const input = Buffer.concat([fillBlocks(options.salt, block), fillBlocks(options.password, block)])
  const derived = Buffer.alloc(options.length)
  let filled = 0
  while (filled < derived.length) {
    let hash = createHash(options.digest).update(diversifier).update(input).digest()
    for (let i = 1; i < options.iterations; i++) hash = createHash(options.digest).update(hash).digest()
    hash.copy(derived, filled)
    filled += hash.length
    addToBlocks(input, fillBlocks(hash, block).subarray(0, block))
    hash.fill(0)
  }
  input.fill(0)
  return derived
}

/** The octets repeated to fill whole blocks; nothing stays nothing. */
function fillBlocks(octets: Uint8Array, block: number): Buffer {
  const filled = Buffer.alloc(Math.ceil(octets.length / block) * block)
  for (let i = 0; i < filled.length; i++) filled[i] = octets[i % octets.length] ?? 0
  return filled
}

/** Each block of `input`, a big-endian number, becomes itself + `addend` + 1. */
function addToBlocks(input: Buffer, addend: Buffer): void {
  for (let start = 0; start < input.length; start += addend.length) {
    let carry = 1
    for (let i = addend.length - 1; i >= 0; i--) {
      carry += (input[start + i] ?? 0) + (addend[i] ?? 0)
      input[start + i] = carry & 0xff
      carry >>= 8
    }
  }
}

/**
 * A password as PKCS#12 wants it: UTF-16 big-endian and two zero octets (RFC 7292, B.1). Done octet by octet, because
 * a JavaScript string could not be wiped.
 * @param utf8 the PIN as typed.
 * @returns a buffer that the caller wipes; undefined where the PIN is not UTF-8.
 */
export function toBmpPassword(utf8: Buffer): Buffer | undefined {
  const bmp = Buffer.alloc(2 * utf8.length + 2)
  let written = 0
  for (let i = 0; i < utf8.length; ) {
    const lead = utf8[i++] ?? 0
    const following = lead < 0x80 ? 0 : lead >= 0xf0 ? 3 : lead >= 0xe0 ? 2 : 1
    let codePoint = following === 0 ? lead : lead & (0x3f >> following)
    for (let n = 0; n < following; n++) {
      const next = utf8[i++]
      if (next === undefined || (next & 0xc0) !== 0x80) return undefined
      codePoint = (codePoint << 6) | (next & 0x3f)
    }
    if ((lead >= 0x80 && lead < 0xc2) || codePoint > 0x10_ffff) return undefined
    if (codePoint > 0xffff) written = bmp.writeUInt16BE(0xd800 + ((codePoint - 0x1_0000) >> 10), written)
    written = bmp.writeUInt16BE(codePoint > 0xffff ? 0xdc00 + (codePoint & 0x3ff) : codePoint, written)
  }
  return bmp.subarray(0, written + 2)
}
