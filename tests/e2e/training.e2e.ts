import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { runArm } from '../support/run-arm.ts'
import { printButton, signedButton, skipMgov } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** The stand's slow reply takes longer than an ordinary run wants to wait. */
const long = process.env['ARM_TEST_LONG'] === '1'

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

/** Opens the drawer by its key and gives it back. */
async function openStand() {
  await window.page.keyboard.press('F2')
  const stand = window.page.getByRole('dialog', { name: 'Учебный стенд' })
  await expect(stand).toBeVisible()
  return stand
}

async function turn(name: string): Promise<void> {
  const stand = await openStand()
  await stand.getByRole('radio', { name }).press('Space')
  await expect(stand.getByRole('radio', { name })).toBeChecked()
  await window.page.keyboard.press('Escape')
  await expect(stand).toHaveCount(0)
}

async function pick(outcome: string): Promise<void> {
  const stand = await openStand()
  const group = stand.locator('.training-people', { hasText: outcome })
  await group.getByRole('button').first().press('Enter')
  await expect(stand).toHaveCount(0)
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toHaveValue(/^[0-9]{12}$/)
}

/** A code that does not come is asked for again, and read off the citizen's telephone in the drawer. */
async function connectNumber(): Promise<void> {
  const { page } = window
  const number = page.getByRole('textbox', { name: 'Номер сотового телефона' })
  const code = page.getByRole('textbox', { name: 'Проверочный код' })
  await expect(number).toBeFocused()
  await turn('SMS не пришла')
  await number.fill('+7 701 555 44 33')
  await number.press('Enter')
  await expect(code).toBeFocused()
  const empty = await openStand()
  await expect(empty.getByText('+77015554433')).toHaveCount(0)
  await page.keyboard.press('F2')
  await turn('Всё исправно')
  await page.getByRole('button', { name: 'Другой номер или новый код' }).press('Enter')
  await expect(number).toHaveValue('+7 701 555 44 33')
  await number.press('Enter')
  await expect(code).toBeFocused()
  const stand = await openStand()
  const message = await stand.getByRole('listitem').filter({ hasText: '+77015554433' }).textContent()
  await page.keyboard.press('F2')
  await code.fill(/[0-9]{6}(?![0-9])/.exec(message?.replace('+77015554433', '') ?? '')?.[0] ?? '')
  await code.press('Enter')
  await expect(printButton(page)).toBeFocused()
}

test('a made-up citizen is filled by one press; the envelope comes out once there is paper, and two tasks are done', async () => {
  const { page } = window
  await pick('Не зарегистрированы')
  await page.keyboard.press('Enter')
  // The drawer fills the document as a scanner would: nothing is left to type.
  await expect(page.getByRole('button', { name: 'Документ сверен, печать соглашения' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(signedButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await skipMgov(page)
  const print = printButton(page)
  await expect(print).toBeFocused()
  await turn('Кончилась бумага')
  await print.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'бумаг' }).first()).toBeVisible()
  await turn('Всё исправно')
  await print.press('Enter')
  const dialog = page.getByRole('alertdialog', { name: 'Конверт напечатан?' })
  await dialog.getByRole('button', { name: 'Да, выдан' }).press('Enter')
  await expect(page.getByText('задания: 2 из 6')).toBeVisible()
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
})

test('a refused citizen and the next one are a task of their own, and what is done outlives the page', async () => {
  const { page } = window
  await pick('Портал откажет')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
  await expect(page.getByText('задания: 3 из 6')).toBeVisible()
  await page.getByRole('link', { name: 'Справка' }).press('Enter')
  await page.getByRole('link', { name: 'Выдача' }).press('Enter')
  await expect(page.getByText('задания: 3 из 6')).toBeVisible()
})

test('a forged reply is not accepted, and the drawer says what to do', async () => {
  const { page } = window
  await turn('Поддельный ответ')
  const stand = await openStand()
  await expect(stand.getByText('Ничего не печатайте')).toBeVisible()
  await page.keyboard.press('F2')
  await pick('Не зарегистрированы')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: 'Регистрация не проверена' })).toBeVisible()
  await turn('Всё исправно')
})

test('a new password for a registered citizen is a task, and so is a lost reply that is asked for again', async () => {
  const { page } = window
  await pick('Уже зарегистрированы')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()
  await page.getByRole('textbox', { name: 'Причина' }).fill('Гражданин утратил пароль')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Документ сверен, отправить запрос' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(printButton(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' }).press('Enter')
  await expect(page.getByText('задания: 4 из 6')).toBeVisible()
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')

  await pick('Не зарегистрированы')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Документ сверен, печать соглашения' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(signedButton(page)).toBeFocused()
  await turn('Потерянный ответ')
  await signedButton(page).press('Enter')
  const ask = page.getByRole('button', { name: 'Узнать итог' })
  await expect(ask).toBeFocused()
  await expect(page.getByText('задания: 4 из 6')).toBeVisible()
  await turn('Всё исправно')
  await ask.press('Enter')
  await expect(page.getByText('задания: 5 из 6')).toBeVisible()
  await connectNumber()
  await expect(page.getByText('задания: 6 из 6')).toBeVisible()
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' }).press('Enter')
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
})

test('a slow reply is waited for: nobody else is served meanwhile, and the answer comes', async () => {
  const { page } = window
  await turn('Медленный ответ')
  await pick('Уже зарегистрированы')
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('status').filter({ hasText: /Проверка регистрации на портале|ожидание ответа портала/ }),
  ).toBeVisible()
  const stand = await openStand()
  await stand.locator('.training-people').first().getByRole('button').first().press('Enter')
  await expect(stand.getByRole('alert')).toContainText('Сначала закончите обслуживание')
  await page.keyboard.press('Escape')
  await expect(page.getByText('Гражданин уже зарегистрирован')).toHaveCount(0)
  if (long) {
    await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible({ timeout: 30_000 })
    await turn('Всё исправно')
  }
  expect(window.errors).toEqual([])
})
