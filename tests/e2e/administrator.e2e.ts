import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
import Database from 'better-sqlite3'
import { unzipSync } from 'fflate'
import { healthText, healthTexts } from '../../src/shared/contract/health-texts.ts'
import { healthAreas } from '../../src/shared/domain/health.ts'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'administrator')
})
test.afterAll(async () => {
  await window.close()
  temp.remove()
})

/** Tab, or Shift and Tab where it is nearer, until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  const isBefore = await target.evaluate((element) => {
    const active = element.ownerDocument.activeElement
    return active !== null && (element.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
  })
  for (let presses = 0; presses < 120; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press(isBefore ? 'Shift+Tab' : 'Tab')
  }
  throw new Error('the keyboard does not get there')
}

test('the administrator sees by keyboard what arm doctor says, in three languages', async () => {
  const { page, errors } = window
  await expect(page.getByRole('heading', { name: 'Состояние рабочего места', level: 1 })).toBeVisible()
  for (const area of healthAreas) {
    const row = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: healthTexts.ru.areas[area] }) })
    await expect(row).toHaveText(new RegExp(`${healthTexts.ru.states.good}|${healthTexts.ru.states.attention}`))
  }
  await expect(page.getByRole('row', { name: /Программа/ })).toContainText('АРМ ЦОН')
  await expect(page.getByRole('status').filter({ hasText: 'Проверено' })).toBeVisible()

  await tabTo(page, page.getByRole('button', { name: 'Проверить снова' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Проверено' })).toBeVisible()

  for (const [language, button] of [
    ['kk', 'ҚАЗ'],
    ['en', 'ENG'],
    ['ru', 'РУС'],
  ] as const) {
    await page.getByText(button, { exact: true }).click()
    await expect(page.getByRole('rowheader', { name: healthTexts[language].areas.gateway })).toBeVisible()
    expect(await overflowing(page)).toEqual([])
  }
  expect(healthText('disk.full', 'kk').remedy).not.toBe(healthText('disk.full', 'ru').remedy)
  expect(errors).toEqual([])
})

/** Puts a text into the field of this name, by keyboard. */
async function type(page: Page, name: string, text: string): Promise<void> {
  await tabTo(page, page.getByLabel(name, { exact: true }))
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

async function press(page: Page, name: string): Promise<void> {
  await tabTo(page, page.getByRole('button', { name, exact: true }))
  await page.keyboard.press('Enter')
}

/** What the system's dialogs answer from here on. */
function choose(file: string): Promise<void> {
  return window.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen })
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
  }, file)
}

test('settings are judged while typed, tried before saved, and each change is a row', async () => {
  const { page, errors } = window
  await tabTo(page, page.getByRole('link', { name: 'Настройки', exact: true }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Настройки', level: 1 })).toBeVisible()
  const url = page.getByLabel('Адрес шлюза')
  await expect(url).toHaveAttribute('readonly', '')
  await expect(url).toHaveAccessibleDescription(/задано стендом/)

  await press(page, 'Проверить связь')
  await expect(page.getByRole('status').filter({ hasText: 'Шлюз отвечает' })).toContainText('TLSv1.')
  await type(page, 'ПИН для проверки', 'wrong')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('sign.wrong-pin')
  await expect(page.getByLabel('ПИН для проверки')).toHaveValue('')
  await type(page, 'ПИН для проверки', 'training')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Ключ подписал' })).toContainText('осталось дней')
  await expect(page.getByLabel('ПИН для проверки')).toHaveValue('')
  await press(page, 'Пробная страница')
  await expect(page.getByRole('status').filter({ hasText: 'Страница отправлена' })).toBeVisible()

  const copies = page.getByLabel('Сколько копий хранить')
  await type(page, 'Сколько копий хранить', '0')
  await expect(copies).toHaveAccessibleDescription(/От 1 до 1000/)
  await expect(copies).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.press('Enter')
  const summary = page.getByRole('alert').filter({ hasText: 'исправьте поля' })
  await expect(summary).toBeVisible()
  await expect(page.locator('.settings-summary')).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(copies).toBeFocused()
  await page.keyboard.press('Control+A')
  await page.keyboard.type('7')
  await expect(summary).toHaveCount(0)
  await type(page, 'Блокировка без работы, минут', '3')

  await tabTo(page, page.getByRole('link', { name: 'Состояние' }))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog', { name: 'Изменения не сохранены' })).toBeVisible()
  await page.keyboard.press('Escape')
  await press(page, 'Сохранить')
  const saved = page.getByRole('status').filter({ hasText: 'Настройки сохранены' })
  await expect(saved).toContainText('Действуют сразу: Блокировка без работы, минут.')
  await expect(saved).toContainText('Вступят в силу после перезапуска программы: Сколько копий хранить.')
  expect(rowsOf('settings.changed')).toEqual([
    { setting: 'session.idleMinutes', old: '5', new: '3' },
    { setting: 'audit.backupsKept', old: '14', new: '7' },
  ])
  expect(errors).toEqual([])
})

test('settings go to a file and come from one with their differences shown; the bundle holds nothing of anybody', async () => {
  const { page, errors } = window
  const file = path.join(temp.path, 'exported.json')
  await choose(file)
  await press(page, 'Выгрузить…')
  await expect(page.getByRole('status').filter({ hasText: 'выгружены' })).toContainText('exported.json')
  const exported = JSON.parse(readFileSync(file, 'utf8'))
  expect(exported).toMatchObject({ mode: 'training', audit: { backupsKept: 7 } })

  writeFileSync(
    file,
    JSON.stringify({ ...exported, audit: { ...exported.audit, backupsKept: 9 }, workstation: 'OTHER' }),
  )
  await press(page, 'Загрузить…')
  const dialog = page.getByRole('alertdialog')
  await expect(dialog.getByRole('row', { name: /Сколько копий хранить/ })).toHaveText(/7.*9/)
  await expect(dialog.getByRole('row', { name: /Обозначение рабочего места/ })).toContainText('не изменится')
  await press(page, 'Применить')
  await expect(page.getByRole('status').filter({ hasText: 'Настройки загружены' })).toBeVisible()
  await expect(page.getByLabel('Сколько копий хранить')).toHaveValue('9')
  expect(rowsOf('settings.changed').at(-1)).toEqual({ setting: 'audit.backupsKept', old: '7', new: '9' })

  writeFileSync(file, JSON.stringify({ ...exported, pin: '1234' }))
  await press(page, 'Загрузить…')
  await expect(page.getByRole('alert')).toContainText('settings.invalid')

  const bundle = path.join(temp.path, 'bundle.zip')
  await choose(bundle)
  await press(page, 'Сведения для разработчика…')
  await expect(page.getByRole('status').filter({ hasText: 'Сведения сохранены' })).toContainText('bundle.zip')
  const names = Object.keys(unzipSync(readFileSync(bundle)))
  expect(names).toEqual(expect.arrayContaining(['health.json', 'settings.json', 'log-counts.json', 'logs/app.log']))
  for (const button of ['ҚАЗ', 'ENG', 'РУС']) {
    await page.getByText(button, { exact: true }).click()
    expect(await overflowing(page)).toEqual([])
  }
  expect(errors).toEqual([])
})

function rowsOf(event: string): readonly object[] {
  const db = new Database(path.join(dataDir, 'audit.sqlite'), { readonly: true })
  const rows = db.prepare('SELECT details FROM audit_row WHERE event = ? ORDER BY seq').all(event) as {
    details: string
  }[]
  db.close()
  return rows.map(({ details }) => {
    const { setting, old, new: next } = JSON.parse(details)
    return { setting, old, new: next }
  })
}

/** Elements of the page whose words do not fit into them; what is typed into a field scrolls there. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('main :not(input, textarea)'))
      .filter(
        (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== 'inline',
      )
      .filter(
        (element) =>
          !['visible', 'auto', 'scroll'].includes(getComputedStyle(element).overflowX) ||
          element.getBoundingClientRect().right > innerWidth,
      )
      .map((element) => element.className || element.tagName),
  )
}
