import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { portalMessages } from '../../../src/shared/domain/reference-data.ts'
import { makeUpPeople } from '../../../src/stand/population-register/make-up-people.ts'
import type { Person } from '../../../src/stand/population-register/person.ts'
import { type Stand, startStand } from '../../../src/stand/start-stand.ts'
import { filesHolding } from '../../support/search-files.ts'
import {
  askPortal,
  elementText,
  exchange,
  openKeyFile,
  requestDocument,
  type SigningKey,
} from '../../support/stand-workstation.ts'
import { makeTempDir } from '../../support/temp-dir.ts'

const browserPath = '/usr/bin/chromium'
const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
const temp = makeTempDir()
const dataDir = join(temp.path, 'stand')
const MINUTE_MS = 60_000
const OWN_PASSWORD = 'Own-Passw0rd'

let clock = new Date()
let stand: Stand
let key: SigningKey
const start = (): Promise<Stand> => startStand({ dataDir, now: () => clock })
const citizens = makeUpPeople().filter(
  (person) =>
    person.lifeStatus === '0' && !person.exclusionSign && !person.prosecutorRecord && !person.registeredBefore,
)

beforeAll(async () => {
  stand = await start()
  key = openKeyFile(stand.workstationKeyFile, temp.path)
})
afterAll(async () => {
  await stand.close()
  temp.remove()
})

/** A citizen with a new account. */
async function issue(): Promise<{ person: Person; password: string }> {
  const person = citizens.shift()
  if (person === undefined) throw new Error('the register ran out of citizens')
  return { person, password: await issueAgain(person.iin) }
}

async function issueAgain(iin: string): Promise<string> {
  const operation = '<registerUser><reissueReason>Утрачен пароль</reissueReason><plainPassword/></registerUser>'
  const reply = await askPortal(stand, key, requestDocument({ iin, operation, createdAt: clock }))
  return elementText(reply, 'plainPassword') ?? ''
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }
const url = (path: string): string => new URL(path, stand.portalUrl).href

/** A visitor's cookie and the token of his forms. */
async function visit(): Promise<{ cookie: string; token: string }> {
  const { headers, body } = await exchange(stand.portalUrl, stand)
  const cookie = String(headers['set-cookie']).split(';')[0] ?? ''
  return { cookie, token: /name="token" value="([^"]+)"/.exec(body.toString())?.[1] ?? '' }
}

/** Sends wrong passwords without waiting. @returns the pages. */
async function guessAtOnce(login: string, times: number): Promise<string[]> {
  const { cookie, token } = await visit()
  const body = new URLSearchParams({ token, login, password: 'wrong' }).toString()
  const guess = () => exchange(url('/login'), stand, { method: 'POST', headers: { ...form, cookie }, body })
  const answers = await Promise.all(Array.from({ length: times }, guess))
  return answers.map((answer) => answer.body.toString())
}

describe.skipIf(!existsSync(browserPath))('in Chromium (needs /usr/bin/chromium)', () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', ...quiet]
    browser = await chromium.launch({ executablePath: browserPath, args })
  })
  afterAll(() => browser.close())
  beforeEach(async () => {
    const context = await browser.newContext({ ignoreHTTPSErrors: true })
    page = await context.newPage()
    await page.goto(stand.portalUrl)
    return () => context.close()
  })

  /** Sends a form, and waits for the page that answers. */
  async function press(button: string): Promise<void> {
    const loaded = page.waitForEvent('load')
    await page.getByRole('button', { name: button }).click()
    await loaded
  }

  /** As a new visitor. */
  async function logIn(login: string, password: string): Promise<void> {
    await page.context().clearCookies()
    await page.goto(stand.portalUrl)
    await page.getByLabel('ИИН или БИН').fill(login)
    await page.getByLabel('Пароль').fill(password)
    await press('Войти в систему')
  }

  async function changePassword(current: string, next: string, repeated = next): Promise<void> {
    await page.getByLabel('Текущий пароль').fill(current)
    await page.getByLabel('Новый пароль').fill(next)
    await page.getByLabel('Повтор пароля').fill(repeated)
    await press('Сменить пароль')
  }

  const heading = (): Promise<string | null> => page.getByRole('heading', { level: 1 }).textContent()
  const alert = (): Promise<string[]> => page.getByRole('alert').getByRole('paragraph').allTextContents()

  test('the issued password logs in, can be changed, and then is dead', async () => {
    const { person, password } = await issue()
    await logIn(person.iin, password)
    expect(await heading()).toBe('Личный кабинет')
    expect(await page.getByText('Здравствуйте').textContent()).toContain(person.name)

    await changePassword(password, OWN_PASSWORD)
    expect(await page.getByRole('status').textContent()).toBe('Пароль изменён.')
    await press('Выйти')
    expect(await heading()).toBe('Вход на портал')
    await page.goto(new URL('/cabinet', stand.portalUrl).href)
    expect(await heading()).toBe('Вход на портал')

    await logIn(person.iin, password)
    expect(await alert()).toEqual([portalMessages.loginWrong])
    await logIn(person.iin, OWN_PASSWORD)
    expect(await heading()).toBe('Личный кабинет')
    for (const secret of [password, OWN_PASSWORD]) expect(filesHolding(dataDir, secret)).toEqual([])
  })

  test('ten failures lock the login for 15 minutes, whatever restarts, with the verbatim messages', async () => {
    const { person, password } = await issue()
    for (let failure = 1; failure <= 9; failure += 1) {
      await logIn(person.iin, `guess-${failure}`)
      expect(await alert()).toEqual([portalMessages.loginWrong])
    }
    await stand.close()
    stand = await start()
    await logIn(person.iin, 'guess-10')
    expect(await alert()).toEqual([portalMessages.loginWrong, portalMessages.loginLocked])
    await logIn(person.iin, password)
    expect(await alert()).toEqual([portalMessages.loginLocked])

    clock = new Date(clock.getTime() + 14 * MINUTE_MS)
    await logIn(person.iin, password)
    expect(await alert()).toEqual([portalMessages.loginLocked])
    clock = new Date(clock.getTime() + MINUTE_MS)
    await logIn(person.iin, 'guess-after')
    expect(await alert()).toEqual([portalMessages.loginWrong])
    await logIn(person.iin, password)
    expect(await heading()).toBe('Личный кабинет')

    const log = readFileSync(join(dataDir, 'portal.log'), 'utf8')
    expect(log.match(/"login-failed"/g)?.length).toBeGreaterThanOrEqual(12)
    expect(log).toContain(`${person.iin.slice(0, 6)}******`)
    for (const secret of [person.iin, 'guess-', password]) expect(log).not.toContain(secret)
  }, 120_000)

  test('a new password that breaks a rule is refused in words, and the old one stays', async () => {
    const { person, password } = await issue()
    await logIn(person.iin, password)
    await changePassword(password, 'Abcdefg1')
    expect((await alert()).join()).toMatch(/знак/)
    await changePassword(password, OWN_PASSWORD, `${OWN_PASSWORD}x`)
    expect((await alert()).join()).toMatch(/не совпадают/)
    await logIn(person.iin, password)
    expect(await heading()).toBe('Личный кабинет')
  })

  test('the current password is asked for, and guessing it there locks the login too', async () => {
    const { person, password } = await issue()
    await logIn(person.iin, password)
    await changePassword('Wrong-1234', OWN_PASSWORD)
    expect(await alert()).toEqual(['Текущий пароль введён неверно'])
    await guessAtOnce(person.iin, 8)
    await changePassword('Wrong-1234', OWN_PASSWORD)
    expect(await alert()).toEqual([portalMessages.loginLocked])
    await changePassword(password, OWN_PASSWORD)
    expect(await alert()).toEqual([portalMessages.loginLocked])
  }, 120_000)

  test('a regenerated password ends the sessions of the old one', async () => {
    const { person, password } = await issue()
    await logIn(person.iin, password)
    await issueAgain(person.iin)
    await page.reload()
    expect(await heading()).toBe('Вход на портал')
  })

  test('a session ends after half an hour of idleness', async () => {
    const { person, password } = await issue()
    await logIn(person.iin, password)
    clock = new Date(clock.getTime() + 31 * MINUTE_MS)
    await page.reload()
    expect(await heading()).toBe('Вход на портал')
  })

  test('what is typed as a login comes back as text, never as markup', async () => {
    const markup = '"><b>x</b>'
    await logIn(markup, 'x')
    expect(await page.getByLabel('ИИН или БИН').inputValue()).toBe(markup)
    expect(await page.locator('b').count()).toBe(0)
  })

  test('the page works by keyboard, has names for everything, and loads nothing but its own files', async () => {
    const urls: string[] = []
    page.on('request', (request) => urls.push(request.url()))
    const problems: string[] = []
    page.on('console', (message) => problems.push(message.text()))
    const { person, password } = await issue()
    await page.goto(stand.portalUrl)
    expect(await page.locator('html').getAttribute('lang')).toBe('ru')
    await page.keyboard.press('Tab')
    await page.keyboard.type(person.iin)
    await page.keyboard.press('Tab')
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Личный кабинет' }).waitFor()
    expect(urls.every((url) => url.startsWith(stand.portalUrl))).toBe(true)
    expect(problems).toEqual([])
  })
})

describe('over HTTP', () => {
  test('pages carry a policy that runs no script, and a cookie that no script and no other site sees', async () => {
    const { headers, body } = await exchange(stand.portalUrl, stand)
    expect(headers['content-security-policy']).toContain("default-src 'none'")
    expect(headers['content-security-policy']).not.toContain('unsafe')
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['cache-control']).toBe('no-store')
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/),
    ])
    expect(body.toString()).not.toMatch(/<script|style=| on[a-z]+=/)
  })

  test.each(['/login', '/cabinet/password', '/logout'])(
    'a POST to %s without our form’s token does nothing',
    async (path) => {
      const answer = await exchange(url(path), stand, {
        method: 'POST',
        headers: form,
        body: 'token=x&login=1&password=2',
      })
      expect(answer.status).toBe(403)
      expect(answer.body.toString()).toContain('Страница устарела')
    },
  )

  test('a login gives a new session id', async () => {
    const { person, password } = await issue()
    const { cookie, token } = await visit()
    const body = new URLSearchParams({ token, login: person.iin, password }).toString()
    const answer = await exchange(url('/login'), stand, { method: 'POST', headers: { ...form, cookie }, body })
    expect(answer.status).toBe(303)
    expect(String(answer.headers['set-cookie'])).not.toContain(cookie)
    const old = await exchange(url('/cabinet'), stand, { headers: { cookie } })
    expect(old.headers['location']).toBe('/')
  })

  test('guesses made at once count as guesses made in a row', async () => {
    const { person } = await issue()
    const pages = await guessAtOnce(person.iin, 14)
    expect(pages.filter((page) => page.includes(portalMessages.loginWrong))).toHaveLength(10)
    expect(pages.filter((page) => page.includes(portalMessages.loginLocked))).toHaveLength(5)
  })

  test('other names for this machine, other pages, methods and large forms are refused', async () => {
    expect((await exchange(stand.portalUrl, stand, { headers: { host: 'evil.example' } })).status).toBe(421)
    expect((await exchange(url('/etc/passwd'), stand)).status).toBe(404)
    expect((await exchange(stand.portalUrl, stand, { method: 'PUT', body: 'x' })).status).toBe(405)
    const large = { method: 'POST', headers: form, body: `token=${'x'.repeat(9000)}` }
    expect((await exchange(url('/login'), stand, large)).status).toBe(413)
  })
})
