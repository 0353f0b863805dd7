import { iinCheckDigit } from '../../../../src/shared/domain/iin.ts'

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const digits = (value: number, width: number): string => String(value).padStart(width, '0')
const whole = (random: () => number, below: number): number => Math.floor(random() * below)

export function madeUpIin(random: () => number): string {
  for (;;) {
    const date = `${digits(whole(random, 100), 2)}${digits(1 + whole(random, 12), 2)}${digits(1 + whole(random, 28), 2)}`
    const eleven = `${date}${3 + whole(random, 2)}${digits(whole(random, 10_000), 4)}`
    const check = iinCheckDigit(eleven)
    if (check !== undefined) return `${eleven}${check}`
  }
}

/** Check digit by the table of Doc 9303, written out apart from the product's. */
function checkDigit(text: string): string {
  const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const letter = text.charAt(index)
    sum += (letter === '<' ? 0 : alphabet.indexOf(letter)) * ([7, 3, 1][index % 3] ?? 0)
  }
  return String(sum % 10)
}

/** The three lines of an identity card with this ИИН; `optional` stands where the ИИН belongs. */
export function madeUpCard(random: () => number, iin: string, optional = iin): [string, string, string] {
  const number = digits(whole(random, 1e9), 9)
  const upper = `${number}${checkDigit(number)}${optional}<<<`
  const birth = iin.slice(0, 6)
  const expiry = `${digits(27 + whole(random, 9), 2)}0${1 + whole(random, 9)}${digits(1 + whole(random, 28), 2)}`
  const born = `${birth}${checkDigit(birth)}`
  const until = `${expiry}${checkDigit(expiry)}`
  const empty = '<'.repeat(11)
  const composite = checkDigit(`${upper}${born}${until}${empty}`)
  return [
    `IDKAZ${upper}`,
    `${born}${random() < 0.5 ? 'M' : 'F'}${until}KAZ${empty}${composite}`,
    'SARSENOVA<<AIGUL'.padEnd(30, '<'),
  ]
}
