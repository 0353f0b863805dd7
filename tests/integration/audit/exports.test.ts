import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createTreeStore } from '../../../src/main/adapters/audit-sqlite/tree/tree-store.ts'
import type { ExportFormat } from '../../../src/shared/domain/audit-review.ts'
import { madeUpIin, madeUpName } from '../../unit/main/adapters/audit-sqlite/audit-log-fixture.ts'
import { madeUpLog, need, patient } from '../../unit/main/adapters/audit-sqlite/review/review-fixture.ts'

/** Debian's own interpreter, which sees Debian's openpyxl. */
const PYTHON = '/usr/bin/python3'
const noPython = spawnSync(PYTHON, ['-c', 'import openpyxl']).status !== 0
const script = join(import.meta.dirname, 'read_export.py')
const read = (kind: ExportFormat, file: string): unknown =>
  JSON.parse(execFileSync(PYTHON, [script, kind, file], { encoding: 'utf8', maxBuffer: 64 * 2 ** 20 }))

const HOSTILE = [
  '=HYPERLINK("http://example.kz";"Нажмите")',
  '+7 701 000 00 00',
  '-1+1|cmd',
  '@SUM(A1:A9)',
  '\t=1+1',
  'строка\r\nвторая, "кавычки" и ; запятая',
  '<b>&amp;</b> ]]> 😀 \u0001 \ud800',
  '\ufffe',
  '',
]

function hostileLog() {
  const made = madeUpLog(0)
  for (const [number, note] of HOSTILE.entries()) {
    need(
      made.log.append({
        event: 'request.prepared',
        actor: 'aigul',
        note,
        iin: madeUpIin(number),
        personName: madeUpName,
        outcome: number === 0 ? '=1+1' : 'portal.life-status',
      }),
    )
  }
  const write = async (format: ExportFormat, unmasked = false): Promise<string> => {
    const file = join(made.folder, `out.${format}`)
    const order = { filter: {}, upTo: HOSTILE.length, file, format, language: 'ru', unmasked } as const
    expect(need(await made.review.export(order, patient))).toBe(HOSTILE.length)
    return file
  }
  return { ...made, write }
}

describe.skipIf(noPython)('an export as other programs read it (needs python3-openpyxl)', () => {
  test('CSV: every note comes back, and none begins like a formula', async () => {
    const { write } = hostileLog()
    const cells = read('csv', await write('csv')) as string[][]
    expect(cells).toHaveLength(HOSTILE.length + 1)
    const note = cells[0]?.indexOf('Причина') ?? -1
    for (const [number, expected] of HOSTILE.entries()) {
      const stored = Buffer.from(expected).toString()
      const guarded = /^[=+\-@\t\r\n]/.test(stored) ? `'${stored}` : stored
      expect(cells[number + 1]?.[note]).toBe(guarded)
    }
    for (const cell of cells.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
    const iin = cells[0]?.indexOf('ИИН') ?? -1
    expect(cells[1]?.[iin]).toBe(`${madeUpIin(0).slice(0, 6)}******`)
    expect(cells[2]?.[cells[0]?.indexOf('Исход словами') ?? -1]).toMatch(/\S/)
    expect(cells[1]?.[cells[0]?.indexOf('Событие') ?? -1]).toBe('request.prepared')
    expect(cells[1]?.[cells[0]?.indexOf('Событие словами') ?? -1]).toBe('Запрос подготовлен')
  })

  test('XLSX: texts stay texts, formulas among them are quoted, numbers are numbers', async () => {
    const { write } = hostileLog()
    const cells = read('xlsx', await write('xlsx')) as [unknown, string, boolean][][]
    expect(cells).toHaveLength(HOSTILE.length + 1)
    const titles = cells[0]?.map(([value]) => value) ?? []
    const note = titles.indexOf('Причина')
    expect(cells[1]?.[note]).toEqual([HOSTILE[0], 's', true])
    expect(cells[2]?.[note]).toEqual([HOSTILE[1], 's', true])
    expect(cells[6]?.[note]?.[0]).toBe(HOSTILE[5]?.replace('\r\n', '\n'))
    expect(cells[7]?.[note]).toEqual(['<b>&amp;</b> ]]> 😀 \ufffd \ufffd', 's', false])
    expect(cells[1]?.[titles.indexOf('Номер')]).toEqual([1, 'n', false])
    expect(cells[1]?.[titles.indexOf('Событие словами')]?.[0]).toBe('Запрос подготовлен')
    expect(cells.flat().filter(([, type]) => type === 'f')).toEqual([])
  })

  test('JSON Lines: every hash is computed anew, every row leads to the signed head', async () => {
    const { write, file, log } = hostileLog()
    const db = new Database(file)
    const size = HOSTILE.length - 1
    db.prepare('INSERT INTO audit_head VALUES (?, ?, 1, ?, ?, ?)').run(
      size,
      createTreeStore(db).rootOf(size),
      '2026-03-01T08:00:00.000Z',
      'TEST-01',
      'shift',
    )
    db.prepare('INSERT INTO audit_head_signature VALUES (?, ?, ?)').run(size, 'AA==', '2026-03-01T08:00:00.000Z')
    db.close()
    const out = await write('jsonl')
    expect(read('jsonl', out)).toEqual({ head: log.head(), rows: HOSTILE.length, hashes: true, paths: size })
    const altered = join(file, '..', 'altered.jsonl')
    writeFileSync(altered, readFileSync(out, 'utf8').replaceAll('"actor":"aigul"', '"actor":"marat"'))
    expect(read('jsonl', altered)).toMatchObject({ hashes: false })
  })
})

test('no export has a name; ИИН are whole only where that was asked for', async () => {
  const { write } = hostileLog()
  for (const format of ['csv', 'jsonl'] as const) {
    const masked = readFileSync(await write(format), 'utf8')
    expect(masked).not.toContain(madeUpName)
    expect(masked).not.toContain(madeUpIin(3))
    expect(readFileSync(await write(format, true), 'utf8')).toContain(madeUpIin(3))
  }
})

test.skipIf(process.platform === 'win32')('an exported file is readable by its owner alone', async () => {
  const { write } = hostileLog()
  expect(statSync(await write('csv')).mode & 0o777).toBe(0o600)
})

test('a cancelled or impossible export leaves the old file as it was, and nothing beside it', async () => {
  const { review, folder, upTo } = madeUpLog(20)
  const place = join(folder, 'exports')
  mkdirSync(place)
  const file = join(place, 'out.csv')
  writeFileSync(file, 'old')
  const abort = new AbortController()
  abort.abort()
  const order = { filter: {}, upTo, file, format: 'csv', language: 'ru', unmasked: false } as const
  expect(await review.export(order, { ...patient, signal: abort.signal })).toMatchObject({
    failure: { code: 'audit.cancelled' },
  })
  expect(readdirSync(place)).toEqual(['out.csv'])
  expect(readFileSync(file, 'utf8')).toBe('old')
  const nowhere = join(folder, 'none', 'out.csv')
  expect(await review.export({ ...order, file: nowhere }, patient)).toMatchObject({
    failure: { code: 'audit.export-failed', detail: 'ENOENT' },
  })
  expect(existsSync(nowhere)).toBe(false)
})
