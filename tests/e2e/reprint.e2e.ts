import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { issueThroughWindow } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
})
test.afterAll(() => temp.remove())
test.beforeEach(async () => {
  window = await launchWindow({ dataDir })
})
test.afterEach(async () => {
  await window.close()
})

const printed = (): string[] =>
  readdirSync(path.join(dataDir, 'printed')).filter((name) => /^envelope-.*\.pdf$/.test(name))

test('a spoilt sheet is printed again by keyboard alone, with a reason and a supervisor who is somebody else', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'issued')
  await signIn(page, 'operator')
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  await issueThroughWindow(page, iin)
  await expect(page.getByRole('img', { name: 'Лист конверта' })).toBeVisible()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Конверт напечатан?' })
  await expect(dialog.getByRole('button', { name: 'Да, выдан' })).toBeFocused()

  const approve = async (login: string, password: string): Promise<void> => {
    await dialog.getByRole('button', { name: 'Лист испорчен: печатать ещё раз' }).press('Enter')
    await expect(dialog.getByRole('textbox', { name: 'Причина' })).toBeFocused()
    await page.keyboard.type('Лист замят в принтере')
    await page.keyboard.press('Tab')
    await page.keyboard.type(login)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
  }
  await approve('operator', 'operator')
  await expect(dialog.getByRole('alert')).toContainText('самому себе')
  await approve('supervisor', 'wrong')
  await expect(dialog.getByRole('alert')).toContainText('не подошли')
  expect(printed()).toHaveLength(1)
  await approve('supervisor', 'supervisor')
  await expect.poll(() => printed().length).toBe(2)
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Да, выдан' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Следующий гражданин' })).toBeFocused()
  const [first, second] = printed().map((name) => readEnvelope(path.join(dataDir, 'printed', name)).password)
  expect(first).toBe(second)
  expect(window.errors).toEqual([])
})
