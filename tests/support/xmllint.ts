import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Says in a skipped test why it was skipped. */
export const xmllintMissing = spawnSync('xmllint', ['--version']).error !== undefined

/**
 * Judges documents by libxml2, in one process for all of them.
 * @param options.schema path of an XSD; without it only well-formedness and namespaces are judged.
 * @returns one verdict a document, in their order.
 */
export function xmllintAccepts(options: {
  readonly documents: readonly (string | Uint8Array)[]
  readonly schema?: string
}): readonly boolean[] {
  const folder = mkdtempSync(join(tmpdir(), 'xmllint-'))
  try {
    const files = options.documents.map((document, index) => {
      const file = join(folder, `${index}.xml`)
      writeFileSync(file, document)
      return file
    })
    const schema = options.schema === undefined ? [] : ['--schema', options.schema]
    const { stderr, error } = spawnSync('xmllint', ['--nonet', '--noout', ...schema, ...files], {
      encoding: 'utf8',
      // A line for each document, and some for each mistake in it.
      maxBuffer: 16 << 20,
    })
    if (error) throw error
    if (/Schemas parser error|failed to compile/.test(stderr)) throw new Error(stderr.slice(0, 2000))
    const lines = stderr.split('\n')
    if (options.schema !== undefined) return files.map((file) => lines.includes(`${file} validates`))
    // A namespace name need not be a valid URI to be a name; libxml2 alone minds.
    const errors = lines.filter((line) => line.includes(' error : ') && !line.endsWith('is not a valid URI'))
    return files.map((file) => !errors.some((line) => line.startsWith(`${file}:`)))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** Why xmllint refuses one document, for the message of a failing test. */
export function xmllintComplaint(document: string | Uint8Array, schema: string): string {
  const { stderr } = spawnSync('xmllint', ['--nonet', '--noout', '--schema', schema, '-'], {
    encoding: 'utf8',
    input: document,
  })
  return stderr
}
