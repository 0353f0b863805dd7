import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { trainingKeyPin } from '../../src/shared/domain/training.ts'
import { launchWindow, signIn } from '../support/launch-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
test.afterAll(() => temp.remove())

test('the operator comes in with his own key by keyboard alone, and a wrong PIN leaves nothing in its field', async () => {
  const window = await launchWindow({ dataDir: temp.path })
  try {
    const { app, page } = window
    // The stand's keys are there once somebody was in.
    await signIn(page, 'operator')
    await expect(page.getByText('ШЭП')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
    await expect(page.getByText('доступен')).toBeVisible()
    await page.getByRole('button', { name: /Айгүл/ }).press('Enter')
    await page.getByRole('menuitem', { name: 'Выйти' }).press('Enter')

    await app.evaluate(
      ({ dialog }, chosen) => {
        dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
      },
      await standKey('operator-gost.p12'),
    )
    await page.getByRole('button', { name: 'Войти по ЭЦП' }).press('Enter')
    const choose = page.getByRole('button', { name: 'Выбрать файл ключа…' })
    await expect(choose).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Выбран: operator-gost.p12')).toBeVisible()
    const pin = page.getByLabel('Пароль ключа')
    await expect(pin).toBeFocused()
    await page.keyboard.type('wrong')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toContainText('Пароль ключа ЭЦП неверен')
    await expect(pin).toHaveValue('')
    await expect(pin).toBeFocused()
    await page.keyboard.type(trainingKeyPin)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
    await expect(page.getByRole('button', { name: /Айгүл/ })).toBeVisible()
    expect(window.errors).toEqual([])
  } finally {
    await window.close()
  }
})

/** Where the stand put a key file. */
async function standKey(wanted: string): Promise<string> {
  const folder = path.join(temp.path, 'stand')
  const names = await readdir(folder, { recursive: true })
  const found = names.find((name) => path.basename(name) === wanted)
  if (found === undefined) throw new Error(`the stand has no ${wanted}`)
  return path.join(folder, found)
}
