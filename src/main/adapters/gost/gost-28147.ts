/**
 * id-GostR3411-94-TestParamSet, RFC 4357 section 11.2: the S-box that Kazakhstan's ГОСТ 34.311-95 uses. Line K₁
 * substitutes the least significant four bits.
 */
const TEST_PARAM_SET = [
  '4a92d80e6b1c7f53',
  'eb4c6dfa23810759',
  '581da342efc7609b',
  '7da1089fe46cb253',
  '6c715fd84a9e03b2',
  '4ba0721d36859cfe',
  'db413f590ae7682c',
  '1fd057a4923e6b8c',
].map((line) => Array.from(line, (digit) => Number.parseInt(digit, 16)))

/** The eight S-boxes taken in pairs and already rotated by 11 bits: entry `256 * i + octet` for octet `i` of a word. */
const SUBSTITUTED_AND_ROTATED = Int32Array.from({ length: 4 * 256 }, (_, entry) => {
  const place = entry >> 8
  const lower = TEST_PARAM_SET[2 * place]?.[entry & 15] ?? 0
  const upper = TEST_PARAM_SET[2 * place + 1]?.[(entry >> 4) & 15] ?? 0
  const word = ((upper << 4) | lower) << (8 * place)
  return (word << 11) | (word >>> 21)
})

export interface Gost28147Block {
  /** Eight 32-bit words. */
  readonly key: Int32Array
  /** Words `2 * block` (the lower half) and `2 * block + 1` are encrypted. */
  readonly source: Int32Array
  /** Receives the result in the same two words. */
  readonly target: Int32Array
  readonly block: number
}

/** Encrypts one 64-bit block with ГОСТ 28147-89 (RFC 5830): the building brick of ГОСТ 34.311-95, nothing else here. */
export function encryptGost28147({ key, source, target, block }: Gost28147Block): void {
  let a = source[2 * block] as number
  let b = source[2 * block + 1] as number
  for (let round = 0; round < 32; round++) {
    const mixed = (a + (key[round < 24 ? round & 7 : 31 - round] as number)) | 0
    const substituted =
      (SUBSTITUTED_AND_ROTATED[mixed & 255] as number) ^
      (SUBSTITUTED_AND_ROTATED[256 | ((mixed >>> 8) & 255)] as number) ^
      (SUBSTITUTED_AND_ROTATED[512 | ((mixed >>> 16) & 255)] as number) ^
      (SUBSTITUTED_AND_ROTATED[768 | (mixed >>> 24)] as number)
    const next = b ^ substituted
    b = a
    a = next
  }
  // The last round does not exchange the halves.
  target[2 * block] = b
  target[2 * block + 1] = a
}
