import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    include: ['tests/{unit,contract,integration,vectors}/**/*.test.ts'],
  },
})
