import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { verifyAuditFile } from '../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { temporaryFolder } from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'
import { createForgetfulDisk, type ForgetfulDisk, noForgetfulDisk } from './forgetful-disk.ts'

const ROUNDS = process.env['ARM_TEST_LONG'] === '1' ? 300 : 6

const writer = join(import.meta.dirname, 'append-rows.ts')

/** Runs a writer of `seq requestId` lines over the forgetful disk and kills it. @returns what it was told is on disk. */
async function killed(script: string, folder: string, disk: ForgetfulDisk): Promise<readonly string[]> {
  const child = spawn(process.execPath, [script, folder, '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...disk.environment },
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  const closed = once(child, 'close')
  const enough = 3 + Math.floor(Math.random() * 25)
  while (output.split('\n').length < enough && child.exitCode === null)
    await Promise.race([once(child.stdout, 'data'), closed])
  await sleep(Math.random() * 10)
  child.kill('SIGKILL')
  await closed
  return output.split('\n').slice(1, -1)
}

function rowsOf(file: string): Set<string> {
  const db = new Database(file, { readonly: true })
  const rows = db.prepare<[], string>("SELECT seq || ' ' || request_id FROM audit_row").pluck().all()
  db.close()
  return new Set(rows)
}

it.skipIf(noForgetfulDisk !== undefined)(
  `what was acknowledged survives the loss of everything that was not synced: ${ROUNDS} power cuts (${noForgetfulDisk ?? 'forgetful disk'})`,
  async () => {
    const place = temporaryFolder()
    const folder = join(place, 'data')
    mkdirSync(folder)
    const disk = createForgetfulDisk({ folder, work: place })
    const file = join(folder, 'audit.sqlite')
    const acknowledged: string[] = []
    for (let round = 0; round < ROUNDS; round++) {
      acknowledged.push(...(await killed(writer, folder, disk)))
      disk.powerCut(round % 2 === 0 ? 0 : Math.random())
      expect(await verifyAuditFile({ file })).toMatchObject({ ok: true, value: { verdict: { state: 'intact' } } })
      const onDisk = rowsOf(file)
      expect(acknowledged.filter((row) => !onDisk.has(row))).toEqual([])
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS)
  },
  1_800_000,
)

it.skipIf(noForgetfulDisk !== undefined)(
  'a writer that does not sync loses rows on this disk: it forgets in earnest',
  async () => {
    const place = temporaryFolder()
    const folder = join(place, 'data')
    mkdirSync(folder)
    const careless = join(place, 'careless.cjs')
    writeFileSync(
      careless,
      `const Database = require(${JSON.stringify(join(import.meta.dirname, '../../../node_modules/better-sqlite3'))})
     const db = new Database(process.argv[2] + '/audit.sqlite')
     db.pragma('journal_mode = WAL'); db.pragma('synchronous = NORMAL')
     db.exec('CREATE TABLE IF NOT EXISTS audit_row (seq INTEGER PRIMARY KEY, request_id TEXT)')
     require('node:fs').writeSync(1, 'ready\\n')
     for (;;) {
       const { lastInsertRowid } = db.prepare("INSERT INTO audit_row (request_id) VALUES ('r')").run()
       require('node:fs').writeSync(1, lastInsertRowid + ' r\\n')
     }`,
    )
    const disk = createForgetfulDisk({ folder, work: place })
    const told = await killed(careless, folder, disk)
    expect(told.length).toBeGreaterThan(0)
    expect(disk.powerCut(0)).toBeGreaterThan(0)
    const db = new Database(join(folder, 'audit.sqlite'))
    const tables = db.prepare<[], string>("SELECT name FROM sqlite_schema WHERE name = 'audit_row'").pluck().all()
    const rows = tables.length === 0 ? 0 : Number(db.prepare('SELECT count(*) FROM audit_row').pluck().get())
    db.close()
    expect(rows).toBeLessThan(told.length)
  },
  60_000,
)
