import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than the cores of the smallest machine: many tests wait for a process, a printer or a clock.
    maxWorkers: 3,
    include: ['tests/{unit,contract,integration,vectors}/**/*.test.ts'],
  },
})
