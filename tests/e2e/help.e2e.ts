import path from 'node:path'
import { expect, test } from '@playwright/test'
import { portalMessages } from '../../src/shared/domain/reference-data.ts'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { numberField } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
  window = await launchWindow({ dataDir })
})
test.afterAll(async () => {
  await window.close()
  temp.remove()
})

test('F1 opens help before anybody has signed in, and closes it', async () => {
  const { page } = window
  await expect(page.getByRole('textbox', { name: 'Логин' })).toBeVisible()
  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: 'Справка' })
  await expect(help).toBeVisible()
  await expect(help.getByText('Вход в АРМ')).toBeVisible()
  await page.keyboard.press('F1')
  await expect(help).toHaveCount(0)
})

test('help opens over a service under way, is searched by keyboard, and gives the page back as it was', async () => {
  const { page } = window
  await signIn(page, 'operator')
  const field = page.getByRole('textbox', { name: 'ИИН' })
  await expect(field).toBeFocused()
  await page.keyboard.type(await firstOf(dataDir, 'issued'))
  await page.keyboard.press('Enter')
  const send = numberField(page)
  await expect(send).toBeFocused()

  await page.keyboard.press('F1')
  const help = page.getByRole('dialog', { name: 'Справка' })
  await expect(help.getByRole('searchbox', { name: 'Поиск в справке' })).toBeFocused()
  await expect(help.getByRole('heading', { name: 'Об этой странице' })).toBeVisible()
  await page.keyboard.type('заблокирован вход')
  await expect(help.getByText(portalMessages.loginLocked)).toBeVisible()
  await expect(help.getByText('Как проходит услуга')).toHaveCount(0)
  await page.keyboard.press('Control+A')
  await page.keyboard.type('iin.check-digit')
  await expect(help.getByRole('status')).toHaveText('Найдена 1 тема')
  await expect(help.getByText('iin.check-digit')).toBeVisible()
  await page.keyboard.press('F1')
  await expect(help).toHaveCount(0)
  await expect(send).toBeFocused()
})

test('the section «Справка» holds the same for every role', async () => {
  const { page } = window
  await page.getByRole('link', { name: 'Справка' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Справка' })).toBeVisible()
  const article = page.locator('details', { hasText: 'Гражданин забыл пароль портала' })
  await article.locator('summary').press('Enter')
  await expect(article.getByText('«Забыли пароль?»')).toBeVisible()
  expect(window.errors).toEqual([])
})
