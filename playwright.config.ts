import { defineConfig } from '@playwright/test'

/** The real window. One at a time: each test starts an Electron of its own. */
export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '**/*.e2e.ts',
  // Packing an application is part of the long run, and of `npm run package` before it.
  testIgnore: process.env['ARM_TEST_PACKAGE'] === undefined ? '**/packaged.e2e.ts' : [],
  outputDir: 'artifacts/e2e',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  retries: 0,
  reporter: [['list'], ['json']],
})
