import type { FieldValue } from './canonical-fields.ts'

/** Columns of `audit_row` under the hash, in the order of the canonical form: all but the hash itself. */
export const chainedColumns = [
  'seq',
  'at',
  'workstation',
  'actor',
  'role',
  'event',
  'request_id',
  'operation',
  'outcome',
  'sent_sha256',
  'received_sha256',
  'key_month',
  'iin_cipher',
  'iin_lookup',
  'person_cipher',
  'note',
  'details',
  'prev_hash',
] as const

/** A row as SQLite keeps it. A type alias, so that it is also a record of plain values. */
export type ChainedRow = {
  readonly seq: number
  /** UTC, ISO 8601 with milliseconds. */
  readonly at: string
  readonly workstation: string
  readonly actor: string
  readonly role: string | null
  readonly event: string
  readonly request_id: string | null
  readonly operation: string | null
  readonly outcome: string | null
  readonly sent_sha256: Uint8Array | null
  readonly received_sha256: Uint8Array | null
  /** `YYYY-MM`: which keys the personal data are under. */
  readonly key_month: string | null
  readonly iin_cipher: Uint8Array | null
  readonly iin_lookup: Uint8Array | null
  readonly person_cipher: Uint8Array | null
  readonly note: string | null
  /** Canonical JSON (RFC 8785) of a flat object of strings. */
  readonly details: string | null
  readonly prev_hash: Uint8Array
} & Record<(typeof chainedColumns)[number], FieldValue>

export type StoredRow = ChainedRow & { readonly hash: Uint8Array }
