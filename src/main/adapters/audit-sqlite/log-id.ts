import type { Database } from 'better-sqlite3'

/** The log's identity, 16 bytes, made with it. Undefined where someone removed it. */
export function readLogId(db: Database): Buffer | undefined {
  return db.prepare<[], Buffer>('SELECT log_id FROM audit_log').pluck().get()
}
