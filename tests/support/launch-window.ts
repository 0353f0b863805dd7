import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface OpenWindow {
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
}): Promise<OpenWindow> {
  const executablePath = process.env['ARM_TEST_ELECTRON']
  if (executablePath === undefined) throw new Error('run the window tests through `npm test`: it finds the Electron')
  const settings = options.settings === undefined ? [] : ['--settings', options.settings]
  const asRoot = process.getuid?.() === 0
  const app = await _electron.launch({
    executablePath,
    args: [...(asRoot ? ['--no-sandbox'] : []), root, '--data', options.dataDir, ...settings],
  })
  const page = await app.firstWindow()
  const errors: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(String(error)))
  return { app, page, errors, close: () => app.close() }
}

/** Signs in with the keyboard alone. */
export async function signIn(page: Page, login: string, password = login): Promise<void> {
  await page.getByRole('textbox', { name: 'Логин' }).fill('')
  await page.keyboard.type(login)
  await page.keyboard.press('Tab')
  await page.keyboard.type(password)
  await page.keyboard.press('Enter')
}
