import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { launchTwin } from './launch-twin.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface OpenWindow {
  /** The main process; out of reach where the packed twin is driven. */
  readonly app: ElectronApplication
  readonly page: Page
  /** Console messages of severity error, content-security-policy violations among them. */
  readonly errors: readonly string[]
  close(): Promise<void>
}

/** The built application in the Electron that the test command found, with a data folder of its own. */
export async function launchWindow(options: {
  readonly dataDir: string
  /** An administrator's file: a real workplace. */
  readonly settings?: string
  /** In place of the Electron that the test command found: a starter of it. */
  readonly starter?: string
}): Promise<OpenWindow> {
  const packed = process.env['ARM_TEST_TWIN']
  if (packed !== undefined) return launchPackedTwin(packed, options)
  const executablePath = options.starter ?? process.env['ARM_TEST_ELECTRON']
  if (executablePath === undefined) throw new Error('run the window tests through `npm test`: it finds the Electron')
  const settings = options.settings === undefined ? [] : ['--settings', options.settings]
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath,
    args: [...(asRoot ? ['--no-sandbox'] : []), root, '--data', options.dataDir, ...settings],
  })
  const page = await app.firstWindow()
  return { app, page, errors: errorsOf(page), close: () => app.close() }
}

async function launchPackedTwin(
  packed: string,
  options: { readonly dataDir: string; readonly settings?: string },
): Promise<OpenWindow> {
  if (options.settings !== undefined) throw new Error('a packed application takes no settings from a test')
  const { page, close } = await launchTwin({ packed, dataDir: options.dataDir })
  return {
    get app(): ElectronApplication {
      throw new Error('the main process of a packed application is out of reach')
    },
    page,
    errors: errorsOf(page),
    close,
  }
}

function errorsOf(page: Page): readonly string[] {
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return errors
}

/** Signs in with the keyboard alone. */
export async function signIn(page: Page, login: string, password = login): Promise<void> {
  await page.getByRole('textbox', { name: 'Логин' }).fill('')
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}
