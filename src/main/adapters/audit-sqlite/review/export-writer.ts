import type { StoredRow } from '../stored-row.ts'

export interface ExportedRow {
  readonly row: StoredRow
  /** As it may be shown: masked, or in full. */
  readonly iin: string | undefined
}

/** One format of an export. It gets the rows in portions, oldest first. */
export interface ExportWriter {
  rows(rows: readonly ExportedRow[]): void
  end(): void
}
