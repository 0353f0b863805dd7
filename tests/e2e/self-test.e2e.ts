import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { expect, test } from '@playwright/test'
import { makeTempDir } from '../support/temp-dir.ts'

const root = path.resolve(import.meta.dirname, '..', '..')

test("the application's own cryptography, BoringSSL and not OpenSSL, passes the self-test", () => {
  const temp = makeTempDir()
  const executable = process.env['ARM_TEST_ELECTRON']
  if (executable === undefined) throw new Error('run the window tests through `npm test`: it finds the Electron')
  const asRoot = process.getuid?.() === 0
  const run = spawnSync(
    executable,
    [...(asRoot ? ['--no-sandbox'] : []), root, '--data', path.join(temp.path, 'data'), '--self-test'],
    { encoding: 'utf8', timeout: 60_000 },
  )
  temp.remove()
  const line = run.stdout.split('\n').find((text) => text.startsWith('{')) ?? '{}'
  const report: unknown = JSON.parse(line)
  expect(report).toMatchObject({ passed: true, runtime: expect.stringMatching(/^Electron .*BoringSSL$/) })
  expect(run.status).toBe(0)
})
