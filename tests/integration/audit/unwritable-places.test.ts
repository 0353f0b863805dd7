import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, type TestContext } from 'vitest'
import { openAuditLog } from '../../../src/main/adapters/audit-sqlite/open-audit-log.ts'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import type { AuditEntry } from '../../../src/shared/domain/audit-event.ts'
import {
  appendAll,
  clockAt,
  createTestVault,
  openTestLog,
  temporaryFolder,
} from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

const vault = createTestVault()
const entry: AuditEntry = { event: 'request.sending', actor: 'operator', note: 'Ж'.repeat(500) }

/** Real mounts, because access rights restrain no administrator. They need one: elsewhere the test is skipped. */
function mount(context: TestContext, ...commands: string[][]): void {
  const folder = commands[0]?.at(-1) ?? ''
  mkdirSync(folder)
  try {
    for (const command of commands) {
      execFileSync('mount', command, { stdio: 'ignore' })
      onTestFinished(() => {
        execFileSync('umount', [folder], { stdio: 'ignore' })
      })
    }
  } catch {
    context.skip('mounting is not permitted here')
  }
}

function readOnlyView(context: TestContext, of: string): string {
  const view = `${of}-read-only`
  mount(context, ['--bind', of, view])
  execFileSync('mount', ['-o', 'remount,ro,bind', view], { stdio: 'ignore' })
  return view
}

const open = (file: string) =>
  openAuditLog({ file, workstation: 'TEST-01', vault, clock: clockAt('2026-03-01T08:00:00.000Z') })

it('a full disk stops the next row with a code and keeps the rows before; with room again the log goes on', async (context) => {
  const place = temporaryFolder()
  const disk = join(place, 'disk')
  mount(context, ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', disk])
  const file = join(disk, 'audit.sqlite')
  const ballast = join(disk, 'ballast')
  const log = openTestLog({ file, vault })
  appendAll(log, Array(5).fill(entry))
  const { bavail, bsize } = statfsSync(disk)
  writeFileSync(ballast, Buffer.alloc((bavail - 8) * bsize))

  let failed = log.append(entry)
  while (failed.ok) failed = log.append(entry)
  expect(failed.failure).toEqual({ code: 'audit.write-failed', detail: 'SQLITE_FULL' })
  expect(log.append(entry)).toMatchObject({ ok: false, failure: { code: 'audit.write-failed' } })
  const { seq } = log.head()
  expect(seq).toBeGreaterThanOrEqual(5)
  expect(await log.verify()).toMatchObject({ state: 'intact', rows: seq })

  rmSync(ballast)
  expect(log.append(entry)).toEqual({ ok: true, value: seq + 1 })
  expect(await log.verify()).toMatchObject({ state: 'intact', rows: seq + 1 })
  log.close()
})

it('a full disk on which no log was yet made says that the log is unavailable', async (context) => {
  const place = temporaryFolder()
  const disk = join(place, 'disk')
  mount(context, ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', disk])
  expect(open(join(disk, 'audit.sqlite'))).toMatchObject({ ok: false, failure: { code: 'audit.unavailable' } })
})

it('a log on a read-only medium is not opened for writing, and is verified all the same', async (context) => {
  const folder = join(temporaryFolder(), 'data')
  const log = openTestLog({ file: join(folder, 'audit.sqlite'), vault })
  appendAll(log, [entry, entry])
  log.close()
  const file = join(readOnlyView(context, folder), 'audit.sqlite')
  expect(open(file)).toMatchObject({ ok: false, failure: { code: 'audit.unavailable' } })
  expect(await verifyAuditFile({ file })).toMatchObject({ ok: true, value: { verdict: { state: 'intact', rows: 2 } } })
})

it('a read-only image of a machine that crashed is verified with its write-ahead log', async (context) => {
  const folder = join(temporaryFolder(), 'data')
  const log = openTestLog({ file: join(folder, 'audit.sqlite'), vault })
  appendAll(log, [entry, entry, entry])
  const image = readOnlyView(context, folder)
  const before = readFileSync(join(image, 'audit.sqlite-wal'))
  expect(await verifyAuditFile({ file: join(image, 'audit.sqlite') })).toMatchObject({
    ok: true,
    value: { verdict: { state: 'intact', rows: 3 } },
  })
  expect(readFileSync(join(image, 'audit.sqlite-wal'))).toEqual(before)
  expect(readdirSync(image)).toContain('audit.sqlite-shm')
})
