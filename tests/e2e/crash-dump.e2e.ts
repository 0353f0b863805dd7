import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { launchWindow, signIn } from '../support/launch-window.ts'
import { readEnvelope } from '../support/read-envelope.ts'
import { firstOf, runArm } from '../support/run-arm.ts'
import { filesHolding, formsOf } from '../support/search-files.ts'
import { memoryHolding, processTree } from '../support/search-memory.ts'
import { issueThroughWindow } from '../support/serve-in-window.ts'
import { makeTempDir } from '../support/temp-dir.ts'

/**
 * A crash with a password in memory leaves none of it on disk, though the user has told the system to keep everything. Where the
 * machine hands dumps to a program (`|` in core_pattern) the first test says that nothing can be seen here.
 */
const temp = makeTempDir()
const cores = path.join(temp.path, 'cores')
const electron = process.env['ARM_TEST_ELECTRON'] ?? ''
const asRoot = process.getuid?.() === 0
const isSeen = (): boolean =>
  process.platform === 'linux' && /^core/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8'))

test.beforeAll(() => mkdirSync(cores))
test.afterAll(() => temp.remove())

/** Starts the runtime with no limit on core files, in a folder where they are found. */
function unlimitedStarter(): string {
  const file = path.join(temp.path, 'unlimited')
  writeFileSync(file, `#!/bin/sh\nulimit -c unlimited\ncd '${cores}'\nexec '${electron}' "$@"\n`, { mode: 0o755 })
  return file
}

const dumps = (): readonly string[] => readdirSync(cores).filter((name) => name.startsWith('core'))
const ended = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve()
    else child.once('exit', () => resolve())
  })

function coreLimitOf(pid: number): string {
  return /Max core file size\s+(\S+)\s+(\S+)/.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[0] ?? ''
}

test('a program without the protection leaves its memory in a file: this machine would show it', async () => {
  test.setTimeout(180_000)
  test.skip(!isSeen(), 'core_pattern of this machine names a program, or there is none')
  const app = path.resolve(import.meta.dirname, '..', 'bench', 'empty-window')
  const child = spawn(unlimitedStarter(), [...(asRoot ? ['--no-sandbox'] : []), app], { stdio: 'ignore' })
  await expect.poll(() => processTree(child.pid ?? 0).length, { timeout: 30_000 }).toBeGreaterThan(2)
  child.kill('SIGSEGV')
  await ended(child)
  expect(dumps()).not.toEqual([])
  // Mostly holes, which nobody reads through: that something was written into it is the memory.
  for (const name of dumps()) expect(statSync(path.join(cores, name)).blocks).toBeGreaterThan(2048)
  for (const name of dumps()) truncateSync(path.join(cores, name))
})

test('the main process and the window crash with passwords in memory, and no file has them', async () => {
  test.skip(
    process.platform !== 'linux' || process.env['ARM_TEST_TWIN'] !== undefined,
    'reads /proc of its own Electron',
  )
  test.setTimeout(180_000)
  const dataDir = path.join(temp.path, 'data')
  const printed = path.join(dataDir, 'printed')
  await runArm(['people', '--data', dataDir])
  const before = dumps().length
  const window = await launchWindow({ dataDir, starter: unlimitedStarter() })
  const { page } = window
  await signIn(page, 'operator')
  await issueThroughWindow(page, await firstOf(dataDir, 'issued'))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog').getByRole('button', { name: 'Да, выдан' })).toBeVisible()

  const main = window.app.process()
  const [sheet = ''] = readdirSync(printed).filter((name) => /^envelope-.*\.pdf$/.test(name))
  const { password } = readEnvelope(path.join(printed, sheet))
  expect(memoryHolding(main.pid ?? 0, formsOf(password)).hits).not.toEqual([])
  const tree = processTree(main.pid ?? 0)
  for (const pid of tree.filter(isElectronProcess)) expect(coreLimitOf(pid), String(pid)).toMatch(/\s0\s+0$/)

  const renderer = tree.find((pid) => commandOf(pid).includes('--type=renderer')) ?? 0
  expect(renderer).toBeGreaterThan(0)
  process.kill(renderer, 'SIGABRT')
  await expect.poll(() => isAlive(renderer), { timeout: 20_000 }).toBe(false)
  process.kill(main.pid ?? 0, 'SIGSEGV')
  await ended(main)
  await window.close().catch(() => undefined)

  expect(dumps()).toHaveLength(before)
  expect(filesHolding(cores, password)).toEqual([])
  expect(filesHolding(dataDir, password).filter((name) => !name.startsWith(printed))).toEqual([])
  // Chromium's own crash reports, had anybody switched them on.
  const reports = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.dmp'))
  expect(reports).toEqual([])
})

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1')
  } catch {
    return ''
  }
}

/** What Electron forked before our first line ran is Chromium's broker of processes, which has no secret. */
function isElectronProcess(pid: number): boolean {
  const command = commandOf(pid)
  return command !== '' && !command.includes('--type=zygote')
}

function isAlive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}
