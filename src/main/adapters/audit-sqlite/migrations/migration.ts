import type { Database } from 'better-sqlite3'

/** One step of the database's structure. It runs whole or not at all, and is never edited once released. */
export interface Migration {
  readonly sql: string
  /** Brings what `sql` made up to the rows that are already there, in the same transaction. */
  readonly fill?: (db: Database) => void
}
