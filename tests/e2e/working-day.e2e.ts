import { mkdirSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { launchWindow, type OpenWindow } from '../support/launch-window.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { displaySize, isBlank, lookAtFilm, recordDisplay } from '../support/record-display.ts'
import { firstOf, peopleOf, runArm } from '../support/run-arm.ts'
import { scan } from '../support/scan-into-window.ts'
import { codeFor, numberField, printButton, showDocument, signedButton } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { createRandom, madeUpCard } from '../unit/renderer/scanner/made-up-documents.ts'

/**
 * An operator's day and the supervisor's evening in one take, by keyboard, filmed from the display into
 * `artifacts/video`. The pauses are for whoever watches; no step waits for one.
 */
const film = path.resolve(import.meta.dirname, '..', '..', 'artifacts', 'video', 'working-day.mp4')
const PAUSE_MS = 1200
const TYPING = { delay: 45 } as const

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
test.afterAll(() => temp.remove())

test.skip(process.platform !== 'linux', 'the display is filmed through X11')

test('a day at the counter, filmed: sign-in to the closed shift, and the supervisor reads of it', async () => {
  test.setTimeout(300_000)
  await runArm(['people', '--data', dataDir])
  mkdirSync(path.dirname(film), { recursive: true })
  const recording = await recordDisplay(film)
  let shown = ''
  let seconds = 0
  try {
    shown = await walkTheDay()
  } finally {
    seconds = await recording.stop()
  }

  const envelopes = readdirSync(path.join(dataDir, 'printed')).filter((name) => /^envelope-.*\.pdf$/.test(name))
  expect(envelopes).toHaveLength(2)
  // What the page showed at any moment of the film holds the whole day, and no password of a citizen.
  expect(shown).toContain('Конверт напечатан?')
  expect(shown).toContain('Смена закрыта')
  for (const name of envelopes) expect(shown).not.toContain(readEnvelope(path.join(dataDir, 'printed', name)).password)

  const seen = lookAtFilm(film)
  expect({ width: seen.width, height: seen.height }).toEqual(displaySize)
  expect(seen.seconds).toBeGreaterThan(30)
  expect(Math.abs(seen.seconds - seconds)).toBeLessThan(10)
  expect(seen.pictures.length).toBeGreaterThan(seconds * 0.8)
  // The display is empty until the window is there, and after it has gone.
  expect(seen.pictures.filter(isBlank).length).toBeLessThan(seen.pictures.length * 0.2)
  expect(new Set(seen.pictures.map((picture) => picture.toString('base64'))).size).toBeGreaterThan(15)
})

/** @returns every text that the page has shown. */
async function walkTheDay(): Promise<string> {
  const window = await launchWindow({ dataDir })
  try {
    await fillDisplay(window)
    const { page } = window
    await page.evaluate(NOTE_TEXTS)
    await test.step('sign-in', () => enter(page, 'operator'))
    await expect(page.locator('#iin')).toBeFocused()
    await test.step('issue', () => issue(page))
    await test.step('refusal', () => refuse(page))
    await test.step('registered, and nothing to do', () => meetRegistered(page))
    await test.step('new password', () => regenerate(page))
    await test.step('lock', () => lockAndResume(page))
    await test.step('close the shift', () => closeShift(page))
    await test.step('the supervisor', () => review(page))
    expect(window.errors).toEqual([])
    return await page.evaluate('window.shownTexts()')
  } finally {
    await window.close()
  }
}

async function enter(page: Page, login: string): Promise<void> {
  await expect(page.getByRole('textbox', { name: 'Логин' })).toBeFocused()
  await look(page)
  await page.keyboard.type(login, TYPING)
  await page.keyboard.press('Tab')
  await expect(page.locator('#password')).toHaveAttribute('type', 'password')
  await page.keyboard.type(login, TYPING)
  await page.keyboard.press('Enter')
}

/** A card before the scanner; document, agreement, request, mGov with its code, envelope. */
async function issue(page: Page): Promise<void> {
  await look(page)
  await scan(page, madeUpCard(createRandom(1), await firstOf(dataDir, 'issued')).join('\n'), 'russian')
  await look(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: 'Документ сверен, печать соглашения' })).toBeFocused()
  await look(page)
  await page.keyboard.press('Enter')
  await expect(signedButton(page)).toBeFocused()
  await look(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Номер сотового телефона' })).toBeFocused()
  await page.keyboard.type('7011234567', TYPING)
  await look(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Проверочный код' })).toBeFocused()
  await page.keyboard.type(await codeFor(dataDir, '+77011234567'), TYPING)
  await look(page)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Номер подключён к Мобильному правительству.')).toBeVisible()
  await handOver(page)
}

async function handOver(page: Page): Promise<void> {
  await expect(printButton(page)).toBeFocused()
  await look(page)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' })).toBeFocused()
  await look(page)
  await page.keyboard.press('Enter')
  await nextCitizen(page)
}

/** The words for the citizen in his language, and the note that he takes with him. */
async function refuse(page: Page): Promise<void> {
  await page.keyboard.type(await firstOf(dataDir, 'refused'), TYPING)
  await page.keyboard.press('Enter')
  const alert = page.getByRole('alert').filter({ hasText: 'Памятк' }).first()
  await expect(alert).toBeVisible()
  await look(page)
  await alert.getByRole('radio', { name: 'Казахский' }).press('Space')
  await look(page)
  await page.keyboard.press('Control+P')
  await expect(alert.getByRole('status')).toContainText('Памятка напечатана')
  await nextCitizen(page)
}

async function meetRegistered(page: Page): Promise<void> {
  await page.keyboard.type(await firstOf(dataDir, 'registered'), TYPING)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()
  await nextCitizen(page)
}

async function regenerate(page: Page): Promise<void> {
  const [, second] = await peopleOf(dataDir, 'registered')
  await page.keyboard.type(second?.iin ?? '', TYPING)
  await page.keyboard.press('Enter')
  const reason = page.getByRole('textbox', { name: 'Причина' })
  await expect(reason).toBeVisible()
  await look(page)
  await page.keyboard.press('Tab')
  await expect(reason).toBeFocused()
  await page.keyboard.type('Гражданин утратил пароль', TYPING)
  await page.keyboard.press('Enter')
  await expect(numberField(page)).toBeFocused()
  await showDocument(page)
  await handOver(page)
}

/** Somebody calls the operator away in the middle of a service. */
async function lockAndResume(page: Page): Promise<void> {
  const [, , third] = await peopleOf(dataDir, 'issued')
  await page.keyboard.type(third?.iin ?? '', TYPING)
  await page.keyboard.press('Enter')
  await expect(numberField(page)).toBeFocused()
  await look(page)
  await choose(page, 'Заблокировать')
  await expect(page.getByLabel('Пароль')).toBeFocused()
  await expect(page.getByLabel('Пароль')).toHaveAttribute('type', 'password')
  await look(page)
  await page.keyboard.type('operator', TYPING)
  await page.keyboard.press('Enter')
  await expect(numberField(page)).toBeFocused()
  await look(page)
}

async function closeShift(page: Page): Promise<void> {
  await choose(page, 'Закрыть смену')
  await expect(page.getByRole('status').filter({ hasText: 'Смена закрыта' })).toContainText(
    'Паролей получено: 2. Конвертов выдано: 2.',
  )
  await look(page)
}

async function review(page: Page): Promise<void> {
  await enter(page, 'supervisor')
  const grid = page.getByRole('grid', { name: 'Журнал' })
  await expect(grid.getByRole('row').nth(1)).toBeVisible()
  await look(page)
  await page.getByRole('combobox', { name: 'Событие' }).selectOption('envelope.handed')
  await expect(grid.locator('.journal-grid-row .cell-event').first()).toHaveText('Конверт выдан')
  await grid.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary')).toBeVisible()
  await look(page)
  await page.getByRole('tab', { name: 'Сводка' }).press('Enter')
  await page.getByRole('radio', { name: 'Месяц' }).press('Space')
  await expect(page.getByRole('img', { name: /Выдано, отказано/ })).toBeVisible()
  await look(page)
}

async function nextCitizen(page: Page): Promise<void> {
  const next = page.getByRole('button', { name: 'Следующий гражданин' })
  await look(page)
  await next.press('Enter')
  await expect(page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
}

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: /Айгүл/ }).press('Enter')
  await look(page)
  await page.getByRole('menuitem', { name: item }).press('Enter')
}

async function look(page: Page): Promise<void> {
  await page.waitForTimeout(PAUSE_MS)
}

async function fillDisplay({ app }: OpenWindow): Promise<void> {
  await app.evaluate(({ BrowserWindow }, size) => {
    for (const window of BrowserWindow.getAllWindows()) window.setBounds({ x: 0, y: 0, ...size })
  }, displaySize)
}

/** From now on `window.shownTexts()` is every text that the page has shown, what stood in readable fields included. */
const NOTE_TEXTS = `(() => {
  const shown = new Set()
  const note = () => {
    shown.add(document.body.innerText)
    for (const field of document.querySelectorAll('input:not([type="password"])')) shown.add(field.value)
  }
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
  document.addEventListener('input', note, { capture: true })
  note()
  window.shownTexts = () => [...shown].join('\\n')
})()`
