import path from 'node:path'
import { expect, type Locator, type Page } from '@playwright/test'
import { readSms } from '../../src/stand/sms/read-sms.ts'

/** The service at the counter as the operator does it: by keyboard alone, each step under Enter. */

/** A made-up identity card: what is typed where no scan fills it. */
export const madeUpCardData = { number: '012345678', validUntil: '30062035' } as const

export const numberField = (page: Page): Locator => page.getByRole('textbox', { name: 'Номер документа' })
export const signedButton = (page: Page): Locator => page.getByRole('button', { name: 'Гражданин подписал' })
export const printButton = (page: Page): Locator => page.getByRole('button', { name: 'Печать конверта' })

/** Types the ИИН into its field and checks it; a citizen without an account comes to his document. */
export async function checkCitizen(page: Page, iin: string): Promise<void> {
  const field = page.getByRole('textbox', { name: 'ИИН' })
  await field.fill(iin)
  await field.press('Enter')
  await expect(numberField(page)).toBeFocused()
}

/** Number, validity, Enter: the agreement comes out of the printer, and the citizen signs it. */
export async function showDocument(page: Page): Promise<void> {
  await page.keyboard.type(madeUpCardData.number)
  await expect(page.getByRole('textbox', { name: 'Действителен до' })).toBeFocused()
  await page.keyboard.type(madeUpCardData.validUntil)
  await page.keyboard.press('Enter')
}

/** Up to the moment before the request: the next Enter sends it. */
export async function reachRequest(page: Page, iin: string): Promise<void> {
  await checkCitizen(page, iin)
  await showDocument(page)
  await expect(signedButton(page)).toBeFocused()
}

/** The account is there; mGov is left out, and the next Enter prints the envelope. */
export async function skipMgov(page: Page): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Номер сотового телефона' })).toBeFocused()
  await page.getByRole('button', { name: 'Пропустить mGov' }).press('Enter')
  await expect(printButton(page)).toBeFocused()
}

/** The newest code that the stand's portal sent to a number. */
export async function codeFor(dataDir: string, number: string): Promise<string> {
  const messages = await readSms({ dataDir: path.join(dataDir, 'stand') })
  const code = /[0-9]{6}/.exec(messages.find((message) => message.number === number)?.text ?? '')?.[0]
  if (code === undefined) throw new Error('no code was sent')
  return code
}

/** Up to the envelope, which the next Enter prints. */
export async function issueThroughWindow(page: Page, iin: string): Promise<void> {
  await reachRequest(page, iin)
  await page.keyboard.press('Enter')
  await skipMgov(page)
}
