import Database from 'better-sqlite3'
import { beforeEach, describe, expect, it } from 'vitest'
import { migrate } from '../../../../../src/main/adapters/audit-sqlite/migrate.ts'
import { migrations } from '../../../../../src/main/adapters/audit-sqlite/migrations/index.ts'

let db: Database.Database

beforeEach(() => {
  db = new Database(':memory:')
})

const objects = (type: string) =>
  db
    .prepare<[string], string>(
      "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite_%' ORDER BY name",
    )
    .pluck()
    .all(type)
const number = (pragma: string) => db.pragma(pragma, { simple: true })

describe('migration 1', () => {
  it('makes the tables, the index and the guards of an empty database', () => {
    expect([number('user_version'), number('application_id'), objects('table')]).toEqual([0, 0, []])
    expect(migrate({ db, migrations: migrations.slice(0, 1) })).toEqual({ ok: true, value: 1 })
    expect([number('user_version'), number('application_id')]).toEqual([1, 0x41524d41])
    expect(objects('table')).toEqual(['audit_log', 'audit_month_key', 'audit_open_request', 'audit_row'])
    expect(objects('index')).toEqual(['audit_row_by_request'])
    expect(objects('trigger')).toEqual([
      'audit_log_refuse_delete',
      'audit_log_refuse_insert',
      'audit_log_refuse_update',
      'audit_row_extends_chain',
      'audit_row_refuse_delete',
      'audit_row_refuse_update',
    ])
  })

  it('gives each log an identity of its own', () => {
    const identity = () => db.prepare<[], Buffer>('SELECT log_id FROM audit_log').pluck().get()
    migrate({ db, migrations })
    const first = identity()
    db = new Database(':memory:')
    migrate({ db, migrations })
    expect(first).toHaveLength(16)
    expect(identity()).not.toEqual(first)
  })
})

describe('migrating', () => {
  const next = { sql: 'CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;' }

  it('changes nothing the second time', () => {
    migrate({ db, migrations })
    const before = db.serialize()
    expect(migrate({ db, migrations })).toEqual({ ok: true, value: migrations.length })
    expect(db.serialize()).toEqual(before)
  })

  it('takes an older log through the steps it lacks, and only those', () => {
    migrate({ db, migrations })
    expect(migrate({ db, migrations: [...migrations, next] })).toEqual({ ok: true, value: migrations.length + 1 })
    expect(objects('table')).toContain('later')
  })

  it('undoes a step that fails in the middle, and keeps the steps before', () => {
    const failing = { sql: `${next.sql} CREATE TABLE audit_row (id);` }
    expect(() => migrate({ db, migrations: [...migrations, failing] })).toThrow('already exists')
    expect(number('user_version')).toBe(migrations.length)
    expect(objects('table')).not.toContain('later')
  })

  it('refuses a log of a newer version and leaves it as it is', () => {
    migrate({ db, migrations: [...migrations, next] })
    const before = db.serialize()
    expect(migrate({ db, migrations })).toEqual({
      ok: false,
      failure: { code: 'audit.newer-version', detail: `version ${migrations.length + 1}` },
    })
    expect(db.serialize()).toEqual(before)
  })

  it.each([
    ['with tables of its own', 'CREATE TABLE people (id)'],
    ['marked by another program', 'PRAGMA application_id = 7; PRAGMA user_version = 1'],
    ['with a version and no mark', 'PRAGMA user_version = 1'],
  ])('refuses a database %s', (_, sql) => {
    db.exec(sql)
    expect(migrate({ db, migrations })).toEqual({
      ok: false,
      failure: { code: 'audit.broken', detail: 'not an audit log' },
    })
  })
})
