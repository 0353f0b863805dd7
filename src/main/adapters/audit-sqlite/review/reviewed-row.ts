import type { AuditRow } from '../../../../shared/domain/audit-event.ts'
import { maskIin } from '../../../../shared/domain/iin.ts'
import { openCell } from '../personal-cell.ts'
import { type FactColumns, rowFacts } from '../row-facts.ts'
import type { StoredRow } from '../stored-row.ts'
import type { MonthKeysForJob } from './review-job.ts'

export type ReviewedColumns = FactColumns & Pick<StoredRow, 'key_month' | 'iin_cipher' | 'person_cipher'>

export const reviewedColumns =
  'seq, at, workstation, actor, role, event, request_id, operation, outcome, key_month, iin_cipher, person_cipher, note, details'

/** Opens the personal cells of rows with the keys of their months. */
export interface CellReader {
  /** Undefined where there is none, or where its month's keys are gone. */
  iin(row: Pick<StoredRow, 'seq' | 'key_month' | 'iin_cipher'>): string | undefined
  name(row: Pick<StoredRow, 'seq' | 'key_month' | 'person_cipher'>): string | undefined
  /** Whether there is a name, without reading it. */
  isNamed(row: Pick<StoredRow, 'key_month' | 'person_cipher'>): boolean
}

export function createCellReader(options: {
  readonly logId: Uint8Array
  readonly keys: readonly MonthKeysForJob[]
}): CellReader {
  const { logId } = options
  const dataKeys = new Map(options.keys.map(({ month, dataKey }) => [month, Buffer.from(dataKey.buffer)]))
  const open = (
    column: 'iin_cipher' | 'person_cipher',
    seq: number,
    month: string | null,
    sealed: Uint8Array | null,
  ) => {
    const dataKey = month === null ? undefined : dataKeys.get(month)
    if (dataKey === undefined || sealed === null) return undefined
    return openCell({ dataKey, place: { logId, seq, column }, sealed })
  }
  return {
    iin: (row) => open('iin_cipher', row.seq, row.key_month, row.iin_cipher),
    name: (row) => open('person_cipher', row.seq, row.key_month, row.person_cipher),
    isNamed: (row) => row.person_cipher !== null && row.key_month !== null && dataKeys.has(row.key_month),
  }
}

/** A stored row as a reviewer sees it: the first six digits of the ИИН, no name. */
export function reviewedRow(row: ReviewedColumns, cells: CellReader): AuditRow {
  const iin = cells.iin(row)
  return {
    ...rowFacts(row),
    ...(iin !== undefined && { iinMasked: maskIin(iin) }),
    ...(cells.isNamed(row) && { named: true as const }),
  }
}
