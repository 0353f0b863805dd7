import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { filesHolding } from '../support/search-files.ts'
import { reachRequest, signedButton, skipMgov } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** A reply that is lost, and what the operator does then: by keyboard, in one run and after a restart. */
const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
const pictures = process.env['ARM_E2E_PICTURES']
let window: OpenWindow

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
  if (pictures !== undefined) mkdirSync(pictures, { recursive: true })
})
test.afterAll(() => temp.remove())
test.beforeEach(async () => {
  window = await launchWindow({ dataDir })
})
test.afterEach(async () => {
  await window.close()
})

const printed = (): number =>
  existsSync(path.join(dataDir, 'printed'))
    ? readdirSync(path.join(dataDir, 'printed')).filter((name) => /^envelope-.*\.pdf$/.test(name)).length
    : 0
const kept = (): readonly string[] => readdirSync(path.join(dataDir, 'open-requests'))

async function picture(name: string): Promise<void> {
  if (pictures !== undefined) await window.page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage: true })
}

/** The service up to the sending, which then has no usable reply. */
async function loseReply(): Promise<string> {
  const { page } = window
  const iin = await firstOf(dataDir, 'issued')
  await signIn(page, 'operator')
  await reachRequest(page, iin)
  await runArm(['stand-fault', 'garbage', '--data', dataDir])
  await page.keyboard.press('Enter')
  await expect(page.getByText('Исход неизвестен').first()).toBeVisible()
  await runArm(['stand-fault', 'none', '--data', dataDir])
  return iin
}

async function printAndHand(): Promise<void> {
  const { page } = window
  await expect(page.getByRole('button', { name: 'Печать конверта' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Следующий гражданин' })).toBeFocused()
}

test('Enter asks the portal, and the envelope of the very password is printed', async () => {
  const before = printed()
  await loseReply()
  await expect(window.page.getByRole('button', { name: 'Узнать итог' })).toBeFocused()
  await picture('unknown')
  await window.page.keyboard.press('Enter')
  await skipMgov(window.page)
  await printAndHand()
  expect(printed()).toBe(before + 1)
  expect(kept()).toEqual([])
  expect(window.errors).toEqual([])
})

test('a second start over the same folder ends at once and leaves the first at work', async () => {
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  const asRoot = process.getuid?.() === 0
  const root = path.resolve(import.meta.dirname, '..', '..')
  const second = spawn(process.env['ARM_TEST_ELECTRON'] ?? '', [
    ...(asRoot ? ['--no-sandbox'] : []),
    root,
    '--data',
    dataDir,
  ])
  const [code] = await once(second, 'exit')
  expect(code).toBe(0)
  expect(window.app.windows()).toHaveLength(1)
  await window.page.keyboard.type('910101300019')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toHaveValue('910101300019')
})

test('a service that a restart interrupts before its request goes on where it stood, for its own operator', async () => {
  const before = printed()
  const iin = await firstOf(dataDir, 'issued')
  await signIn(window.page, 'operator')
  await reachRequest(window.page, iin)
  await window.close()
  expect(filesHolding(dataDir, iin).filter((file) => !file.includes('/stand/'))).toEqual([])

  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  const notice = window.page.getByRole('alert').filter({ hasText: 'Обслуживание прервано' })
  await expect(notice).toContainText(`${iin.slice(0, 6)}******`)
  await expect(notice).toContainText('Соглашение')
  await expect(window.page.getByRole('button', { name: 'Продолжить обслуживание' })).toBeFocused()
  await window.page.keyboard.press('Enter')
  await expect(signedButton(window.page)).toBeFocused()
  await window.page.keyboard.press('Enter')
  await skipMgov(window.page)
  await printAndHand()
  expect(printed()).toBe(before + 1)
})

test('after a restart the notice asks the portal, and the service goes on to the envelope', async () => {
  const before = printed()
  const iin = await loseReply()
  expect(kept()).toHaveLength(1)
  await window.close()

  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  const alert = window.page.getByRole('alert').filter({ hasText: `${iin.slice(0, 6)}******` })
  await expect(alert).toBeVisible()
  await picture('notice')
  // It comes before the next citizen: nothing but Enter from here on.
  await expect(alert.getByRole('button', { name: 'Узнать итог' })).toBeFocused()
  await window.page.keyboard.press('Enter')
  // What came before the request is done; the number is still to be asked for.
  await skipMgov(window.page)
  await printAndHand()
  expect(printed()).toBe(before + 1)
  expect(kept()).toEqual([])
})
