import { readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, type OpenWindow, signIn } from '../support/launch-window.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { filesHolding, formsOf, formsOfPage } from '../support/search-files.ts'
import { argumentsHolding, searchMemory, settledHits } from '../support/search-window.ts'
import { issueThroughWindow } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/** After an envelope was handed over, its password is on the training printer's page and nowhere else. */
const temp = makeTempDir()
const dataDir = path.join(temp.path, 'data')
const printedDir = path.join(dataDir, 'printed')
let window: OpenWindow
/** A search reads a gigabyte. */
const ROUNDS = process.env['ARM_TEST_LONG'] === '1' ? 5 : 1

test.beforeAll(async () => {
  await runArm(['people', '--data', dataDir])
})
test.afterAll(() => temp.remove())
test.afterEach(() => window.close())

async function issueAndHandOver(): Promise<Buffer> {
  const { page } = window
  const before = new Set(readdirSync(dataDir).includes('printed') ? readdirSync(printedDir) : [])
  const iin = await firstOf(dataDir, 'issued')
  await issueThroughWindow(page, iin)
  await page.keyboard.press('Enter')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' }).press('Enter')
  await page.getByRole('button', { name: 'Следующий гражданин' }).press('Enter')
  const name = readdirSync(printedDir).find((file) => /^envelope-.*\.pdf$/.test(file) && !before.has(file))
  return readFileSync(path.join(printedDir, name ?? ''))
}

test('no password in a process, a file, an argument or a log after its envelope was handed over', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  test.setTimeout(180_000)
  for (let round = 0; round < ROUNDS; round++) {
    const pdf = await issueAndHandOver()
    const file = readdirSync(printedDir).find((name) => readFileSync(path.join(printedDir, name)).equals(pdf)) ?? ''
    const { password } = readEnvelope(path.join(printedDir, file))
    const forms = new Map([...formsOf(password), ...formsOfPage(pdf, password)])
    expect([...forms.keys()].filter((name) => name.startsWith('operators'))).not.toEqual([])

    const root = window.app.process().pid ?? 0
    const { processes, bytes, hits } = await settledHits(root, forms)
    expect(processes).toBeGreaterThan(2)
    expect(bytes).toBeGreaterThan(50 << 20)
    expect(hits).toEqual([])

    expect(argumentsHolding(root, password)).toEqual([])
    const elsewhere = filesHolding(dataDir, password).filter((name) => !name.startsWith(printedDir))
    expect(elsewhere).toEqual([])
    const scratch = readdirSync(os.tmpdir()).filter((name) =>
      /^(\.?org\.chromium|scoped_dir|arm-tson-(?!test))/.test(name),
    )
    for (const name of scratch) expect(filesHolding(path.join(os.tmpdir(), name), password), name).toEqual([])
  }
})

test('the search would find a copy that somebody kept', async () => {
  test.skip(process.platform !== 'linux', 'reads /proc')
  window = await launchWindow({ dataDir })
  await signIn(window.page, 'operator')
  await expect(window.page.getByRole('textbox', { name: 'ИИН' })).toBeFocused()
  const pdf = await issueAndHandOver()
  const file = readdirSync(printedDir).find((name) => readFileSync(path.join(printedDir, name)).equals(pdf)) ?? ''
  const { password } = readEnvelope(path.join(printedDir, file))
  await window.app.evaluate((_electron, kept) => {
    Object.assign(globalThis, { kept: Buffer.from(kept) })
  }, password)
  const { hits } = searchMemory(window.app.process().pid ?? 0, formsOf(password))
  expect(hits.filter((hit) => hit.startsWith('utf-8 in main'))).not.toEqual([])
})
