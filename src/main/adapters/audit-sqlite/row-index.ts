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
  const insertText = db.prepare<[number, string]>('INSERT INTO audit_text (rowid, text) VALUES (?, ?)')
  const countDay = db.prepare<[string, string, string, string, number, number]>(
    `INSERT INTO audit_day (day, actor, event, outcome, count, first_seq, last_seq) VALUES (?, ?, ?, ?, 1, ?, ?)
     ON CONFLICT (day, actor, event, outcome) DO UPDATE SET count = count + 1, last_seq = excluded.last_seq`,
  )
  return (row) => {
    tree.rowAdded(row.seq)
    const text = searchableText(row)
    if (text !== undefined) insertText.run(row.seq, text)
    countDay.run(row.at.slice(0, 10), row.actor, row.event, row.outcome ?? '', row.seq, row.seq)
  }
}
