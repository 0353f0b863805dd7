import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { firstOf, peopleOf, runArm } from '../support/run-arm.ts'
import { numberField, showDocument, signedButton } from '../support/serve-in-window.ts'
import { startArmStand } from '../support/start-arm-stand.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
test.afterAll(() => temp.remove())

/** Types into the field that has the focus and presses Enter. */
async function answer({ page }: OpenWindow, text: string): Promise<void> {
  await page.keyboard.type(text)
  await page.keyboard.press('Enter')
}

async function lock(page: OpenWindow['page']): Promise<void> {
  await page.getByRole('button', { name: /Айгүл/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Заблокировать' }).press('Enter')
  await expect(page.getByRole('heading', { name: 'Сеанс заблокирован' })).toBeVisible()
}

test('a locked session hides the citizen, and only its own user takes it up again', async () => {
  const dataDir = path.join(temp.path, 'training')
  await runArm(['people', '--data', dataDir])
  const iin = await firstOf(dataDir, 'issued')
  const name = (await peopleOf(dataDir, 'issued')).find((person) => person.iin === iin)?.name ?? 'nobody'
  const window = await launchWindow({ dataDir })
  try {
    const { page } = window
    await signIn(page, 'operator')
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
    await answer(window, iin)
    await expect(page.getByText(name)).toBeVisible()
    await lock(page)
    await expect(page.getByText(name)).toHaveCount(0)
    await expect(page.getByLabel('Пароль')).toBeFocused()
    expect(await page.evaluate(() => Reflect.get(globalThis, 'arm').invoke('recovery.list'))).toEqual({
      ok: false,
      failure: { code: 'session.locked' },
    })
    await answer(window, 'supervisor')
    await expect(page.getByRole('alert')).toContainText('Неверный логин или пароль')
    await expect(page.getByLabel('Пароль')).toHaveValue('')
    await answer(window, 'operator')
    // The service stands where it stood: the document is next.
    await expect(page.getByText(name)).toBeVisible()
    await expect(numberField(page)).toBeFocused()
    await showDocument(page)
    await expect(signedButton(page)).toBeFocused()
    await lock(page)
    await answer(window, 'operator')
    await expect(signedButton(page)).toBeFocused()
    await page.getByRole('button', { name: /Айгүл/ }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Закрыть смену' }).press('Enter')
    await expect(page.getByRole('status').filter({ hasText: 'Смена закрыта' })).toContainText('Паролей получено: 0.')
    await expect(page.getByRole('textbox', { name: 'Логин' })).toBeFocused()
    expect(window.errors).toEqual([])
  } finally {
    await window.close()
  }
})

test('a real workplace opens with its passphrase, makes its administrator once, and takes no training word', async () => {
  const stand = await startArmStand(path.join(temp.path, 'stand'))
  const settings = path.join(temp.path, 'real.json')
  writeFileSync(
    settings,
    JSON.stringify({ ...JSON.parse(readFileSync(stand.settings, 'utf8')), mode: 'real', revocation: {} }),
  )
  const dataDir = path.join(temp.path, 'real')
  const passphrase = 'кодовая фраза этой проверки'
  let window = await launchWindow({ dataDir, settings })
  try {
    await expect(window.page.getByRole('heading', { name: 'Начало смены' })).toBeVisible()
    await expect(window.page.getByText('Учебный режим')).toHaveCount(0)
    await answer(window, 'TRAINING-ONLY-not-a-secret')
    await expect(window.page.getByRole('alert')).toContainText('settings.invalid')
    await answer(window, passphrase)
    await expect(window.page.getByRole('heading', { name: 'Первый администратор' })).toBeVisible()
    for (const text of ['admin', 'Администраторов Ә. Б.', 'ein langes Wort', 'ein anderes Wort']) {
      await window.page.keyboard.type(text)
      await window.page.keyboard.press('Tab')
    }
    await window.page.keyboard.press('Enter')
    await expect(window.page.getByText('Пароли не совпадают')).toBeVisible()
    await window.page.keyboard.type('ein langes Wort')
    await window.page.keyboard.press('Tab')
    await answer(window, 'ein langes Wort')
    await expect(window.page.getByRole('heading', { name: 'Учётные записи' })).toBeVisible()
    await window.page.getByLabel('Фамилия, имя, отчество').focus()
    for (const text of ['Операторова Қ.', 'operator1', '850814370558', 'noch ein langes Wort']) {
      await window.page.keyboard.type(text)
      await window.page.keyboard.press('Tab')
    }
    await window.page.getByRole('button', { name: 'Добавить учётную запись' }).press('Enter')
    await expect(window.page.getByRole('status').filter({ hasText: 'operator1' })).toBeVisible()
    await expect(window.page.getByRole('row').filter({ hasText: '850814******' })).toContainText('Оператор')
    await expect(window.page.getByText('850814370558')).toHaveCount(0)
    await window.close()

    window = await launchWindow({ dataDir, settings })
    await answer(window, 'a wrong passphrase')
    await expect(window.page.getByRole('alert')).toContainText('vault.wrong-passphrase')
    await answer(window, passphrase)
    await expect(window.page.getByRole('textbox', { name: 'Логин' })).toBeFocused()
    await signIn(window.page, 'operator')
    await expect(window.page.getByRole('alert')).toContainText('Неверный логин или пароль')
    await signIn(window.page, 'operator1', 'noch ein langes Wort')
    await expect(window.page.getByLabel('ПИН ключа')).toBeFocused()
    await answer(window, 'training')
    await expect(window.page.getByRole('alert')).toContainText('settings.invalid')
    await answer(window, 'wrong-pin')
    await expect(window.page.getByRole('alert')).toContainText('sign.wrong-pin')
    expect(window.errors).toEqual([])
  } finally {
    await window.close()
    await stand.stop()
  }
})
