import { defineConfig } from '@playwright/test'

/** Over the packed application: what needs neither the main process nor settings of a test's own. */
const PACKED = ['help', 'issue', 'journal', 'recovery', 'reprint', 'scanner', 'session'].map(
  (name) => `**/${name}.e2e.ts`,
)
const packed = process.env['ARM_TEST_TWIN'] !== undefined

/** The real window. One at a time: each test starts an Electron of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: packed ? PACKED : '**/*.e2e.ts',
  grepInvert: packed ? /a real workplace|taken away as a file|is a PDF with its figures/ : [],
  testIgnore: [
    // Packing an application and letting one crash (a core file claims a terabyte of address space) are parts of the long run.
    ...(process.env['ARM_TEST_PACKAGE'] === undefined ? ['**/packaged.e2e.ts', '**/crash-dump.e2e.ts'] : []),
    // A day at the pace of a person who watches.
    ...(process.env['ARM_TEST_LONG'] === '1' ? [] : ['**/working-day.e2e.ts']),
  ],
  outputDir: 'artifacts/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  // Electron's inspector sometimes loses an answer of the main process; a test that passed only again is named by the runner.
  retries: 1,
  reporter: [['list'], ['json']],
})
