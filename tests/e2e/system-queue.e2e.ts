import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { _electron, type ElectronApplication, expect, test } from '@playwright/test'
import { build } from 'vite'
import { envelopeLayouts } from '../../src/main/adapters/envelope-pdf/layouts/envelope-layouts.ts'
import { rasterisePage } from '../../src/main/adapters/printing/rasterise-page.ts'
import { pdfPixels } from '../integration/envelope/poppler.ts'
import { renderSample } from '../integration/envelope/sample-content.ts'
import { startSpooler, type TestSpooler } from '../support/printing/cupsd.ts'
import { type ReferencePrinter, startReferencePrinter } from '../support/printing/ippeveprinter.ts'

/**
 * The way of Windows to a printer on its cable, as far as Linux can show it: Chromium's printing through a real cupsd to the
 * reference printer of CUPS.
 */
const root = path.resolve(import.meta.dirname, '..', '..')
// Inside the tree: the program finds its modules from where it lies.
const folder = path.join(root, 'node_modules', '.cache', `system-queue-${process.pid}`)
let printer: ReferencePrinter
let spooler: TestSpooler
let app: ElectronApplication

interface Printed {
  readonly ended: { readonly outcome: string; readonly failure?: { readonly code: string; readonly detail?: string } }
  readonly renderers: readonly number[]
  readonly windows: number
}

test.beforeAll(async () => {
  test.setTimeout(120_000)
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: 'queue', productName: 'queue', version: '1.0.0', type: 'module', main: 'main.js' }),
  )
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: path.join(root, 'tests/support/printing/system-queue-app.ts'),
      outDir: folder,
      emptyOutDir: false,
      target: 'node20.18',
      rollupOptions: { external: ['electron'], output: { format: 'es', entryFileNames: 'main.js' } },
    },
  })
  printer = await startReferencePrinter({ formats: 'application/pdf' })
  spooler = await startSpooler({ preserveJobFiles: 'No' })
  await spooler.addQueue('counter', printer.uri)
  app = await _electron.launch({
    executablePath: process.env['ARM_TEST_ELECTRON'] ?? '',
    args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), folder],
    env: { ...process.env, CUPS_SERVER: `127.0.0.1:${spooler.port}` } as Record<string, string>,
  })
  await app.firstWindow()
})

test.afterAll(async () => {
  await app?.close()
  await spooler?.stop()
  await printer?.stop()
  rmSync(folder, { recursive: true, force: true })
})

function printSheet(given: { queue: string; media: string; pdf: string; jobName: string }): Promise<Printed> {
  return app.evaluate((_electron, what) => Reflect.get(globalThis, 'printSheet')(what), given)
}

async function sheetsOf(count: number): Promise<readonly Buffer[]> {
  const sheets: Buffer[] = []
  await expect.poll(() => sheets.push(...printer.takePages()), { timeout: 30_000 }).toBe(count)
  return sheets
}

test('a sheet reaches the paper dot for dot, in its place, and its renderer is gone', async () => {
  // The reference printer takes no A5.
  const [layout, media] = ['a4-dl-right-window', 'iso_a4_210x297mm'] as const
  const pdf = await renderSample({}, { layout, languages: ['kk', 'ru'] })
  const { ended, renderers, windows } = await printSheet({
    queue: 'counter',
    media,
    pdf: pdf.toString('base64'),
    jobName: 'envelope-1',
  })
  expect(ended).toEqual({ outcome: 'unknown', failure: { code: 'print.outcome-unknown', detail: 'handed' } })
  expect(windows).toBe(1)
  expect(renderers).toHaveLength(1)
  await expect.poll(() => renderers.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([])

  const [sheet = Buffer.alloc(0)] = await sheetsOf(1)
  const wanted = await rasterisePage(pdf, 300)
  const picture = pictureIn(sheet)
  expect(picture.size).toBe(`${wanted.width} ${wanted.height}`)
  expect(picture.red.equals(Buffer.from(wanted.pixels))).toBe(true)
  // Where it stands on the sheet: folds and windows are meant in millimetres.
  const { page, folds } = envelopeLayouts[layout]
  const seen = pdfPixels(sheet, 300)
  expect([seen.width, seen.height].map((dots) => dots / seen.dotsPerMm)).toEqual([
    expect.closeTo(page.width, 0),
    expect.closeTo(page.height, 0),
  ])
  for (const fold of folds) {
    const column = Math.round(5.9 * seen.dotsPerMm)
    const rows = Array.from(
      { length: seen.dotsPerMm },
      (_, row) => Math.round(fold * seen.dotsPerMm - seen.dotsPerMm / 2) + row,
    )
    expect(
      rows.some((row) => seen.at(column, row) < 230),
      `a mark at ${fold} mm`,
    ).toBe(true)
  }
})

/** The one picture of a page, as poppler takes it out. */
function pictureIn(pdf: Buffer): { readonly size: string; readonly red: Buffer } {
  const file = path.join(folder, 'sheet.pdf')
  writeFileSync(file, pdf)
  execFileSync('pdfimages', [file, path.join(folder, 'sheet')], { stdio: 'ignore' })
  const ppm = readFileSync(path.join(folder, 'sheet-000.ppm'))
  const [head = '', size = ''] = /^P6\n(\d+ \d+)\n255\n/.exec(ppm.subarray(0, 32).toString('latin1')) ?? []
  const red = Buffer.alloc((ppm.length - head.length) / 3)
  for (let at = 0; at < red.length; at++) red[at] = ppm[head.length + 3 * at] ?? 0
  return { size, red }
}

test('what the system cannot take is refused before a page is made, and the queue says how it stands', async () => {
  const check = (queue: string) => app.evaluate((_electron, name) => Reflect.get(globalThis, 'check')(name), queue)
  const list = () => app.evaluate(() => Reflect.get(globalThis, 'listQueues')())
  expect(await list()).toMatchObject([{ name: 'counter', state: 'idle', accepting: true, reasons: [] }])
  expect(await check('counter')).toMatchObject({
    ok: true,
    value: { warnings: [{ code: 'print.unfollowed' }, { code: 'print.spool-unreadable' }] },
  })
  expect(await check('nowhere')).toEqual({ ok: false, failure: { code: 'print.no-printer', detail: 'no such queue' } })
  const pdf = (await renderSample()).toString('base64')
  expect((await printSheet({ queue: 'nowhere', media: 'iso_a4_210x297mm', pdf, jobName: 'x' })).ended).toMatchObject({
    outcome: 'not-printed',
    failure: { code: 'print.no-printer' },
  })
  expect((await printSheet({ queue: 'counter', media: 'iso_a3_297x420mm', pdf, jobName: 'x' })).ended).toMatchObject({
    outcome: 'not-printed',
    failure: { code: 'print.wrong-paper' },
  })
  spooler.administer('cupsreject', ['counter'])
  expect(await list()).toMatchObject([{ name: 'counter', accepting: false }])
  expect((await printSheet({ queue: 'counter', media: 'iso_a4_210x297mm', pdf, jobName: 'x' })).ended).toMatchObject({
    outcome: 'not-printed',
    failure: { code: 'print.not-accepting' },
  })
  spooler.administer('cupsaccept', ['counter'])
  expect(printer.takePages()).toEqual([])
})
