import { readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { translatePortalMessage } from '../../src/shared/contract/refusal-texts.ts'
import { portalMessages } from '../../src/shared/domain/reference-data.ts'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { firstOf, peopleOf, runArm } from '../support/run-arm.ts'
import { filesHolding } from '../support/search-files.ts'
import {
  codeFor,
  issueThroughWindow,
  madeUpCardData,
  numberField,
  printButton,
  reachRequest,
  showDocument,
  signedButton,
} from '../support/serve-in-window.ts'
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

async function press(times: number, key = 'Enter'): Promise<void> {
  for (let count = 0; count < times; count++) await window.page.keyboard.press(key)
}

test('an operator serves a citizen from ИИН to envelope by keyboard alone', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'issued')
  await expect(page.getByText('Учебный режим').first()).toBeVisible()
  await signIn(page, 'operator')
  const field = page.getByRole('textbox', { name: 'ИИН' })
  await expect(field).toBeFocused()
  await expect(page.getByRole('link', { name: 'Выдача' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Журнал' })).toBeVisible()

  await issueThroughWindow(page, iin)
  await press(1)
  const dialog = page.getByRole('alertdialog', { name: 'Конверт напечатан?' })
  await expect(dialog).toBeVisible()
  expect(printed()).toHaveLength(1)
  await expect(dialog.getByRole('button', { name: 'Да, выдан' })).toBeFocused()
  await press(1)
  await expect(page.getByRole('button', { name: 'Следующий гражданин' })).toBeFocused()
  await press(1)
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('')
  expect(window.errors).toEqual([])

  const [name] = printed()
  const pdf = path.join(dataDir, 'printed', name ?? '')
  const { password, text } = readEnvelope(pdf)
  expect(text).toContain(iin)
  const html = await page.content()
  expect(html).not.toContain(password)
  expect(filesHolding(dataDir, password)).toEqual([])
})

test('the whole service takes six keystrokes besides the data: document, agreement, mGov, envelope', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'issued')
  await signIn(page, 'operator')
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  let keystrokes = 0
  const enter = async (): Promise<void> => {
    keystrokes += 1
    await page.keyboard.press('Enter')
  }
  await page.keyboard.type(iin)
  await enter()
  await expect(numberField(page)).toBeFocused()
  // A full number passes the focus on, so the date is typed without a key in between.
  await page.keyboard.type(madeUpCardData.number)
  await expect(page.getByRole('textbox', { name: 'Действителен до' })).toBeFocused()
  await page.keyboard.type(madeUpCardData.validUntil)
  await enter()
  await expect(signedButton(page)).toBeFocused()
  await enter()
  const mobile = page.getByRole('textbox', { name: 'Номер сотового телефона' })
  await expect(mobile).toBeFocused()
  await page.keyboard.type('7011234567')
  await enter()
  const code = page.getByRole('textbox', { name: 'Проверочный код' })
  await expect(code).toBeFocused()
  await expect(page.getByText(portalMessages.codeSent)).toBeVisible()
  const right = await codeFor(dataDir, '+77011234567')
  // Not counted: the citizen misread the code.
  await page.keyboard.type(right === '000000' ? '111111' : '000000')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Осталось 2 попытки.')).toBeVisible()
  await expect(code).toBeFocused()
  await expect(code).toHaveValue('')
  await page.keyboard.type(right)
  await enter()
  await expect(printButton(page)).toBeFocused()
  await expect(page.getByText('Номер подключён к Мобильному правительству.')).toBeVisible()
  await enter()
  await expect(page.getByRole('alertdialog', { name: 'Конверт напечатан?' })).toBeVisible()
  expect(keystrokes).toBeLessThanOrEqual(6)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
  expect(window.errors).toEqual([])
  // Neither the number nor a code lies in the log; the document's number is there, sealed.
  for (const personal of ['7011234567', right, madeUpCardData.number]) {
    expect(filesHolding(path.join(dataDir), personal).filter((file) => !file.includes('/stand/'))).toEqual([])
  }
})

test('a registered citizen gets a new password only with a reason, or mGov and no password', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'registered')
  await signIn(page, 'operator')
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  await page.keyboard.type(iin)
  await press(1)
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()
  const reissue = page.getByRole('button', { name: 'Выдать новый пароль' })
  const reason = page.getByRole('textbox', { name: 'Причина' })
  await reissue.press('Enter')
  await expect(reason).toHaveAttribute('aria-invalid', 'true')
  await expect(reason).toBeFocused()
  await page.keyboard.type('Гражданин утратил пароль')
  await reissue.press('Enter')
  await expect(numberField(page)).toBeFocused()
  // A new password asks for no agreement: after the document the request goes at once.
  await showDocument(page)
  await expect(page.getByRole('button', { name: 'Печать конверта' })).toBeFocused()
  await press(1)
  await page.getByRole('alertdialog').getByRole('button', { name: 'Нет' }).press('Enter')
  await expect(page.getByRole('alertdialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Печать конверта' })).toHaveCount(0)

  // The next one keeps his password and has a number connected.
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
  const before = printed().length
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  await page.keyboard.type(iin)
  await press(1)
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()
  await page.getByRole('button', { name: 'Подключить mGov' }).press('Enter')
  await expect(numberField(page)).toBeFocused()
  await showDocument(page)
  await expect(signedButton(page)).toBeFocused()
  await press(1)
  const mobile = page.getByRole('textbox', { name: 'Номер сотового телефона' })
  await expect(mobile).toBeFocused()
  await page.keyboard.type('7017654321')
  await press(1)
  await expect(page.getByRole('textbox', { name: 'Проверочный код' })).toBeFocused()
  await page.keyboard.type(await codeFor(dataDir, '+77017654321'))
  await press(1)
  await expect(page.getByText('mGov подключён').first()).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Печать' })).toContainText('Учётная запись уже есть')
  await expect(page.getByRole('button', { name: 'Следующий гражданин' })).toBeFocused()
  expect(printed()).toHaveLength(before)
  await press(1)
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
})

test('a refusal is an alert with the verbatim message and what to do next', async () => {
  const { page } = window
  await signIn(page, 'operator')
  const refused = await peopleOf(dataDir, 'refused')
  for (const message of [portalMessages.deceased, portalMessages.excluded('1'), portalMessages.prosecutorRecord]) {
    const person = refused.find((candidate) => candidate.expect.message === message)
    await page.getByRole('textbox', { name: 'ИИН' }).fill(person?.iin ?? '')
    await press(1)
    const alert = page.getByRole('alert').filter({ hasText: message })
    await expect(alert).toBeVisible()
    await expect(numberField(page)).toHaveCount(0)
    if (message === portalMessages.deceased) {
      // The citizen speaks Kazakh: the words for him change on the spot, and the note is his.
      await expect(alert.getByText('Обратитесь в отдел документирования')).toBeVisible()
      await alert.getByRole('radio', { name: 'Казахский' }).press('Space')
      await expect(alert.getByText(translatePortalMessage(message, 'kk') ?? 'нет перевода')).toBeVisible()
      await expect(alert.getByText('халықты құжаттандыру бөліміне жүгініңіз')).toBeVisible()
      await page.keyboard.press('Control+P')
      await expect(alert.getByRole('status')).toContainText('Памятка напечатана')
      expect(readdirSync(path.join(dataDir, 'printed')).filter((name) => name.startsWith('refusal-'))).toHaveLength(1)
    }
    await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  }
})

test('a bad ИИН is refused at the field and nothing is sent', async () => {
  const { page } = window
  await signIn(page, 'operator')
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  await page.keyboard.type('910101300018')
  await press(1)
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toHaveAttribute('aria-invalid', 'true')
})

test('a lost reply is called unknown, and the next entry to the page still tells of it', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'issued')
  await signIn(page, 'operator')
  await reachRequest(page, iin)
  await runArm(['stand-fault', 'wrong-nonce', '--data', dataDir])
  await press(1)
  await expect(page.getByText('Исход неизвестен').first()).toBeVisible()
  await expect(page.getByRole('button', { name: 'Печать конверта' })).toHaveCount(0)
  await runArm(['stand-fault', 'none', '--data', dataDir])
  await window.close()

  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  const alert = window.page.getByRole('alert').filter({ hasText: `${iin.slice(0, 6)}******` })
  await expect(alert).toBeVisible()
  await alert.getByRole('button', { name: 'Понятно' }).first().press('Enter')
  await expect(alert).toHaveCount(0)
})

test('the supervisor reads the log, newest first; the operator may not', async () => {
  await signIn(window.page, 'supervisor')
  await window.page.getByRole('link', { name: 'Журнал' }).press('Enter')
  const rows = window.page.getByRole('row')
  await expect(rows.nth(1)).toBeVisible()
  expect(await rows.count()).toBeGreaterThan(5)
  await expect(window.page.locator('body')).toContainText('******')
  await window.close()

  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  await window.page.getByRole('link', { name: 'Журнал' }).press('Enter')
  await expect(window.page.getByRole('row')).toHaveCount(0)
})

test('the texts switch between three languages at once, and the choice outlives the window', async () => {
  const choose = (name: string): Promise<void> => window.page.getByRole('radio', { name }).press('Space')
  for (const [name, lang] of [
    ['ҚАЗ', 'kk'],
    ['ENG', 'en'],
  ] as const) {
    await choose(name)
    await expect(window.page.locator('html')).toHaveAttribute('lang', lang)
  }
  await window.close()
  window = await launchWindow({ dataDir })
  await expect(window.page.locator('html')).toHaveAttribute('lang', 'en')
  await choose('РУС')
  await expect(window.page.getByRole('textbox', { name: 'Логин' })).toBeVisible()
})

test('a wrong password is refused without saying what was wrong', async () => {
  const { page } = window
  await page.getByRole('textbox', { name: 'Логин' }).fill('operator')
  await page.getByLabel('Пароль').first().fill('wrong')
  await press(1)
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toHaveCount(0)
})
