import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'

const root = path.resolve(import.meta.dirname, '..', '..')

/** The window over a long log while everything that is long runs at once. */
export interface LongLogWindow {
  /** From the sign-in to the verdict over the whole log, milliseconds. */
  readonly verifiedMs: number
  readonly exportedRows: number
  /** The longest time for which the main process's loop was late, from the sign-in on, milliseconds. */
  readonly longestPauseMs: number
  /** Of the main process with the stand in it, MiB: all of its pages, those of Electron's files among them. */
  readonly peakMb: number
  /** Of an Electron main process with nothing in it. */
  readonly emptyPeakMb: number
  /** Of all processes together at the end, shared pages counted once, MiB. */
  readonly togetherMb: number
}

async function measure(folder: string, file: string): Promise<LongLogWindow> {
  const empty = await launch([path.join(import.meta.dirname, 'empty-window')])
  await empty.firstWindow()
  const emptyPeakMb = memoryOf(pidOf(empty)).peakMb
  await empty.close()

  const app = await launch([root, '--data', folder])
  try {
    const page = await app.firstWindow()
    await page.locator('#login:focus').waitFor()
    // A driver cannot press the system's own dialog.
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, file)
    await app.evaluate(() => {
      const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks')
      const delay = monitorEventLoopDelay({ resolution: 5 })
      delay.enable()
      Object.assign(globalThis, { measuredDelay: delay })
    })
    await page.evaluate(SIGN_IN)
    // What a start takes is another figure.
    await app.evaluate(() => (globalThis as unknown as { measuredDelay: { reset(): void } }).measuredDelay.reset())
    const { verifiedMs, exportedRows }: Pick<LongLogWindow, 'verifiedMs' | 'exportedRows'> = await page.evaluate(WORK)
    const longestPauseMs = await app.evaluate(
      () => (globalThis as unknown as { measuredDelay: { max: number } }).measuredDelay.max / 1e6,
    )
    const { peakMb } = memoryOf(pidOf(app))
    return { verifiedMs, exportedRows, longestPauseMs, peakMb, emptyPeakMb, togetherMb: together(pidOf(app)) }
  } finally {
    await app.close()
  }
}

const SIGN_IN = `new Promise((resolve) => {
  window.signedInAt = performance.now()
  new MutationObserver((_changes, observer) => {
    if (document.querySelector('.status-line') === null) return
    observer.disconnect()
    resolve()
  }).observe(document.body, { childList: true, subtree: true })
  document.querySelector('#login').value = 'supervisor'
  document.querySelector('#password').value = 'supervisor'
  document.querySelector('form').requestSubmit()
})`

/** While the log is verified: searches it and takes a part of it away, through the window's own verbs. */
const WORK = `(async () => {
  const ask = async (channel, input) => {
    const result = await window.arm.invoke(channel, input)
    if (!result.ok) throw new Error(channel + ': ' + result.failure.code)
    return result.value
  }
  const verified = (async () => {
    for (;;) {
      const { journal } = await ask('workstation.status')
      if (journal.state === 'intact') return performance.now() - window.signedInAt
      if (journal.state === 'broken') throw new Error('broken')
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  })()
  const search = async (filter) => {
    const { searchId } = await ask('audit.search', { filter })
    await ask('audit.rows', { searchId, window: { at: 'newest' }, limit: 100 })
    await ask('audit.positions', { searchId, work: crypto.randomUUID() })
    return searchId
  }
  const exporting = (async () => {
    const searchId = await search({ event: 'iin.checked' })
    return ask('audit.export', { searchId, format: 'xlsx', language: 'ru', work: crypto.randomUUID() })
  })()
  for (const text of ['пароль', 'утрат', 'жалоба', 'gateway']) await search({ text })
  const { rows } = await exporting
  return { verifiedMs: await verified, exportedRows: rows }
})()`

function launch(args: readonly string[]): Promise<ElectronApplication> {
  const executablePath = process.env['ARM_TEST_ELECTRON']
  if (executablePath === undefined) throw new Error('run this through `npm run bench`: it finds the Electron')
  const asRoot = process.getuid?.() === 0
  return _electron.launch({ executablePath, args: [...(asRoot ? ['--no-sandbox'] : []), ...args] })
}

function pidOf(app: ElectronApplication): number {
  const { pid } = app.process()
  if (pid === undefined) throw new Error('the application has no process')
  return pid
}

function memoryOf(pid: number): { readonly peakMb: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  return { peakMb: Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024 }
}

/** Proportional set sizes of a process and all that descend from it. */
function together(pid: number): number {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? []
        return Number(parent) === pid ? [Number(name)] : []
      } catch {
        // It has ended meanwhile.
        return []
      }
    })
  const own = Number(/Pss:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]) / 1024
  return children.reduce((sum, child) => sum + together(child), own)
}

/** A process of its own, because it needs a display: `long-log-window.ts REPORT DATA EXPORT` writes its figures to REPORT. */
const [report, dataDir, exported] = process.argv.slice(2)
if (report === undefined || dataDir === undefined || exported === undefined)
  throw new Error('usage: long-log-window.ts REPORT DATA EXPORT')
writeFileSync(report, JSON.stringify(await measure(dataDir, exported)))
