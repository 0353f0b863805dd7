import { randomBytes } from 'node:crypto'
import { open, readdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
// As in the workbook's writer: the Node build starts with a createRequire that the bundler's collides with.
import { strToU8, zipSync } from 'fflate/browser'
import { writeWholeFile } from '../files/write-whole-file.ts'

const TAIL_BYTES = 256 << 10

/** Parts of a bundle: a name in the archive, and its text. */
export type BundleParts = Readonly<Record<string, string>>

/** A ZIP of texts, whole or not at all, for its owner alone. @throws the system's error. */
export async function writeBundle(file: string, parts: BundleParts): Promise<void> {
  const entries = Object.entries(parts).map(([name, text]) => [name, strToU8(redact(text))] as const)
  const bytes = zipSync(Object.fromEntries(entries), { level: 6 })
  const part = `${file}.${randomBytes(6).toString('hex')}.partial`
  await writeWholeFile({ bytes, part, file, mayTake: async () => true })
}

/**
 * The last thing before a text leaves, whatever made it: every run of twelve digits could be an ИИН, and the home folder
 * bears a person's name.
 */
export function redact(text: string, home: string = os.homedir()): string {
  const withoutHome =
    home.length > 1 ? text.replaceAll(home, '~').replaceAll(JSON.stringify(home).slice(1, -1), '~') : text
  return withoutHome.replace(/(?<![0-9a-f])[0-9]{12}(?![0-9a-f])/gi, '************')
}

/** The newest lines of each file of the technical log. */
export async function readLogTails(folder: string): Promise<BundleParts> {
  const names = await readdir(folder).catch(() => [])
  const logs = names.filter((name) => /^app(\.[0-9])?\.log$/.test(name)).toSorted()
  const tails = await Promise.all(
    logs.map(async (name) => [`logs/${name}`, await tailOf(path.join(folder, name))] as const),
  )
  return Object.fromEntries(tails)
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const from = Math.max(0, size - TAIL_BYTES)
    const bytes = Buffer.alloc(size - from)
    await handle.read(bytes, 0, bytes.length, from)
    const text = bytes.toString('utf8')
    return from === 0 ? text : text.slice(text.indexOf('\n') + 1)
  } finally {
    await handle.close()
  }
}
