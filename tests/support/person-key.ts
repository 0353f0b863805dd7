import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { OpenWindow } from './launch-window.ts'

/** The system's dialog for a key file is answered with one of the stand's people's: a driver cannot press it. */
export async function answerWithKey(window: OpenWindow, dataDir: string, wanted: string): Promise<void> {
  const folder = path.join(dataDir, 'stand')
  const names = await readdir(folder, { recursive: true })
  const found = names.find((name) => path.basename(name) === wanted)
  if (found === undefined) throw new Error(`the stand has no ${wanted}`)
  await window.app.evaluate(
    ({ dialog }, chosen) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
    },
    path.join(folder, found),
  )
}
