import type { GostHash } from './gost-hash.ts'
import { streebogIterationConstants, streebogTables } from './streebog-tables.ts'

export interface StreebogOptions {
  /** Length of the digest. */
  readonly bits: 256 | 512
}

/**
 * Streebog (Стрибог): GOST R 34.11-2012, RFC 6986; Kazakhstan's name is ГОСТ 34.11-2015. The digest comes in the
 * order of every library and of НУЦ, least significant octet first; RFC 6986 prints it reversed.
 */
export function createStreebog({ bits }: StreebogOptions): GostHash {
  return new Streebog(bits / 8)
}

const { low, high } = streebogTables
const BLOCK = 64
const WORDS = 16
const ZERO = new Int32Array(WORDS)

/** h, Σ and N of RFC 6986 section 8 as 32-bit words, the least significant first, and the block being filled. */
class Streebog implements GostHash {
  readonly outputLength: number
  readonly #hash = new Int32Array(WORDS)
  readonly #sum = new Int32Array(WORDS)
  readonly #bitsBefore = new Int32Array(WORDS)
  readonly #message = new Int32Array(WORDS)
  readonly #key = new Int32Array(WORDS)
  readonly #nextKey = new Int32Array(WORDS)
  readonly #state = new Int32Array(WORDS)
  readonly #nextState = new Int32Array(WORDS)
  readonly #block = new Uint8Array(BLOCK)
  readonly #blockView = new DataView(this.#block.buffer)
  #filled = 0
  #bytesBefore = 0
  #spent = false

  constructor(outputLength: number) {
    this.outputLength = outputLength
    this.#hash.fill(outputLength === 32 ? 0x01010101 : 0)
  }

  update(chunk: Uint8Array): this {
    this.#assertNotSpent()
    for (let offset = 0; offset < chunk.length; ) {
      const portion = chunk.subarray(offset, offset + BLOCK - this.#filled)
      this.#block.set(portion, this.#filled)
      this.#filled += portion.length
      offset += portion.length
      if (this.#filled === BLOCK) this.#absorbBlock()
    }
    return this
  }

  digest(): Uint8Array {
    this.#assertNotSpent()
    this.#spent = true
    const length = this.#bytesBefore + this.#filled
    this.#block.fill(0, this.#filled)
    this.#block[this.#filled] = 1
    this.#absorbBlock()
    setBitLength(this.#bitsBefore, length)
    this.#compress(ZERO, this.#bitsBefore)
    this.#compress(ZERO, this.#sum)
    this.#hash.forEach((word, index) => {
      this.#blockView.setInt32(4 * index, word, true)
    })
    return this.#block.slice(BLOCK - this.outputLength)
  }

  #absorbBlock(): void {
    for (let i = 0; i < WORDS; i++) this.#message[i] = this.#blockView.getInt32(4 * i, true)
    setBitLength(this.#bitsBefore, this.#bytesBefore)
    this.#compress(this.#bitsBefore, this.#message)
    addModulo512(this.#sum, this.#message)
    this.#bytesBefore += BLOCK
    this.#filled = 0
  }

  /** h = g_N(h, m), section 7: the twelve-round cipher E, its key schedule running beside it, in Miyaguchi–Preneel. */
  #compress(counter: Int32Array, message: Int32Array): void {
    const key = this.#key
    const nextKey = this.#nextKey
    const state = this.#state
    const nextState = this.#nextState
    state.set(message)
    lpsx(this.#hash, counter, key)
    // Two rounds at a time, to and fro between the buffers: copying or swapping them costs a quarter of the speed.
    for (const [even, odd] of streebogIterationConstants) {
      lpsx(key, state, nextState)
      lpsx(key, even, nextKey)
      lpsx(nextKey, nextState, state)
      lpsx(nextKey, odd, key)
    }
    xorInto(this.#hash, key)
    xorInto(this.#hash, state)
    xorInto(this.#hash, message)
  }

  #assertNotSpent(): void {
    if (this.#spent) throw new Error('the digest has been taken')
  }
}

/** out = L(P(S(a ⊕ b))). `out` is neither `a` nor `b`. */
function lpsx(a: Int32Array, b: Int32Array, out: Int32Array): void {
  // A half is the lower or the upper 32 bits of every 64-bit word; its four octets make four words of the result.
  for (let half = 0; half < 2; half++) {
    let low0 = 0
    let high0 = 0
    let low1 = 0
    let high1 = 0
    let low2 = 0
    let high2 = 0
    let low3 = 0
    let high3 = 0
    for (let word = 0; word < 8; word++) {
      const octets = (a[2 * word + half] as number) ^ (b[2 * word + half] as number)
      const row = 256 * word
      const at0 = row | (octets & 255)
      const at1 = row | ((octets >>> 8) & 255)
      const at2 = row | ((octets >>> 16) & 255)
      const at3 = row | (octets >>> 24)
      low0 ^= low[at0] as number
      high0 ^= high[at0] as number
      low1 ^= low[at1] as number
      high1 ^= high[at1] as number
      low2 ^= low[at2] as number
      high2 ^= high[at2] as number
      low3 ^= low[at3] as number
      high3 ^= high[at3] as number
    }
    const first = 8 * half
    out[first] = low0
    out[first + 1] = high0
    out[first + 2] = low1
    out[first + 3] = high1
    out[first + 4] = low2
    out[first + 5] = high2
    out[first + 6] = low3
    out[first + 7] = high3
  }
}

function xorInto(words: Int32Array, other: Int32Array): void {
  for (let i = 0; i < WORDS; i++) words[i] = (words[i] as number) ^ (other[i] as number)
}

function addModulo512(sum: Int32Array, addend: Int32Array): void {
  let carry = 0
  for (let i = 0; i < WORDS; i++) {
    const word = ((sum[i] as number) >>> 0) + ((addend[i] as number) >>> 0) + carry
    sum[i] = word
    carry = word > 0xffffffff ? 1 : 0
  }
}

/** A JavaScript length stays below 2^53 octets, so two words hold the bits. */
function setBitLength(words: Int32Array, octets: number): void {
  words[0] = octets << 3
  words[1] = Math.floor(octets / 2 ** 29)
}
