import path from 'node:path'
import { type CDPSession, expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { makeTempDir } from '../support/temp-dir.ts'
import { type Layout, scannerKeys } from '../unit/renderer/scanner/keyboards.ts'
import { createRandom, madeUpCard } from '../unit/renderer/scanner/made-up-documents.ts'

const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
let window: OpenWindow

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
})
test.afterAll(async () => {
  await window.close()
  temp.remove()
})

/** Keys as the system gives them to the window: physical key and layout apart. */
async function scan(text: string, layout: Layout): Promise<void> {
  await press(scannerKeys(`\\${text}\n`, layout), 4)
}

async function press(keys: ReturnType<typeof scannerKeys>, gapMs: number): Promise<void> {
  const devtools: CDPSession = await window.page.context().newCDPSession(window.page)
  const begun = Date.now() / 1000
  const sent = keys.flatMap(({ code, key, shift }, index) => {
    const timestamp = begun + (index * gapMs) / 1000
    const typed = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {}
    const common = { code, key, modifiers: shift ? 8 : 0, timestamp }
    return [
      devtools.send('Input.dispatchKeyEvent', { type: 'keyDown', ...typed, ...common }),
      devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...common }),
    ]
  })
  await Promise.all(sent)
  await devtools.detach()
}

test('an identity card fills the ИИН from any focus, in the Kazakh layout too, and Enter goes on', async () => {
  const { page } = window
  const iin = await firstOf(dataDir, 'registered')
  await page.getByRole('link', { name: 'Журнал' }).focus()
  await scan(madeUpCard(createRandom(1), iin).join('\n'), 'kazakh')
  const field = page.getByRole('textbox', { name: 'ИИН' })
  await expect(field).toHaveValue(iin)
  await expect(field).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Гражданин уже зарегистрирован').first()).toBeVisible()

  const reason = page.getByRole('textbox', { name: 'Причина' })
  await reason.focus()
  await page.keyboard.type('Утратил \\', { delay: 40 })
  await expect(reason).toHaveValue('Утратил \\')
  const next = await firstOf(dataDir, 'issued')
  await scan(next, 'russian')
  await expect(field).toHaveValue(next)
  await expect(page.getByText('Гражданин уже зарегистрирован')).toHaveCount(0)
})

test('a wrong check digit and a strange barcode are refused in words, and the ИИН stays as it was', async () => {
  const { page } = window
  const field = page.getByRole('textbox', { name: 'ИИН' })
  const before = await firstOf(dataDir, 'issued')
  await field.fill(before)
  const [first, second, third] = madeUpCard(createRandom(2), before)
  const misread = `${second.slice(0, 3)}${(Number(second[3]) + 1) % 10}${second.slice(4)}`
  await scan([first, misread, third].join('\n'), 'english')
  await expect(page.getByRole('alert').filter({ hasText: 'контрольная цифра не сходится' })).toBeVisible()
  await expect(field).toHaveValue(before)
  await scan('4607012345678', 'english')
  await expect(page.getByRole('alert').filter({ hasText: 'не удостоверение личности' })).toBeVisible()
  await expect(field).toHaveValue(before)
  expect(window.errors).toEqual([])
})

test('a person types the ИИН on the number row in the Kazakh layout', async () => {
  const { page } = window
  const field = page.getByRole('textbox', { name: 'ИИН' })
  const iin = await firstOf(dataDir, 'issued')
  await field.fill('')
  await field.focus()
  await press(scannerKeys(iin, 'kazakh'), 40)
  await expect(field).toHaveValue(iin)
})
