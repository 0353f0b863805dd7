import Database from 'better-sqlite3'
import type { Migration } from './migrations/migration.ts'

interface SchemaObject {
  readonly type: string
  readonly name: string
  readonly sql: string
}

/**
 * Compares the structure of a log with what the migrations make: every table, index and trigger, letter for letter.
 * SQLite's own tables (statistics) are nobody's tampering.
 * @returns the first object that is missing, changed or not ours, tables first.
 */
export function schemaDifference(options: {
  db: Database.Database
  migrations: readonly Migration[]
  nativeBinding?: string
}): { readonly type: string; readonly name: string } | undefined {
  const [expected, found] = [schemaOf(options), readSchema(options.db)]
  const differs = (object: SchemaObject, others: readonly SchemaObject[]) =>
    !others.some(({ type, name, sql }) => type === object.type && name === object.name && sql === object.sql)
  const different = [
    ...expected.filter((object) => differs(object, found)),
    ...found.filter((object) => differs(object, expected)),
  ]
  return different.find(({ type }) => type === 'table') ?? different[0]
}

/** The structure follows from the migrations alone, so it is worked out once for each number of them. */
const knownSchemas = new WeakMap<Migration, readonly SchemaObject[]>()

function schemaOf(options: {
  readonly migrations: readonly Migration[]
  readonly nativeBinding?: string
}): readonly SchemaObject[] {
  const { migrations, nativeBinding } = options
  const last = migrations.at(-1)
  const known = last && knownSchemas.get(last)
  if (known !== undefined) return known
  const reference = new Database(':memory:', nativeBinding === undefined ? {} : { nativeBinding })
  try {
    for (const migration of migrations) reference.exec(migration.sql)
    const schema = readSchema(reference)
    if (last !== undefined) knownSchemas.set(last, schema)
    return schema
  } finally {
    reference.close()
  }
}

function readSchema(db: Database.Database): SchemaObject[] {
  return db
    .prepare<[], SchemaObject>(
      `SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'`,
    )
    .all()
}
