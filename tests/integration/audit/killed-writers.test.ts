import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createPassphraseVault } from '../../../src/main/adapters/vault/create-passphrase-vault.ts'
import { appendAll, openTestLog, temporaryFolder } from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'

const script = join(import.meta.dirname, 'append-rows.ts')

interface Writer {
  readonly process: ChildProcess
  /** Whole lines only: a line cut by the kill was not acknowledged to anyone. */
  lines(): string[]
  said(count: number): Promise<void>
  ended(): Promise<{ code: number | null; complaint: string }>
}

function startWriter(folder: string, rows: number): Writer {
  const child = spawn(process.execPath, [script, folder, String(rows)], { stdio: ['ignore', 'pipe', 'pipe'] })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  let output = ''
  let complaint = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text
  })
  const closed = once(child, 'close')
  const lines = () => output.split('\n').slice(0, -1)
  return {
    process: child,
    lines,
    async said(count) {
      while (lines().length < count && child.exitCode === null) await Promise.race([once(child.stdout, 'data'), closed])
    },
    async ended() {
      const [code] = await closed
      return { code, complaint }
    },
  }
}

/** What the writers were told is on disk, and what is there: `seq requestId`. */
function rowsOf(file: string): Set<string> {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare<[], string>("SELECT seq || ' ' || request_id FROM audit_row").pluck().all()
  db.close()
  return new Set(rows)
}

const ROUNDS = process.env['ARM_TEST_LONG'] === '1' ? 500 : 16

it(`every acknowledged row survives the kill of its writer at any moment, and the chain holds: ${2 * ROUNDS} kills, two at a time`, async () => {
  const folder = temporaryFolder()
  const file = join(folder, 'audit.sqlite')
  const acknowledged: string[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const killed = [startWriter(folder, 0), startWriter(folder, 0)].map(async (writer) => {
      await writer.said(2 + Math.floor(Math.random() * 20))
      await sleep(Math.random() * 15)
      writer.process.kill('SIGKILL')
      expect(await writer.ended()).toEqual({ code: null, complaint: '' })
      acknowledged.push(...writer.lines().slice(1))
    })
    await Promise.all(killed)
    expect(await verifyAuditFile({ file })).toMatchObject({ ok: true, value: { verdict: { state: 'intact' } } })
    const onDisk = rowsOf(file)
    expect(acknowledged.filter((row) => !onDisk.has(row))).toEqual([])
  }
  // Written and not acknowledged: at most the one row that each kill caught between the two.
  expect(rowsOf(file).size - acknowledged.length).toBeLessThanOrEqual(2 * ROUNDS)
  expect(acknowledged.length).toBeGreaterThan(100)
}, 3_600_000)

it('a writer killed while it makes the log leaves one that opens, or none: 12 kills of a new log', async () => {
  const place = temporaryFolder()
  for (let round = 0; round < 12; round++) {
    const folder = join(place, String(round))
    mkdirSync(folder)
    const writer = startWriter(folder, 0)
    await writer.said(1)
    await sleep(Math.random() * 12)
    writer.process.kill('SIGKILL')
    await writer.ended()
    const vault = createPassphraseVault({ masterKey: Buffer.alloc(32, 7) })
    const log = openTestLog({ file: join(folder, 'audit.sqlite'), vault })
    const told = writer.lines().slice(1)
    expect(log.head().seq).toBeGreaterThanOrEqual(told.length)
    appendAll(log, [{ event: 'app.started', actor: 'system' }])
    expect(await log.verify()).toMatchObject({ state: 'intact' })
    log.close()
  }
}, 120_000)

it('three processes that make one log and append to it at once write one chain, without a lost or doubled row', async () => {
  const folder = temporaryFolder()
  const writers = [startWriter(folder, 120), startWriter(folder, 120), startWriter(folder, 120)]
  for (const writer of writers) expect(await writer.ended()).toEqual({ code: 0, complaint: '' })
  const acknowledged = writers.flatMap((writer) => writer.lines().slice(1))
  const file = join(folder, 'audit.sqlite')
  expect(await verifyAuditFile({ file })).toMatchObject({
    ok: true,
    value: { verdict: { state: 'intact', rows: 360 } },
  })
  expect(new Set(acknowledged)).toEqual(rowsOf(file))
}, 60_000)
