import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { inflateSync } from 'node:zlib'

/** Files below a folder that hold a text in UTF-8, UTF-16, base64, hex or a compressed PDF stream. */
export function filesHolding(folder: string, text: string): string[] {
  const forms = [
    Buffer.from(text),
    Buffer.from(text, 'utf16le'),
    ...[0, 1, 2].map((offset) => base64Core(text, offset)),
    Buffer.from(Buffer.from(text).toString('hex')),
  ]
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file)
      return [bytes, ...inflatedStreams(bytes)].some((content) => forms.some((form) => content.includes(form)))
    })
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
