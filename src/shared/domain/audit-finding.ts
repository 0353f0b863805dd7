/**
 * What verification of a log finds. Of a row: `row-…` with its number. Of the log as a whole: number 0. Of a head: the
 * number of its last row.
 */
export const findingCodes = [
  /** A value of the row is not the one that was written. */
  'row-edited',
  /** A row that was there is gone. */
  'row-deleted',
  /** A row that nobody wrote at this place. */
  'row-inserted',
  /** Rows stand in another order than they were written. */
  'row-reordered',
  /** The row does not follow from the one before: one of the two was edited and its hash computed anew. */
  'row-resealed',
  /** A value of a type, or a text in bytes, that the log never writes. */
  'row-malformed',
  /** Row 1 does not begin this log. */
  'first-row-wrong',
  /** Rows at the end are gone; something in the file still knows of them. */
  'tail-cut',
  /** A head from elsewhere is of a longer log: this one is an older copy, or was cut without a trace. */
  'older-copy',
  /** A head from elsewhere is of another history of the same log. */
  'second-history',
  /** A head from elsewhere is of another log. */
  'other-log',
  /** The chain is sound, but a head kept beside it is of other rows: they were changed and sealed anew. */
  'rows-resealed',
  /** A head is signed with a key that did not exist at its time: what it covers was sealed anew later. */
  'resealed-with-newer-key',
  /** The signature of a head is not one over this head. */
  'head-forged',
  /** The signer of a head is not trusted, or not the expected one. */
  'head-signer-untrusted',
  /** A row says that a head was signed, and the signature is gone. */
  'head-signature-missing',
  /** A start of the application is bound to other rows than those before it. */
  'epoch-wrong',
  /** The tree kept beside the rows is not theirs. */
  'tree-differs',
  /** The list of requests without an end is not what the rows say. */
  'open-requests-differ',
  /** The counts of a day, from which periods and summaries are read, are not those of its rows. */
  'counts-differ',
  /** A table, index or trigger is missing, altered or added. */
  'schema-changed',
  'identity-missing',
  /** SQLite cannot read the rows from here on. */
  'unreadable',
  /** The clock went back before this row. The log is sound; its times are not. */
  'clock-back',
] as const
export type FindingCode = (typeof findingCodes)[number]

export interface Finding {
  readonly seq: number
  readonly finding: FindingCode
  /** A short technical hint: the name of a table, SQLite's code, the time before. */
  readonly detail?: string
}

/** Whether a finding speaks against the times alone, and not against the rows. */
export function isOnlySuspicious(finding: Finding): boolean {
  return finding.finding === 'clock-back'
}
