import { expect, test } from 'vitest'
import { generatePassword } from '../../../../src/stand/portal/generate-password.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%*+-=?@|'

test('a password is 12 characters of the alphabet with all four classes', () => {
  for (let round = 0; round < 2000; round += 1) {
    const password = generatePassword().toString('latin1')
    expect(password).toHaveLength(12)
    expect(Array.from(password).every((character) => ALPHABET.includes(character))).toBe(true)
    for (const characters of [/[A-Z]/, /[a-z]/, /[0-9]/, /[!#$%*+\-=?@|]/]) expect(password).toMatch(characters)
  }
})

test('no position and no character is favoured', () => {
  const rounds = 20_000
  const counts = new Map<string, number>()
  for (let round = 0; round < rounds; round += 1) {
    const password = generatePassword().toString('latin1')
    Array.from(password).forEach((character, position) => {
      const key = `${position}${character}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    })
  }
  const classes = [/[A-Z]/, /[a-z]/, /[0-9]/, /[!#$%*+\-=?@|]/]
  for (const characters of classes) {
    const members = Array.from(ALPHABET).filter((character) => characters.test(character))
    const seen = members.flatMap((character) =>
      Array.from({ length: 12 }, (_, at) => counts.get(`${at}${character}`) ?? 0),
    )
    const mean = seen.reduce((sum, count) => sum + count, 0) / seen.length
    // Six standard deviations of a count: a fair generator leaves them once in millions of runs.
    for (const count of seen) expect(Math.abs(count - mean)).toBeLessThan(6 * Math.sqrt(mean))
  }
})
