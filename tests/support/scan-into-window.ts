import type { CDPSession, Page } from '@playwright/test'
import { type Layout, scannerKeys } from '../unit/renderer/scanner/keyboards.ts'

/** A scanner's keys come so far apart, milliseconds. */
const SCANNER_GAP_MS = 4

/** What a scanner types into the window: its prefix, the text, Enter. */
export async function scan(page: Page, text: string, layout: Layout): Promise<void> {
  await pressKeys(page, scannerKeys(`\\${text}\n`, layout), SCANNER_GAP_MS)
}

/** Keys as the system gives them to the window: physical key and layout apart, each with its own time. */
export async function pressKeys(page: Page, keys: ReturnType<typeof scannerKeys>, gapMs: number): Promise<void> {
  const devtools: CDPSession = await page.context().newCDPSession(page)
  const begun = Date.now() / 1000
  const sent = keys.flatMap(({ code, key, shift }, index) => {
    const timestamp = begun + (index * gapMs) / 1000
    const typed = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {}
    const common = { code, key, modifiers: shift ? 8 : 0, timestamp }
    return [
      devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...typed, ...common }),
      devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common }),
    ]
  })
  await Promise.all(sent)
  await devtools.detach()
}
