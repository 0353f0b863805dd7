import { eventText, outcomeText } from '../../../../shared/contract/event-texts.ts'
import type { Language } from '../../../../shared/domain/language.ts'
import { chainedColumns, type StoredRow } from '../stored-row.ts'
import type { ExportedRow, ExportWriter } from './export-writer.ts'

/**
 * JSON Lines with proofs. The first line tells the log and its head; each further line is a row as it is stored, personal data
 * as ciphertext, bytes in hex, so that anybody can compute `hash` anew from the canonical form (row-hash.ts) and follow
 * `prev_hash` from row to row. `iin` is what the export may show, `eventText` and `outcomeText` are the codes' words; none of
 * the three is part of the hash.
 */
export function createJsonlWriter(options: {
  readonly write: (bytes: Uint8Array) => void
  readonly logId: Uint8Array
  readonly head: { readonly seq: number; readonly hash: string }
  /** What else proves a row, e.g. its path to a signed head. */
  readonly proofOf: (row: StoredRow) => object | undefined
  /** Of the words. */
  readonly language: Language
  /** What stands once for all rows, e.g. the newest signed head. */
  readonly preamble: object
}): ExportWriter {
  const { write, proofOf, language } = options
  const line = (value: object): string => `${JSON.stringify(value)}\n`
  write(
    Buffer.from(
      line({
        type: 'log',
        version: 1,
        logId: Buffer.from(options.logId).toString('hex'),
        canonicalForm: 'arm-tson:audit-row:v1',
        head: options.head,
        ...options.preamble,
      }),
    ),
  )
  const one = ({ row, iin }: ExportedRow): string =>
    line({
      type: 'row',
      ...Object.fromEntries(chainedColumns.map((column) => [column, plain(row[column])])),
      hash: plain(row.hash),
      ...(iin !== undefined && { iin }),
      ...inWords(row, language),
      ...proofOf(row),
    })
  return {
    rows: (rows) => write(Buffer.from(rows.map(one).join(''))),
    end: () => undefined,
  }
}

function inWords({ event, outcome }: StoredRow, language: Language): object {
  const [said, ended] = [eventText(event, language), outcome === null ? undefined : outcomeText(outcome, language)]
  return { ...(said !== undefined && { eventText: said }), ...(ended !== undefined && { outcomeText: ended }) }
}

function plain(value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
