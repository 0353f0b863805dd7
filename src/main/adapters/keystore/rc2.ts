/**
 * RC2 (RFC 2268), decryption only: НУЦ still seals the certificates of its PKCS#12 files with RC2-40, which neither
 * BoringSSL nor OpenSSL's default provider has. It protects nothing but public certificates here.
 */

const BLOCK = 8

// prettier-ignore
const PI_TABLE = Buffer.from(
  'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad',
  'hex',
)

/**
 * Decrypts whole blocks in CBC mode; padding is left to the caller.
 * @param options.effectiveBits RFC 2268's "T1": 40 for RC2-40.
 */
export function decryptRc2Cbc(options: {
  readonly key: Uint8Array
  readonly effectiveBits: number
  readonly iv: Uint8Array
  readonly ciphertext: Uint8Array
}): Buffer {
  const { iv, ciphertext } = options
  if (ciphertext.length % BLOCK !== 0 || iv.length !== BLOCK) throw new RangeError('RC2 takes whole blocks')
  const roundKeys = expandKey(options.key, options.effectiveBits)
  const plaintext = Buffer.alloc(ciphertext.length)
  let previous = Buffer.from(iv)
  for (let offset = 0; offset < ciphertext.length; offset += BLOCK) {
    const block = Buffer.from(ciphertext.subarray(offset, offset + BLOCK))
    decryptBlock(block, roundKeys).forEach((word, i) => {
      plaintext.writeUInt16LE(word ^ previous.readUInt16LE(2 * i), offset + 2 * i)
    })
    previous = block
  }
  roundKeys.fill(0)
  return plaintext
}

/** RFC 2268, 2: sixty-four 16-bit words. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = Buffer.alloc(128)
  bytes.set(key)
  for (let i = key.length; i < 128; i++) bytes[i] = pi(at(bytes, i - 1) + at(bytes, i - key.length))
  const effectiveBytes = Math.ceil(effectiveBits / 8)
  const mask = 0xff >> (8 * effectiveBytes - effectiveBits)
  bytes[128 - effectiveBytes] = pi(at(bytes, 128 - effectiveBytes) & mask)
  for (let i = 127 - effectiveBytes; i >= 0; i--) bytes[i] = pi(at(bytes, i + 1) ^ at(bytes, i + effectiveBytes))
  const words = Uint16Array.from({ length: 64 }, (_, i) => bytes.readUInt16LE(2 * i))
  bytes.fill(0)
  return words
}

/** RFC 2268, 4: five mixing rounds, a mashing round, six, a mashing round, five, all backwards. */
function decryptBlock(block: Buffer, roundKeys: Uint16Array): Uint16Array {
  const r = Uint16Array.from({ length: 4 }, (_, i) => block.readUInt16LE(2 * i))
  const shifts = [1, 2, 3, 5] as const
  let j = 63
  const rMix = (rounds: number) => {
    for (let step = 0; step < 4 * rounds; step++, j--) {
      const i = 3 - (step & 3)
      const [a, b, c] = [at(r, (i + 3) & 3), at(r, (i + 2) & 3), at(r, (i + 1) & 3)]
      const shift = shifts[i] ?? 0
      const word = at(r, i)
      r[i] = ((word >>> shift) | (word << (16 - shift))) - at(roundKeys, j) - (a & b) - (~a & c)
    }
  }
  const rMash = () => {
    for (let i = 3; i >= 0; i--) r[i] = at(r, i) - at(roundKeys, at(r, (i + 3) & 3) & 63)
  }
  rMix(5)
  rMash()
  rMix(6)
  rMash()
  rMix(5)
  return r
}

function pi(index: number): number {
  return at(PI_TABLE, index & 0xff)
}

function at(list: Uint8Array | Uint16Array, index: number): number {
  return list[index] ?? 0
}
