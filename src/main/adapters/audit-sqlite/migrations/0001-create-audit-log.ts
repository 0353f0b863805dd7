import type { Migration } from './migration.ts'
import { refuseTrigger as refuse } from './refuse-trigger.ts'

/** «ARMA», so that a file of another program is recognised before anything is written to it. */
export const auditLogApplicationId = 0x41_52_4d_41

/**
 * The rows, the log's identity, the keys of personal data by month, and the requests whose end nobody has seen.
 *
 * - `audit_row` has no UNIQUE besides its key: INSERT OR REPLACE deletes without a delete trigger on connections
 *   with recursive_triggers off, but what it would replace has a number that the insert trigger refuses first.
 * - Events, operations and outcomes are bounded, not listed: new ones need no new table.
 * - `key_month` is no foreign key: personal data end by deleting the month's keys, and the row stays as it is.
 * - `audit_open_request` only repeats what the rows say; verification compares the two.
 */
export const createAuditLog: Migration = {
  sql: `
PRAGMA application_id = ${auditLogApplicationId};

CREATE TABLE audit_log (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  log_id BLOB NOT NULL CHECK (length(log_id) = 16)
) STRICT;
INSERT INTO audit_log (id, log_id) VALUES (1, randomblob(16));
${refuse('audit_log', 'INSERT', 'audit: the log has one identity')}
${refuse('audit_log', 'UPDATE', 'audit: the identity of the log never changes')}
${refuse('audit_log', 'DELETE', 'audit: the identity of the log is never deleted')}

CREATE TABLE audit_row (
  seq INTEGER PRIMARY KEY CHECK (seq >= 1),
  at TEXT NOT NULL CHECK (
    at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'
  ),
  workstation TEXT NOT NULL CHECK (length(workstation) <= 64),
  actor TEXT NOT NULL CHECK (length(actor) <= 64),
  role TEXT CHECK (length(role) <= 32),
  event TEXT NOT NULL CHECK (length(event) <= 64),
  request_id TEXT CHECK (length(request_id) <= 64),
  operation TEXT CHECK (length(operation) <= 64),
  outcome TEXT CHECK (length(outcome) <= 64),
  sent_sha256 BLOB CHECK (length(sent_sha256) = 32),
  received_sha256 BLOB CHECK (length(received_sha256) = 32),
  key_month TEXT CHECK (key_month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  iin_cipher BLOB CHECK (length(iin_cipher) BETWEEN 28 AND 1024),
  iin_lookup BLOB CHECK (length(iin_lookup) = 32),
  person_cipher BLOB CHECK (length(person_cipher) BETWEEN 28 AND 1024),
  note TEXT CHECK (length(note) <= 500),
  details TEXT CHECK (length(details) <= 8192 AND json_valid(details)),
  prev_hash BLOB NOT NULL CHECK (length(prev_hash) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK ((iin_cipher IS NULL) = (iin_lookup IS NULL)),
  CHECK ((key_month IS NULL) = (iin_cipher IS NULL AND person_cipher IS NULL))
) STRICT;
CREATE INDEX audit_row_by_request ON audit_row (request_id) WHERE request_id IS NOT NULL;
CREATE TRIGGER audit_row_extends_chain BEFORE INSERT ON audit_row
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_row)
  OR NEW.prev_hash IS NOT coalesce((SELECT hash FROM audit_row ORDER BY seq DESC LIMIT 1), NEW.prev_hash)
BEGIN SELECT RAISE(ABORT, 'audit: a row is only added at the end of the chain'); END;
${refuse('audit_row', 'UPDATE', 'audit: a row is never changed')}
${refuse('audit_row', 'DELETE', 'audit: a row is never deleted')}

CREATE TABLE audit_month_key (
  month TEXT PRIMARY KEY CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]'),
  data_key BLOB NOT NULL,
  lookup_key BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_open_request (
  request_id TEXT PRIMARY KEY,
  state TEXT NOT NULL,
  last_seq INTEGER NOT NULL REFERENCES audit_row (seq)
) STRICT, WITHOUT ROWID;
`,
}
