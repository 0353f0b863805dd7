import type { Page } from '@playwright/test'
import type { Language } from '../../src/shared/domain/language.ts'
import { trainingIins } from '../../src/shared/domain/training.ts'

/** Made-up people by what the service answers, of the data folder that the window shows. */
export interface Walk {
  readonly page: Page
  readonly issued: string
  readonly registered: string
  readonly refused: string
}

/** One state of the window: the way to it from the stop before, in no language, since each is walked in all three. */
export interface Stop {
  readonly name: string
  readonly reach: (walk: Walk) => Promise<void>
  /** Back to where the next stop begins. */
  readonly leave?: (walk: Walk) => Promise<void>
}

const open = (page: string): Stop => ({
  name: page,
  async reach({ page: window }) {
    await window.locator(`a[href="#${page}"]`).click()
    await window.locator(`a[href="#${page}"][aria-current="page"]`).waitFor()
    await window.locator('main h1').first().waitFor({ state: 'attached' })
  },
})
const drawer = (name: string, key: string): Stop => ({
  name,
  async reach({ page }) {
    await page.keyboard.press(key)
    await page.getByRole('dialog').waitFor()
  },
  async leave({ page }) {
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  },
})
const menu = (name: string, item: string): Stop => ({
  name,
  async reach({ page }) {
    await page.locator('.user-menu-button').press('Enter')
    await page.locator(`[role="menuitem"][data-key="${item}"]`).press('Enter')
  },
})
const typedIin = async ({ page }: Walk, iin: string): Promise<void> => {
  await page.locator('#iin').fill(iin)
  await page.locator('#iin').press('Enter')
}
const signedOut: Stop = {
  ...menu('signed-out', 'sign-out'),
  leave: async ({ page }) => page.locator('#login').waitFor(),
}

export const stopsBeforeSignIn: readonly Stop[] = [
  { name: 'sign-in', reach: async ({ page }) => page.locator('#login').waitFor() },
  {
    name: 'sign-in-missing',
    reach: async ({ page }) => page.locator('#password').press('Enter'),
  },
  {
    name: 'sign-in-refused',
    async reach({ page }) {
      await page.locator('#login').fill('nobody')
      await page.locator('#password').fill('nothing')
      await page.locator('#password').press('Enter')
      await page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'sign-in-by-key',
    async reach({ page }) {
      await page.locator('form .button').last().press('Enter')
      await page.locator('#sign-in-pin').press('Enter')
    },
    leave: async ({ page }) => page.locator('form .button').last().press('Enter'),
  },
  drawer('help-over-sign-in', 'F1'),
]

export const operatorStops: readonly Stop[] = [
  { name: 'issue', reach: async ({ page }) => page.locator('#iin:focus').waitFor() },
  drawer('training', 'F2'),
  drawer('help-over-issue', 'F1'),
  {
    name: 'user-menu',
    async reach({ page }) {
      await page.locator('.user-menu-button').press('Enter')
      await page.getByRole('menu').waitFor()
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'change-password',
    async reach({ page }) {
      await page.locator('.user-menu-button').press('Enter')
      await page.locator('[role="menuitem"][data-key="change-password"]').press('Enter')
      await page.locator('#password-next').fill('короткий')
      await page.locator('#password-next').press('Enter')
    },
    leave: async ({ page }) => page.keyboard.press('Escape'),
  },
  {
    name: 'iin-wrong',
    async reach(walk) {
      await typedIin(
        walk,
        trainingIins.operator.replace(/.$/, (digit) => String((Number(digit) + 1) % 10)),
      )
      await walk.page.locator('#iin[aria-invalid="true"]').waitFor()
    },
  },
  {
    name: 'citizen-refused',
    async reach(walk) {
      await typedIin(walk, walk.refused)
      await walk.page.getByRole('alert').first().waitFor()
    },
    leave: nextCitizen,
  },
  {
    name: 'citizen-registered',
    async reach(walk) {
      await typedIin(walk, walk.registered)
      await walk.page.locator('.person').first().waitFor()
    },
    leave: nextCitizen,
  },
  {
    name: 'citizen-checked',
    async reach(walk) {
      await typedIin(walk, walk.issued)
      await walk.page.locator('.person').first().waitFor()
    },
    leave: nextCitizen,
  },
  open('help'),
  open('journal'),
  {
    name: 'locked',
    async reach({ page }) {
      await menu('', 'lock').reach({ page } as Walk)
      await page.locator('#secret').waitFor()
    },
    async leave({ page }) {
      await page.locator('#secret').fill('operator')
      await page.locator('#secret').press('Enter')
      await page.locator('.user-menu-button').waitFor()
    },
  },
  signedOut,
]

export const supervisorStops: readonly Stop[] = [
  {
    name: 'journal-of-supervisor',
    reach: async ({ page }) => page.getByRole('grid').or(page.getByRole('table')).first().waitFor(),
  },
  {
    name: 'journal-row',
    async reach({ page }) {
      await page.getByRole('row').nth(1).click()
      await page.keyboard.press('Enter')
    },
  },
  signedOut,
]

/** A new page of the administrator joins by one line. */
export const administratorStops: readonly Stop[] = [open('health'), open('settings'), open('accounts'), signedOut]

/** Whatever stands, the page is left and entered again: it asks nothing where nothing is lost. */
async function nextCitizen({ page }: Walk): Promise<void> {
  await page.locator('a[href="#help"]').click()
  const leave = page.getByRole('alertdialog').getByRole('button').first()
  await page.locator('a[href="#help"][aria-current="page"]').or(leave).first().waitFor()
  if (await leave.isVisible()) await leave.press('Enter')
  await page.locator('a[href="#issue"]').click()
  await page.locator('#iin').waitFor()
}

export async function chooseLanguage(page: Page, language: Language): Promise<void> {
  await page.locator(`.language-choice:has([lang="${language}"])`).click()
  await page.locator(`html[lang="${language}"]`).waitFor({ state: 'attached' })
}

export async function enter({ page }: Walk, login: string): Promise<void> {
  await page.locator('#login').fill(login)
  await page.locator('#password').fill(login)
  await page.locator('#password').press('Enter')
  await page.locator('.user-menu-button').waitFor()
}
