import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

/** A folder of its own, removed by `remove`. */
export function makeTempDir(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-test-'))
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
