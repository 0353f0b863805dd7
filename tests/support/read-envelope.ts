import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Points. The password stands below the login, no further than this, and its characters are larger than their names. */
const REACH = 85
const SMALLEST_BOX = 11.5
const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
}

/** What a citizen reads on the printed envelope, through poppler. */
export function readEnvelope(file: string): { readonly text: string; readonly password: string } {
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  return { text, password: readPassword(readFileSync(file)) }
}

/** The password's characters from left to right and from row to row, below the login. @throws where there is none. */
export function readPassword(pdf: Buffer): string {
  const html = execFileSync('pdftotext', ['-bbox', '-', '-'], { input: pdf, encoding: 'utf8' })
  const found = html.matchAll(/<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="[-\d.]+" yMax="([-\d.]+)">(.*?)<\/word>/g)
  const words = Array.from(found, ([, left, top, bottom, escaped = '']) => ({
    text: escaped.replace(/&\w+;/g, (entity) => ENTITIES[entity] ?? entity),
    left: Number(left),
    top: Number(top),
    height: Number(bottom) - Number(top),
  }))
  const login = words.find(({ text, height }) => /^\d{12}$/.test(text) && height > SMALLEST_BOX)
  if (login === undefined) throw new Error('no login on the page')
  return words
    .filter(({ left, top, height }) => {
      const below = top - login.top
      return height > SMALLEST_BOX && left > login.left - 3 && below > 8 && below < REACH
    })
    .sort((a, b) => (Math.abs(a.top - b.top) > 2 ? a.top - b.top : a.left - b.left))
    .map(({ text }) => text)
    .join('')
}
