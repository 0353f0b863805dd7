import { randomInt } from 'node:crypto'

/** Every issued password has at least one character of each class. None of them needs care in a shell or a form. */
const CLASSES = ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz', '0123456789', '!#$%*+-=?@|'].map(
  (characters) => Buffer.from(characters, 'latin1'),
)
const ALPHABET = Buffer.concat(CLASSES)
const LENGTH = 12

/**
 * Draws passwords until one has all four classes: so every allowed password is equally likely. `randomInt` has no
 * modulo bias.
 * @returns 12 ASCII characters. The caller wipes them.
 */
export function generatePassword(): Buffer {
  // Not `alloc`: the engine keeps small arrays on its heap, moves them about, and leaves copies behind.
  const password = Buffer.from(new ArrayBuffer(LENGTH))
  do {
    for (let position = 0; position < LENGTH; position += 1) password[position] = pick(ALPHABET)
  } while (!CLASSES.every((characters) => characters.some((character) => password.includes(character))))
  return password
}

function pick(characters: Buffer): number {
  return characters.readUInt8(randomInt(characters.length))
}
