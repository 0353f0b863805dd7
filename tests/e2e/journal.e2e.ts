import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { makeUpLog } from '../support/made-up-log.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** The supervisor's page over a long log, by keyboard. A million rows where long tests are asked for. */
const long = process.env['ARM_TEST_LONG'] === '1'
const ROWS = long ? 1_000_000 : 50_000

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.beforeAll(async () => {
  test.setTimeout(long ? 900_000 : 120_000)
  await makeUpLog({ dataDir, rows: ROWS })
})
test.afterAll(() => temp.remove())
test.beforeEach(async () => {
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'supervisor')
  await expect(grid().getByRole('row').nth(1)).toBeVisible()
})
test.afterEach(async () => {
  await window.close()
})

const grid = () => window.page.getByRole('grid', { name: 'Журнал' })
const dataRows = () => grid().locator('.journal-grid-row')
const found = () => window.page.locator('.journal-foot [role="status"]').first()
const activeRow = () => grid().locator('[data-active="true"]')

/** The shown number of rows. */
async function countFound(): Promise<number> {
  await expect(found()).toHaveText(/^[\d\s\u00a0]+ запис/)
  return Number((await found().innerText()).replace(/\D/g, ''))
}

/** Puts a file where the save dialog would: a driver cannot press the system's own dialog. */
async function answerSaveDialog(file: string | undefined): Promise<void> {
  await window.app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: chosen === undefined, filePath: chosen ?? '' })
  }, file)
}

test('a long log is one list: to its oldest row and back by keys', async () => {
  const total = await countFound()
  expect(total).toBeGreaterThanOrEqual(ROWS)
  await grid().focus()
  const newest = await activeRow().locator('time').getAttribute('datetime')
  await window.page.keyboard.press('End')
  await expect(activeRow()).toHaveAttribute('aria-rowindex', String(total + 1))
  await expect(activeRow().locator('time')).toBeVisible()
  const oldest = await activeRow().locator('time').getAttribute('datetime')
  expect(Date.parse(oldest ?? '')).toBeLessThan(Date.parse(newest ?? ''))
  await window.page.keyboard.press('PageUp')
  await window.page.keyboard.press('ArrowDown')
  const place = Number(await activeRow().getAttribute('aria-rowindex'))
  expect(place).toBeLessThan(total)
  expect(place).toBeGreaterThan(total - 60)
  expect(await dataRows().count()).toBeLessThan(80)
  await window.page.keyboard.press('Home')
  await expect(activeRow()).toHaveAttribute('aria-rowindex', '2')
  await expect(activeRow().locator('time')).toHaveAttribute('datetime', newest ?? '')
  expect(window.errors).toEqual([])
})

test('filters narrow the list, words are folded, and every search is a row of the log', async () => {
  const total = await countFound()
  const { page } = window
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('reply.refused-by-portal')
  await expect.poll(countFound).toBeLessThan(total)
  for (const event of await dataRows().locator('.cell-event').allInnerTexts())
    expect(event).toBe('Ответ: портал отказал')
  await page.getByRole('button', { name: 'Сбросить' }).press('Enter')
  await expect.poll(countFound).toBeGreaterThanOrEqual(total)

  const query = page.getByRole('textbox', { name: 'Поиск по ИИН, номеру запроса или словам' })
  await query.fill('ПАРОЛ')
  await query.press('Enter')
  await expect.poll(countFound).toBeLessThan(total)
  await grid().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toContainText(/парол/i)
  await page.keyboard.press('Escape')

  await query.fill('жалоба 850814370558 гражданина')
  await query.press('Enter')
  await expect(query).toHaveAttribute('aria-invalid', 'true')
  await query.fill('')
  await query.press('Enter')
  await page.getByRole('button', { name: 'Обновить' }).press('Enter')
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('audit.searched')
  await expect(dataRows().first().locator('.cell-event')).toHaveText('Поиск в журнале')
})

test('one datum is shown for a reason, for a while, and the log says so', async () => {
  const { page } = window
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('request.prepared')
  await expect(dataRows().first().locator('.cell-event')).toHaveText('Запрос подготовлен')
  await grid().focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('complementary')
  const masked = await panel.locator('.row-panel-person strong').innerText()
  expect(masked).toMatch(/^\d{6}\*{6}$/)
  await panel.getByRole('button', { name: 'Показать ИИН' }).press('Enter')
  const reason = page.getByRole('textbox', { name: 'Причина' })
  await expect(reason).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(reason).toHaveAttribute('aria-invalid', 'true')
  await page.keyboard.type('Жалоба гражданина на отказ')
  await page.keyboard.press('Enter')
  const shown = panel.locator('.reveal-shown strong')
  await expect(shown).toHaveText(/^\d{12}$/)
  const iin = await shown.innerText()
  expect(iin.slice(0, 6)).toBe(masked.slice(0, 6))
  await panel.getByRole('button', { name: 'Скрыть' }).press('Enter')
  await expect(shown).toHaveCount(0)
  expect(await page.content()).not.toContain(iin)

  await page.getByRole('combobox', { name: 'Событие' }).selectOption('')
  await page.getByRole('button', { name: 'Обновить' }).press('Enter')
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('audit.revealed')
  await expect(dataRows().first().locator('.cell-event')).toHaveText('Личные данные показаны')
  await grid().focus()
  await page.keyboard.press('Enter')
  await expect(panel).toContainText('Жалоба гражданина на отказ')

  const query = page.getByRole('textbox', { name: 'Поиск по ИИН, номеру запроса или словам' })
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('')
  await query.fill(iin)
  await query.press('Enter')
  await expect.poll(countFound).toBeLessThan(1000)
  expect(await countFound()).toBeGreaterThan(0)
})

test('a search is taken away as a file, and a dialog left empty writes nothing', async () => {
  const { page } = window
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('envelope.handed')
  await expect(dataRows().first().locator('.cell-event')).toHaveText('Конверт выдан')
  const total = await countFound()
  const file = path.join(temp.path, 'handed.csv')
  const choose = async (name: RegExp): Promise<void> => {
    await page.getByRole('button', { name: 'Выгрузить' }).press('Enter')
    await page.getByRole('menuitem', { name }).press('Enter')
  }
  await answerSaveDialog(undefined)
  await choose(/CSV/)
  await answerSaveDialog(file)
  await choose(/CSV/)
  await expect(page.getByText(/Сохранено в файл handed\.csv/)).toBeVisible({ timeout: 60_000 })
  const lines = readFileSync(file, 'utf8').trim().split('\r\n')
  expect(lines).toHaveLength(total + 1)
  expect(lines[0]).toContain('"ИИН"')

  // A channel that throws is told, and asked again.
  await window.app.evaluate(({ ipcMain }) => {
    const handlers = (ipcMain as unknown as { _invokeHandlers: Map<string, unknown> })._invokeHandlers
    const opens = handlers.get('audit.open')
    handlers.set('audit.open', () => {
      handlers.set('audit.open', opens)
      throw new Error('internal')
    })
  })
  await page.getByRole('button', { name: 'Обновить' }).press('Enter')
  const told = page.getByRole('alert').filter({ hasText: 'Журнал не прочитан' })
  await told.getByRole('button', { name: 'Повторить' }).press('Enter')
  await expect(told).toHaveCount(0)
  expect(await countFound()).toBeGreaterThanOrEqual(total)
  expect(window.errors).toEqual([])
})

test('the summary counts a month and leads to its rows', async () => {
  const { page } = window
  await page.getByRole('tab', { name: 'Сводка' }).press('Enter')
  await page.getByRole('radio', { name: 'Месяц' }).press('Space')
  await expect(page.getByRole('img', { name: /Выдано, отказано/ })).toBeVisible()
  await expect(page.locator('.tile[data-tile="handed"] dd')).not.toHaveText('0')
  await expect(page.getByRole('heading', { name: 'На что обратить внимание' })).toBeVisible()
  await page.locator('.anomalies').getByRole('button', { name: 'Записи' }).first().press('Enter')
  await expect(page.getByRole('tab', { name: 'Записи' })).toHaveAttribute('aria-selected', 'true')
  await expect(dataRows().first()).toBeVisible()
  expect(window.errors).toEqual([])
})

test('the report of a day is a PDF with its figures and the head of the log', async () => {
  const { page } = window
  const file = path.join(temp.path, 'shift.pdf')
  await answerSaveDialog(file)
  await page.getByRole('tab', { name: 'Сводка' }).press('Enter')
  await page.getByRole('button', { name: 'Раньше' }).press('Enter')
  await page.getByRole('button', { name: 'Отчёт о смене (PDF)' }).press('Enter')
  await expect(page.getByText('Сохранено в файл shift.pdf')).toBeVisible({ timeout: 60_000 })
  const text = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' })
  expect(text).toContain('Отчёт о смене')
  expect(text).toContain('arm-tson/audit-head/v1')
  expect(text).toMatch(/\d{6}\*{6}/)
  expect(text).not.toMatch(/(?<!\d)\d{12}(?!\d)/)
})
