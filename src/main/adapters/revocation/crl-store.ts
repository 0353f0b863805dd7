import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** CRLs on disk, by the address that they came from. Nothing is trusted for having been kept: readers judge it anew. */
export interface CrlStore {
  keep(url: string, crl: Uint8Array): Promise<void>
  /** @returns undefined where there is none, or one larger than `maxOctets`. */
  read(url: string, maxOctets: number): Promise<Uint8Array | undefined>
  remove(url: string): Promise<void>
}

/** A folder that cannot be written only costs the next start a question: such errors are passed over. */
export function createCrlStore(options: { readonly folder: string }): CrlStore {
  const fileOf = (url: string): string =>
    path.join(options.folder, `${createHash('sha256').update(url).digest('hex').slice(0, 32)}.crl`)
  return {
    async keep(url, crl) {
      const draft = `${fileOf(url)}.${randomUUID()}.draft`
      try {
        await mkdir(options.folder, { recursive: true, mode: 0o700 })
        await writeFile(draft, crl, { flag: 'wx', mode: 0o600 })
        await rename(draft, fileOf(url))
      } catch {
        await rm(draft, { force: true }).catch(() => undefined)
      }
    },
    async read(url, maxOctets) {
      try {
        return (await stat(fileOf(url))).size <= maxOctets ? await readFile(fileOf(url)) : undefined
      } catch {
        return undefined
      }
    },
    async remove(url) {
      await rm(fileOf(url), { force: true }).catch(() => undefined)
    },
  }
}
