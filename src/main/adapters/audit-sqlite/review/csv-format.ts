import type { Language } from '../../../../shared/domain/language.ts'
import type { StoredRow } from '../stored-row.ts'
import { exportColumns, looksLikeFormula } from './export-columns.ts'
import type { ExportWriter } from './export-writer.ts'

/**
 * CSV (RFC 4180): comma, CRLF, every text in quotes, UTF-8 with a byte order mark, since without one spreadsheet programs
 * take Cyrillic for another encoding. A text that would be a formula gets an apostrophe before it.
 */
export function createCsvWriter(options: {
  readonly write: (bytes: Uint8Array) => void
  readonly language: Language
}): ExportWriter {
  const { write, language } = options
  const line = (cells: readonly (string | number)[]): string => `${cells.map(csvCell).join(',')}\r\n`
  write(Buffer.from(`\ufeff${line(exportColumns.map(({ title }) => title[language]))}`))
  return {
    rows(rows) {
      write(Buffer.from(rows.map(({ row, iin }) => line(cellsOf(row, iin, language))).join('')))
    },
    end: () => undefined,
  }
}

function cellsOf(row: StoredRow, iin: string | undefined, language: Language): readonly (string | number)[] {
  return exportColumns.map(({ value }) => value(row, iin, language))
}

export function csvCell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const shown = looksLikeFormula(value) ? `'${value}` : value
  return `"${shown.replaceAll('"', '""')}"`
}
