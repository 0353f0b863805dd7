import { open } from 'node:fs/promises'
import path from 'node:path'
import { type BrowserWindow, dialog } from 'electron'
import type { ChooseKeyFile } from '../ipc/create-handlers.ts'

const TITLES = { kk: 'ЭЦҚ кілтінің файлы', ru: 'Файл ключа ЭЦП', en: 'Key file' } as const
/** Many times what a key with its certificates takes. */
const MAX_BYTES = 1 << 20
const MAX_NAME = 200

/** The system's own dialog: the window learns the file's name, and never where it lies. */
export function createChooseKeyFile(browser: BrowserWindow): ChooseKeyFile {
  return async (language) => {
    const { canceled, filePaths } = await dialog.showOpenDialog(browser, {
      title: TITLES[language],
      filters: [{ name: 'PKCS#12', extensions: ['p12', 'pfx'] }],
      properties: ['openFile', 'dontAddToRecent'],
    })
    const [file] = filePaths
    if (canceled || file === undefined) return undefined
    const bytes = await readBounded(file)
    return bytes && { name: path.basename(file).slice(0, MAX_NAME), bytes }
  }
}

async function readBounded(file: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await open(file, 'r')
    try {
      if (!(await handle.stat()).isFile()) return undefined
      const buffer = Buffer.alloc(MAX_BYTES + 1)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0)
      return bytesRead > MAX_BYTES ? undefined : Uint8Array.from(buffer.subarray(0, bytesRead))
    } finally {
      await handle.close()
    }
  } catch {
    return undefined
  }
}
