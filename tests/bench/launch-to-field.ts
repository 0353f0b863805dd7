import path from 'node:path'
import { _electron, type Page } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..', '..')

export interface StartTimes {
  /** From the start of the process to a focused login field, milliseconds. */
  readonly toSignIn: number
  /** From the sign-in submitted to a focused ИИН field. */
  readonly toIin: number
}

/** One start of the built application, signed in by a script that does not wait. */
export async function startWorkstation(dataDir: string): Promise<StartTimes> {
  const started = await startAndFocus([root, '--data', dataDir])
  try {
    const toIin: number = await started.page.evaluate(SIGN_IN)
    return { toSignIn: started.ms, toIin }
  } finally {
    await started.close()
  }
}

/** One start of a window with nothing behind it. @returns milliseconds. */
export async function startEmptyWindow(): Promise<number> {
  const { ms, close } = await startAndFocus([path.join(import.meta.dirname, 'empty-window')])
  await close()
  return ms
}

/** Begins at once, and notes the moment in the page itself: polling from outside would add its own pace. */
const SIGN_IN = `new Promise((resolve) => {
  const begin = performance.now()
  document.addEventListener('focusin', ({ target }) => {
    if (target.id === 'iin') resolve(performance.now() - begin)
  })
  document.querySelector('#login').value = 'operator'
  document.querySelector('#password').value = 'operator'
  document.querySelector('form').requestSubmit()
})`

async function startAndFocus(args: readonly string[]): Promise<{ ms: number; page: Page; close(): Promise<void> }> {
  const executablePath = process.env['ARM_TEST_ELECTRON']
  if (executablePath === undefined) throw new Error('run this through `npm run bench`: it finds the Electron')
  const asRoot = process.getuid?.() === 0
  const begin = performance.now()
  const app = await _electron.launch({ executablePath, args: [...(asRoot ? ['--no-sandbox'] : []), ...args] })
  const page = await app.firstWindow()
  await page.locator('#login:focus').waitFor()
  return { ms: performance.now() - begin, page, close: () => app.close() }
}
