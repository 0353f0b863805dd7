import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { pressKeys, scan } from '../support/scan-into-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { scannerKeys } from '../unit/renderer/scanner/keyboards.ts'
import { createRandom, madeUpCard } from '../unit/renderer/scanner/made-up-documents.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
})
test.afterAll(async () => {
  await window.close()
  temp.remove()
})

test('an identity card fills the ИИН from any focus, in the Kazakh layout too, and Enter goes on', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'registered')
  await page.getByRole('link', { name: 'Журнал' }).focus()
  await scan(page, madeUpCard(createRandom(1), iin).join('\n'), 'kazakh')
  const field = page.getByRole('textbox', { name: 'ИИН' })
  await expect(field).toHaveValue(iin)
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()

  const reason = page.getByRole('textbox', { name: 'Причина' })
  await reason.focus()
  await page.keyboard.type('Утратил \\', { delay: 40 })
  await expect(reason).toHaveValue('Утратил \\')
  const next = await firstOf(dataDir, 'issued')
  await scan(page, next, 'russian')
  await expect(field).toHaveValue(next)
  await expect(page.getByText('Гражданин уже зарегистрирован')).toHaveCount(0)
})

test('a wrong check digit and a strange barcode are refused in words, and the ИИН stays as it was', async () => {
  const { page } = window
  const field = page.getByRole('textbox', { name: 'ИИН' })
  const before = await firstOf(dataDir, 'issued')
  await field.fill(before)
  const [first, second, third] = madeUpCard(createRandom(2), before)
  const misread = `${second.slice(0, 3)}${(Number(second[3]) + 1) % 10}${second.slice(4)}`
  await scan(page, [first, misread, third].join('\n'), 'english')
  await expect(page.getByRole('alert').filter({ hasText: 'контрольная цифра не сходится' })).toBeVisible()
  await expect(field).toHaveValue(before)
  await scan(page, '4607012345678', 'english')
  await expect(page.getByRole('alert').filter({ hasText: 'не удостоверение личности' })).toBeVisible()
  await expect(field).toHaveValue(before)
  expect(window.errors).toEqual([])
})

test('a person types the ИИН on the number row in the Kazakh layout', async () => {
  const { page } = window
  const field = page.getByRole('textbox', { name: 'ИИН' })
  const iin = await firstOf(dataDir, 'issued')
  await field.fill('')
  await field.focus()
  await pressKeys(page, scannerKeys(iin, 'kazakh'), 40)
  await expect(field).toHaveValue(iin)
})
