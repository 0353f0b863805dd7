import { trainingAccounts } from './training.ts'

/** `min` in characters, `max` in octets of UTF-8. */
export const passwordLimits = { min: 10, max: 256 } as const

export type PasswordShortcoming = 'short' | 'long' | 'known'

/**
 * What keeps a password from being taken: its length, or that it is the login, or a training word, once or over and over.
 * @param password UTF-8.
 */
export function passwordShortcoming(password: Uint8Array, login: string): PasswordShortcoming | undefined {
  // Counted without making a string of it: every octet of UTF-8 but those that continue a character.
  const characters = password.filter((octet) => (octet & 0xc0) !== 0x80).length
  if (characters < passwordLimits.min) return 'short'
  if (password.length > passwordLimits.max) return 'long'
  const encoder = new TextEncoder()
  const known = [login, ...trainingAccounts.map((account) => account.password)].map((word) => encoder.encode(word))
  // A name written twice is as easy to guess as the name.
  const repeats = known.some(
    (word) => word.length > 0 && password.every((octet, position) => octet === word[position % word.length]),
  )
  return repeats ? 'known' : undefined
}
