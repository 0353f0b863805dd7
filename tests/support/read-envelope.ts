import { execFileSync } from 'node:child_process'

/** What a citizen reads on the printed envelope, through poppler. */
export function readEnvelope(pdf: string): { readonly text: string; readonly password: string } {
  const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' })
  const tokens = text.split(/\s+/)
  const password = tokens.find((token) => isPortalPassword(token))
  if (password === undefined) throw new Error(`no password on the page:\n${text}`)
  return { text, password }
}

/** Twelve characters with a lower-case letter, an upper-case letter, a digit and a sign: no other word is like it. */
function isPortalPassword(token: string): boolean {
  return /^[!-~]{12}$/.test(token) && [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].every((kind) => kind.test(token))
}
