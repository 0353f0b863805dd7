import { readSecret } from './open-workstation.ts'

const MOST_BYTES = 256
const ENTER: ReadonlySet<number> = new Set([0x0a, 0x0d])
const BACKSPACE: ReadonlySet<number> = new Set([0x08, 0x7f])
const CTRL_C = 0x03

/**
 * A password from a file, from standard input up to its first line end, or typed without being shown. Never from an argument,
 * which every user of the machine could read.
 * @returns undefined where there is none, or it is too long.
 */
export async function readPassword(file: string | undefined): Promise<Buffer | undefined> {
  if (file !== undefined) return readSecret(file)
  const { stdin } = process
  const typed = stdin.isTTY
  if (typed) {
    process.stderr.write('Пароль: ')
    stdin.setRawMode(true)
  }
  const bytes: number[] = []
  try {
    for await (const chunk of stdin) {
      const ended = take(chunk as Buffer)
      ;(chunk as Buffer).fill(0)
      if (ended) break
    }
  } finally {
    if (typed) {
      stdin.setRawMode(false)
      process.stderr.write('\n')
    }
  }
  const password = bytes.length > 0 && bytes.length <= MOST_BYTES ? Buffer.from(bytes) : undefined
  bytes.fill(0)
  return password

  /** @returns whether the line has ended. */
  function take(chunk: Buffer): boolean {
    for (const byte of chunk) {
      if (ENTER.has(byte)) return true
      if (typed && byte === CTRL_C) {
        bytes.length = 0
        return true
      }
      if (typed && BACKSPACE.has(byte)) dropCharacter()
      else bytes.push(byte)
      if (bytes.length > MOST_BYTES) return true
    }
    return false
  }

  /** A character of UTF-8 is a first byte and the bytes that go on from it. */
  function dropCharacter(): void {
    while (((bytes.pop() ?? 0) & 0xc0) === 0x80);
  }
}
