import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { generateAuditLog } from '../../../../../src/main/adapters/audit-sqlite/generate/generate-audit-log.ts'
import { verifyAuditFile } from '../../../../../src/main/adapters/audit-sqlite/verify-audit-file.ts'
import { createTestVault, openTestLog, temporaryFolder } from './audit-log-fixture.ts'

const ROWS = 3000
const until = new Date('2026-03-02T00:00:00.000Z')

function generated(seed: number) {
  const file = join(temporaryFolder(), 'audit.sqlite')
  const vault = createTestVault()
  const options = { file, vault, rows: ROWS, seed, until, workstation: 'TEST-01' }
  expect(generateAuditLog(options)).toEqual({ ok: true, value: { rows: ROWS } })
  return { ...options, again: () => generateAuditLog(options) }
}

it('makes a sound log, which goes on as any other', async () => {
  const { file, vault } = generated(1)
  expect(await verifyAuditFile({ file })).toMatchObject({
    ok: true,
    value: { verdict: { state: 'intact', rows: ROWS } },
  })
  const log = openTestLog({ file, vault })
  expect(log.append({ event: 'app.started', actor: 'system' })).toEqual({ ok: true, value: ROWS + 1 })
  expect(
    log.list({ limit: 1000 }).filter(({ iinMasked }) => /^[0-9]{6}\*{6}$/.test(iinMasked ?? '')).length,
  ).toBeGreaterThan(100)
})

it('spreads the rows over office days and many kinds of events, the same ones for the same seed', () => {
  const rows = (seed: number) =>
    new Database(generated(seed).file)
      .prepare<[], { at: string; event: string; actor: string }>(
        'SELECT at, event, actor, note FROM audit_row ORDER BY seq',
      )
      .all()
  const first = rows(7)
  expect(new Set(first.map(({ at }) => at.slice(0, 10))).size).toBe(3)
  expect(first.every(({ at }, index) => at >= (first[index - 1]?.at ?? ''))).toBe(true)
  expect(new Set(first.map(({ event }) => event)).size).toBeGreaterThan(15)
  expect(rows(7)).toEqual(first)
  expect(rows(8)).not.toEqual(first)
})

it('never writes into a file that is there', () => {
  expect(generated(1).again()).toEqual({
    ok: false,
    failure: { code: 'audit.broken', detail: 'the file is there already' },
  })
})
