import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { channels, notices } from './src/shared/contract/channels.ts'

/**
 * The targets are explicit: the training runtime for closed networks is Electron 33 (Node 20.18, Chromium 130),
 * and the same bundle runs there and in the Electron of package.json. Minified, because every start reads it whole.
 */
export default defineConfig({
  main: {
    // The one difference of the build that tests drive (src/main/desktop/foreign-arguments.ts).
    define: { __ARM_KEEP_REMOTE_DEBUGGING__: JSON.stringify(process.env['ARM_KEEP_REMOTE_DEBUGGING'] === '1') },
    build: {
      target: 'node20.18',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: {
          index: 'src/main/index.ts',
          // Threads: their code finds them beside itself, so every chunk lies in one folder.
          'compose-training-stand-thread': 'src/main/compose-training-stand-thread.ts',
          'password-worker': 'src/main/adapters/accounts/password-worker.ts',
          'audit-verify-worker': 'src/main/adapters/audit-sqlite/verify/audit-verify-worker.ts',
          'verification-worker': 'src/main/adapters/verification/verification-worker.ts',
          'review-worker': 'src/main/adapters/audit-sqlite/review/review-worker.ts',
          // The program of the process that holds a token's driver.
          'token-helper': 'src/main/adapters/keystore/token/token-helper.ts',
        },
        external: ['electron', 'better-sqlite3', 'koffi'],
        output: { format: 'es', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    // The contract's names alone: its schemas are the main process's to check, and every start would read them twice.
    define: {
      __ARM_CHANNELS__: JSON.stringify(Object.keys(channels)),
      __ARM_NOTICES__: JSON.stringify(Object.keys(notices)),
    },
    build: {
      target: 'node20.18',
      minify: true,
      externalizeDeps: false,
      rollupOptions: {
        input: { index: 'src/preload/index.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react()],
    build: {
      target: 'chrome130',
      minify: true,
      // Everything is a file of our own origin: the content security policy allows no data: URL.
      assetsInlineLimit: 0,
      rollupOptions: { input: { index: 'src/renderer/index.html' } },
    },
  },
})
