import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { makeTempDir } from '../support/temp-dir.ts'

/** Doyensec's Electronegativity over our sources: what it finds is explained here or mended, and what it cannot read is a finding. */
const LONG = process.env['ARM_TEST_LONG'] === '1'
const root = path.resolve(import.meta.dirname, '..', '..')
const temp = makeTempDir()
afterAll(() => temp.remove())

/** Each with the reason for which it stays, and the test that would fail if the reason were wrong. */
const explained: Readonly<Record<string, string>> = {
  'CSP_GLOBAL_CHECK N/A':
    'It looks for a policy in a page or in onHeadersReceived; ours is a header of the app: protocol (security-checklist.e2e.ts, item 7).',
  'PRELOAD_JS_CHECK main/desktop/main-window.ts':
    'It asks for a review by hand: the preload hands over two verbs of the contract and no object of Electron (hardening.e2e.ts).',
}

interface Answer {
  readonly checks: number
  readonly unread: readonly { file: string; message: string }[]
  readonly findings: readonly { id: string; file: string; line: number }[]
}

async function look(folder: string): Promise<Answer> {
  const setup = (await import(path.join(root, 'tools', 'setup', 'electronegativity.mjs'))) as {
    ensureElectronegativity(root: string): string
  }
  const installed = setup.ensureElectronegativity(root)
  const { devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'))
  const answer = path.join(temp.path, 'answer.json')
  const script = path.join(root, 'tools', 'electronegativity', 'look.cjs')
  execFileSync(process.execPath, [script, installed, folder, devDependencies.electron, answer], { stdio: 'pipe' })
  return JSON.parse(readFileSync(answer, 'utf8'))
}

test.skipIf(!LONG)(
  'nothing of it is unexplained, and it has read every source file',
  async () => {
    const { checks, unread, findings } = await look(path.join(root, 'src'))
    expect(checks).toBeGreaterThan(40)
    expect(unread).toEqual([])
    expect([...new Set(findings.map(({ id, file }) => `${id} ${file}`))].sort()).toEqual(Object.keys(explained).sort())
  },
  300_000,
)

test.skipIf(!LONG)(
  'it would find what is wrong, in our syntax too, and tells a file that it cannot read',
  async () => {
    const folder = path.join(temp.path, 'wrong')
    mkdirSync(folder)
    cpSync(path.join(root, 'src', 'main', 'desktop'), folder, { recursive: true })
    const window = readFileSync(path.join(folder, 'main-window.ts'), 'utf8')
    const open = window.replace('sandbox: true', 'sandbox: false').replace('webSecurity: true', 'webSecurity: false')
    expect(open).not.toBe(window)
    writeFileSync(path.join(folder, 'main-window.ts'), open)
    writeFileSync(path.join(folder, 'page.tsx'), open)
    writeFileSync(path.join(folder, 'broken.ts'), 'const = ;')
    const { unread, findings } = await look(folder)
    expect(unread.map(({ file }) => file)).toEqual(['broken.ts'])
    const found = findings.map(({ id, file }) => `${id} ${file}`)
    for (const file of ['main-window.ts', 'page.tsx']) {
      expect(found).toEqual(expect.arrayContaining([`SANDBOX_JS_CHECK ${file}`, `WEB_SECURITY_JS_CHECK ${file}`]))
    }
  },
  300_000,
)
