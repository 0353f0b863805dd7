import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'

/** A training window in which an operator has signed in, with the focus in the ИИН field. Whoever asks closes it. */
export async function openCounter(dataDir: string): Promise<OpenWindow> {
  const window = await launchWindow({ dataDir })
  try {
    await window.page.locator('#login:focus').waitFor()
    await signIn(window.page, 'operator')
    await window.page.locator('#iin:focus').waitFor()
    return window
  } catch (error) {
    await window.close()
    throw error
  }
}
