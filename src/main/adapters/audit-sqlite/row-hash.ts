import { createHash } from 'node:crypto'
import { encodeFields } from './canonical-fields.ts'
import { type ChainedRow, chainedColumns } from './stored-row.ts'

/**
 * Hash of a row: SHA-256 of the canonical form (canonical-fields.ts) of the TEXT `arm-tson:audit-row:v1` and then
 * the row's values in this order, as SQLite keeps them: seq, at, workstation, actor, role, event, request_id,
 * operation, outcome, sent_sha256, received_sha256, key_month, iin_cipher, iin_lookup, person_cipher, note,
 * details, prev_hash. `prev_hash` is the hash of the row before; the first row has `firstPrevHash`.
 */
export function rowHash(row: ChainedRow): Buffer {
  return sha256(
    encodeFields(
      'arm-tson:audit-row:v1',
      chainedColumns.map((column) => row[column]),
    ),
  )
}

/**
 * What the first row is chained to: SHA-256 of the canonical form of the TEXT `arm-tson:audit-log:v1` and the BLOB
 * `audit_log.log_id`. Rows of one log therefore never pass for rows of another.
 */
export function firstPrevHash(logId: Uint8Array): Buffer {
  return sha256(encodeFields('arm-tson:audit-log:v1', [logId]))
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
