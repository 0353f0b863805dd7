import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { answerWithKey } from '../support/person-key.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { firstOf, peopleOf, runArm } from '../support/run-arm.ts'
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

// The packed application's dialogs are out of a driver's reach.
if (process.env['ARM_TEST_LONG'] === '1' && process.env['ARM_TEST_TWIN'] === undefined)
  test('a supervisor approves with his own key, and the operator cannot with his', async () => {
    const { page } = window
    await signIn(page, 'operator')
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
    const before = printed().length
    const [, next] = await peopleOf(dataDir, 'issued')
    await issueThroughWindow(page, next?.iin ?? '')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('alertdialog', { name: 'Конверт напечатан?' })
    await expect(dialog.getByRole('button', { name: 'Да, выдан' })).toBeFocused()
    const approve = async (key: string, pin: string): Promise<void> => {
      await answerWithKey(window, dataDir, key)
      await dialog.getByRole('button', { name: 'Лист испорчен: печатать ещё раз' }).press('Enter')
      await page.keyboard.type('Лист замят в принтере')
      await dialog.getByRole('button', { name: 'Подтвердить по ЭЦП' }).press('Enter')
      await expect(dialog.getByRole('button', { name: 'Выбрать файл ключа…' })).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(dialog.getByText(`Выбран: ${key}`)).toBeVisible()
      await expect(dialog.getByLabel('Пароль ключа')).toBeFocused()
      await page.keyboard.type(pin)
      await page.keyboard.press('Enter')
    }
    await approve('operator-gost.p12', trainingKeyPin)
    await expect(dialog.getByRole('alert')).toContainText('не разрешена')
    await approve('supervisor-gost.p12', 'wrong')
    await expect(dialog.getByRole('alert')).toContainText('Пароль ключа ЭЦП неверен')
    expect(printed()).toHaveLength(before + 1)
    await approve('supervisor-gost.p12', trainingKeyPin)
    await expect.poll(() => printed().length).toBe(before + 2)
    await dialog.getByRole('button', { name: 'Да, выдан' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Следующий гражданин' })).toBeFocused()
    expect(window.errors).toEqual([])
  })
