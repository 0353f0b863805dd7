import type { CharacterKind } from './envelope-texts.ts'

/** @param byte printable ASCII. */
export function kindOf(byte: number): CharacterKind {
  if (byte >= 0x30 && byte <= 0x39) return 'digit'
  if (byte >= 0x41 && byte <= 0x5a) return 'upper'
  if (byte >= 0x61 && byte <= 0x7a) return 'lower'
  return 'sign'
}
