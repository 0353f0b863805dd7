import { defineConfig } from '@playwright/test'

/** Over the packed application: what needs neither the main process nor settings of a test's own. */
const PACKED = ['help', 'issue', 'journal', 'recovery', 'reprint', 'scanner', 'session'].map(
  (name) => `**/${name}.e2e.ts`,
)
/**
 * Packing an application; letting one crash, whose core file claims a terabyte; a day at the pace of a person who watches; and
 * a search of training's memory, where the portal, which makes the passwords, is a thread: in each run real-printing.e2e.ts
 * searches a workplace without one.
 */
const LONG_ONLY = ['packaged', 'debian-package', 'crash-dump', 'working-day', 'no-trace'].map(
  (name) => `**/${name}.e2e.ts`,
)
const packed = process.env['ARM_TEST_TWIN'] !== undefined

/** The real window. One at a time: each test starts an Electron of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: packed ? PACKED : '**/*.e2e.ts',
  grepInvert: packed ? /a real workplace|taken away as a file|is a PDF with its figures/ : [],
  testIgnore: process.env['ARM_TEST_LONG'] === '1' ? [] : LONG_ONLY,
  outputDir: 'artifacts/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // Electron's inspector sometimes loses an answer of the main process; a test that passed only again is named by the runner.
  retries: 1,
  reporter: [['list'], ['json']],
})
