import { encryptGost28147 } from './gost-28147.ts'
import type { GostHash } from './gost-hash.ts'

/**
 * ГОСТ 34.311-95 (GOST R 34.11-94, RFC 5831) with the S-box that Kazakhstan uses, id-GostR3411-94-TestParamSet.
 * For the old ГОСТ 34.310-2004 signatures only: collisions are within theory's reach, so nothing new signs with it.
 */
export function createGost34311(): GostHash {
  return new Gost34311()
}

const BLOCK = 32
const WORDS = 8
const ZERO = new Int32Array(WORDS)

/** C₃ of section 5.1, the least significant word first; C₂ and C₄ are zero. */
const C3 = Int32Array.of(0xff00ff00, 0xff00ff00, 0x00ff00ff, 0x00ff00ff, 0x00ffff00, 0xff0000ff, 0x000000ff, 0xff00ffff)

/** H, Σ and the length of RFC 5831 section 6, as 32-bit words, the least significant first. */
class Gost34311 implements GostHash {
  readonly outputLength = BLOCK
  #hash: Int32Array = new Int32Array(WORDS)
  readonly #sum = new Int32Array(WORDS)
  readonly #block = new Uint8Array(BLOCK)
  #filled = 0
  #octets = 0
  #spent = false

  update(chunk: Uint8Array): this {
    this.#assertNotSpent()
    for (let offset = 0; offset < chunk.length; ) {
      const portion = chunk.subarray(offset, offset + BLOCK - this.#filled)
      this.#block.set(portion, this.#filled)
      this.#filled += portion.length
      offset += portion.length
      if (this.#filled === BLOCK) this.#absorbBlock()
    }
    this.#octets += chunk.length
    return this
  }

  digest(): Uint8Array {
    this.#assertNotSpent()
    this.#spent = true
    // The standard speaks of no empty message; like every implementation, none of its blocks is hashed then.
    if (this.#filled > 0) {
      this.#block.fill(0, this.#filled)
      this.#absorbBlock()
    }
    const bits = new Int32Array(WORDS)
    bits[0] = this.#octets << 3
    bits[1] = Math.floor(this.#octets / 2 ** 29)
    this.#hash = step(this.#hash, bits)
    this.#hash = step(this.#hash, this.#sum)
    const digest = new DataView(new ArrayBuffer(BLOCK))
    this.#hash.forEach((word, index) => {
      digest.setInt32(4 * index, word, true)
    })
    return new Uint8Array(digest.buffer)
  }

  #absorbBlock(): void {
    const view = new DataView(this.#block.buffer)
    const message = new Int32Array(WORDS)
    for (let i = 0; i < WORDS; i++) message[i] = view.getInt32(4 * i, true)
    this.#hash = step(this.#hash, message)
    addModulo256(this.#sum, message)
    this.#filled = 0
  }

  #assertNotSpent(): void {
    if (this.#spent) throw new Error('the digest has been taken')
  }
}

/** χ(M, H), section 5: four keys, four encryptions of the quarters of H, then the mixing ψ⁶¹(H ⊕ ψ(M ⊕ ψ¹²(S))). */
function step(hash: Int32Array, message: Int32Array): Int32Array {
  const encrypted = new Int32Array(WORDS)
  let u = hash
  let v = message
  for (let quarter = 0; quarter < 4; quarter++) {
    if (quarter > 0) {
      u = xor(transformA(u), quarter === 2 ? C3 : ZERO)
      v = transformA(transformA(v))
    }
    encryptGost28147({ key: transformP(xor(u, v)), source: hash, target: encrypted, block: quarter })
  }
  return mix(xor(hash, mix(xor(message, mix(encrypted, 12)), 1)), 61)
}

/** A(y₄‖y₃‖y₂‖y₁) = (y₁ ⊕ y₂)‖y₄‖y₃‖y₂ over 64-bit parts. */
function transformA(y: Int32Array): Int32Array {
  const out = new Int32Array(WORDS)
  for (let i = 0; i < 6; i++) out[i] = y[i + 2] as number
  out[6] = (y[0] as number) ^ (y[2] as number)
  out[7] = (y[1] as number) ^ (y[3] as number)
  return out
}

/** P: octet 8i + k of the source becomes octet i + 4k, so that word k gathers octet k of every 64-bit part. */
function transformP(y: Int32Array): Int32Array {
  const out = new Int32Array(WORDS)
  for (let k = 0; k < WORDS; k++) {
    const shift = 8 * (k & 3)
    for (let part = 0; part < 4; part++) {
      const octet = ((y[2 * part + (k >> 2)] as number) >>> shift) & 255
      out[k] = (out[k] as number) | (octet << (8 * part))
    }
  }
  return out
}

/** ψ applied `times` times: a shift register of sixteen 16-bit cells with taps 1, 2, 3, 4, 13 and 16. */
function mix(y: Int32Array, times: number): Int32Array {
  const cells = new Uint16Array(16 + times)
  for (let i = 0; i < WORDS; i++) {
    cells[2 * i] = y[i] as number
    cells[2 * i + 1] = (y[i] as number) >>> 16
  }
  for (let i = 0; i < times; i++) {
    // Written out, because a loop over the taps would take most of the hash's time.
    const [y1, y2, y3] = [cells[i] as number, cells[i + 1] as number, cells[i + 2] as number]
    const [y4, y13, y16] = [cells[i + 3] as number, cells[i + 12] as number, cells[i + 15] as number]
    cells[i + 16] = y1 ^ y2 ^ y3 ^ y4 ^ y13 ^ y16
  }
  const out = new Int32Array(WORDS)
  for (let i = 0; i < WORDS; i++) {
    out[i] = (cells[times + 2 * i] as number) | ((cells[times + 2 * i + 1] as number) << 16)
  }
  return out
}

function xor(a: Int32Array, b: Int32Array): Int32Array {
  const out = new Int32Array(WORDS)
  for (let i = 0; i < WORDS; i++) out[i] = (a[i] as number) ^ (b[i] as number)
  return out
}

function addModulo256(sum: Int32Array, addend: Int32Array): void {
  let carry = 0
  for (let i = 0; i < WORDS; i++) {
    const word = ((sum[i] as number) >>> 0) + ((addend[i] as number) >>> 0) + carry
    sum[i] = word
    carry = word > 0xffffffff ? 1 : 0
  }
}
