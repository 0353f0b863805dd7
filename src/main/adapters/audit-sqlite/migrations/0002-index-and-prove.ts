import type { Database } from 'better-sqlite3'
import { createRowIndex, indexRows } from '../row-index.ts'
import type { Migration } from './migration.ts'
import { refuseTrigger as refuse } from './refuse-trigger.ts'

/**
 * What makes a long log quick to review and impossible to replace unseen.
 *
 * - Every index of `audit_row` ends with the row's number, so that a filter is read in the order of the table.
 * - `audit_text` holds no text, only where folded words stand (searchable-text.ts); its rowid is the row's number.
 * - `audit_day` counts rows by UTC day; `outcome` is empty where the row has none. It also turns a period into numbers.
 * - `audit_tree_node` keeps the complete nodes of the RFC 6962 tree from level 8 on (tree-store.ts).
 * - `audit_head` keeps tree heads, and `audit_head_signature` their signatures, which come later while the key is locked.
 */
export const indexAndProve: Migration = {
  sql: `
CREATE INDEX audit_row_by_time ON audit_row (at);
CREATE INDEX audit_row_by_actor ON audit_row (actor);
CREATE INDEX audit_row_by_event ON audit_row (event);
CREATE INDEX audit_row_by_outcome ON audit_row (outcome) WHERE outcome IS NOT NULL;
CREATE INDEX audit_row_by_workstation ON audit_row (workstation);
CREATE INDEX audit_row_by_iin ON audit_row (iin_lookup) WHERE iin_lookup IS NOT NULL;

CREATE VIRTUAL TABLE audit_text USING fts5 (
  text, content = '', columnsize = 0, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0'
);

CREATE TABLE audit_day (
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  actor TEXT NOT NULL,
  event TEXT NOT NULL,
  outcome TEXT NOT NULL,
  count INTEGER NOT NULL CHECK (count >= 1),
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  PRIMARY KEY (day, actor, event, outcome)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_tree_node (
  level INTEGER NOT NULL CHECK (level >= 8),
  position INTEGER NOT NULL CHECK (position >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (level, position)
) STRICT, WITHOUT ROWID;
${refuse('audit_tree_node', 'UPDATE', 'audit: a node of the tree never changes')}
${refuse('audit_tree_node', 'DELETE', 'audit: a node of the tree is never deleted')}

CREATE TABLE audit_head (
  size INTEGER PRIMARY KEY CHECK (size >= 1),
  root BLOB NOT NULL CHECK (length(root) = 32),
  epoch INTEGER NOT NULL CHECK (epoch >= 1),
  at TEXT NOT NULL CHECK (
    at GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'
  ),
  workstation TEXT NOT NULL CHECK (length(workstation) <= 64),
  reason TEXT NOT NULL CHECK (length(reason) <= 32)
) STRICT;
${refuse('audit_head', 'UPDATE', 'audit: a head never changes')}
${refuse('audit_head', 'DELETE', 'audit: a head is never deleted')}

CREATE TABLE audit_head_signature (
  size INTEGER PRIMARY KEY REFERENCES audit_head (size),
  cms TEXT NOT NULL CHECK (length(cms) <= 65536),
  signed_at TEXT NOT NULL
) STRICT;
${refuse('audit_head_signature', 'UPDATE', 'audit: a signature never changes')}
${refuse('audit_head_signature', 'DELETE', 'audit: a signature is never deleted')}
`,
  fill(db: Database) {
    indexRows(db, createRowIndex(db))
  },
}
