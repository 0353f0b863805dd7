import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

/** Files below a folder that hold a text in UTF-8, UTF-16, base64, hex or a compressed PDF stream. */
export function filesHolding(folder: string, text: string): string[] {
  const forms = [...formsOf(text).values()]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return [bytes, ...inflatedStreams(bytes)].some((content) => forms.some((form) => content.includes(form)))
    })
}

/** A text as it may lie somewhere, by name. */
export function formsOf(text: string): Map<string, Buffer> {
  return new Map([
    ['utf-8', Buffer.from(text)],
    ['utf-16', Buffer.from(text, 'utf16le')],
    ...[0, 1, 2].map((offset) => [`base64+${offset}`, base64Core(text, offset)] as const),
    ['hex', Buffer.from(Buffer.from(text).toString('hex'))],
  ])
}

/** What stays of a text in base64 whatever stands around it, for one of the three alignments. */
function base64Core(text: string, offset: number): Buffer {
  const padded = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)])
  const whole = padded.toString('base64').replace(/=+$/, '')
  return Buffer.from(whole.slice(Math.ceil((offset * 8) / 6), Math.floor((padded.length * 8) / 6)))
}

function inflatedStreams(bytes: Buffer): Buffer[] {
  const streams: Buffer[] = []
  for (let at = bytes.indexOf('stream\n'); at !== -1; at = bytes.indexOf('stream\n', at + 1)) {
    const end = bytes.indexOf('endstream', at)
    try {
      streams.push(inflateSync(bytes.subarray(at + 'stream\n'.length, end === -1 ? undefined : end)))
    } catch {
      // Not a compressed stream.
    }
  }
  return streams
}

/**
 * The secret of a printed page as it may lie in memory: its drawing operators, in the clear or as compressed. Each of its
 * characters is a text object of its own; which run of them is the password shows in which of its characters are equal.
 */
export function formsOfPage(pdf: Buffer, password: string): Map<string, Buffer> {
  const forms = new Map<string, Buffer>()
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 1)) {
    const stored = pdf.subarray(at + 'stream\n'.length, pdf.indexOf('endstream', at))
    const inflated = inflatedOrUndefined(stored)
    const operators = (inflated ?? stored).toString('latin1')
    const glyphs = Array.from(operators.matchAll(/<([0-9a-f]{4})> Tj ET/g), ([, glyph]) => glyph ?? '')
    if (pattern(glyphs) !== pattern(Array.from(password))) continue
    const three = /<[0-9a-f]{4}> Tj ET\n[^<]*<[0-9a-f]{4}> Tj ET\n[^<]*<[0-9a-f]{4}>/.exec(operators)?.[0] ?? ''
    forms.set(`operators at ${at}`, Buffer.from(three, 'latin1'))
    if (inflated !== undefined)
      forms.set(`compressed at ${at}`, stored.subarray(stored.length >> 1, (stored.length >> 1) + 32))
  }
  return forms
}

/** Which of them are equal, whatever they are. */
function pattern(items: readonly string[]): string {
  return items.map((item) => items.indexOf(item)).join(' ')
}

function inflatedOrUndefined(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes)
  } catch {
    return undefined
  }
}
