import path from 'node:path'
import { expect, type Locator, type Page, test } from '@playwright/test'
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

/** Tab, until the focus is there. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let presses = 0; presses < 80; presses += 1) {
    if (await target.evaluate((element) => element === element.ownerDocument.activeElement)) return
    await page.keyboard.press('Tab')
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

/** Elements of the page whose words do not fit into them. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    Array.from(document.querySelectorAll<HTMLElement>('main *'))
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
