import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { installPackaged, ORDINARY_USER, type PackagedApp } from './packaged-app.ts'

let installed: PackagedApp | undefined

/** The packed twin, installed once for a run of tests. */
function install(packed: string): PackagedApp {
  if (installed !== undefined) return installed
  const place = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-twin-'))
  chmodSync(place, 0o755)
  const folder = path.join(place, 'app')
  mkdirSync(folder)
  installed = installPackaged(packed, folder)
  process.once('exit', () => rmSync(place, { recursive: true, force: true }))
  return installed
}

/**
 * Starts the packed twin as an ordinary user in Chromium's sandbox, with a data folder of the test's choice in the
 * place where a packed application looks for it, and drives it over its remote-debugging port.
 */
export async function launchTwin(options: {
  readonly packed: string
  readonly dataDir: string
}): Promise<{ readonly page: Page; close(): Promise<void> }> {
  const app = install(options.packed)
  const dataDir = path.resolve(options.dataDir)
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  chmodSync(path.dirname(dataDir), 0o755)
  // Console commands of a test run as the test's own user; the files are to be the workstation's.
  if (process.getuid?.() === 0) spawnSync('chown', ['-R', `${ORDINARY_USER}:${ORDINARY_USER}`, dataDir])
  const root = mkdtempSync(path.join(os.tmpdir(), 'arm-tson-twin-data-'))
  chmodSync(root, 0o755)
  mkdirSync(path.join(root, 'arm-tson'))
  symlinkSync(dataDir, path.join(root, 'arm-tson', 'training'))
  const running = app.start(['--training', '--remote-debugging-port=0'], { env: { XDG_DATA_HOME: root } })
  try {
    const address = await listeningAt(running.output)
    const browser = await chromium.connectOverCDP(address)
    const [context] = browser.contexts()
    const page = context?.pages()[0] ?? (await context?.waitForEvent('page'))
    if (page === undefined) throw new Error('the twin has no window')
    return {
      page,
      async close() {
        await browser.close()
        await running.stop()
        rmSync(root, { recursive: true, force: true })
      },
    }
  } catch (error) {
    await running.stop()
    throw error
  }
}

async function listeningAt(output: { readonly stderr: string }): Promise<string> {
  for (let attempt = 0; attempt < 300; attempt++) {
    const address = /DevTools listening on (ws:\S+)/.exec(output.stderr)?.[1]
    if (address !== undefined) return address
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`the twin does not listen: ${output.stderr.slice(-500)}`)
}
