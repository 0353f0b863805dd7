import type { Database } from 'better-sqlite3'
import { searchableText } from './searchable-text.ts'
import { createTreeStore } from './tree/tree-store.ts'

export interface IndexedRow {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly event: string
  readonly outcome: string | null
  readonly note: string | null
  readonly details: string | null
}

/**
 * What is kept beside each row and follows from it: the tree's nodes, the text of the search, the counts of the day.
 * Call it inside the transaction that adds the row.
 */
export function createRowIndex(db: Database): (row: IndexedRow) => void {
  const tree = createTreeStore(db)
  const search = createSearchIndex(db)
  return (row) => {
    tree.rowAdded(row.seq)
    search(row)
  }
}

/** The text of the search and the counts of the day alone: what may be made anew from the rows. */
export function createSearchIndex(db: Database): (row: IndexedRow) => void {
  const insertText = db.prepare<[number, string]>('INSERT INTO audit_text (rowid, text) VALUES (?, ?)')
  const countDay = db.prepare<[string, string, string, string, number, number]>(
    `INSERT INTO audit_day (day, actor, event, outcome, count, first_seq, last_seq) VALUES (?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT (day, actor, event, outcome) DO UPDATE SET count = count + 1, last_seq = excluded.last_seq`,
  )
  return (row) => {
    const text = searchableText(row)
    if (text !== undefined) insertText.run(row.seq, text)
    countDay.run(row.at.slice(0, 10), row.actor, row.event, row.outcome ?? '', row.seq, row.seq)
  }
}

const SLICE_ROWS = 10_000

/** Indexes every row there is, oldest first. */
export function indexRows(db: Database, index: (row: IndexedRow) => void): void {
  const select = db.prepare<[number, number], IndexedRow>(
    'SELECT seq, at, actor, event, outcome, note, details FROM audit_row WHERE seq > ? ORDER BY seq LIMIT ?',
  )
  for (let last = 0; ; ) {
    const rows = select.all(last, SLICE_ROWS)
    for (const row of rows) index(row)
    const end = rows.at(-1)
    if (end === undefined) return
    last = end.seq
  }
}
