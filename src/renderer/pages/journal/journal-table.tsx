import { ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { JournalRow } from './journal-list.ts'
import { JournalRowDetails } from './journal-row-details.tsx'
import { outcomeText } from './outcome-text.ts'
import { outcomeTone } from './outcome-tone.ts'

const COLUMNS = ['time', 'event', 'operator', 'iin', 'outcome', 'requestId', 'details'] as const

export function JournalTable({ rows }: { rows: readonly JournalRow[] }) {
  const { t } = useI18n()
  return (
    <section className="table-scroll" aria-label={t('journal.title')}>
      <table className="table">
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                <span className={column === 'details' ? 'visually-hidden' : undefined}>
                  {t(`journal.column.${column}`)}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TableRow key={row.seq} row={row} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function TableRow({ row }: { row: JournalRow }) {
  const { language, t } = useI18n()
  const [open, setOpen] = useState(false)
  const detailsId = `row-${row.seq}`
  const outcome = row.outcome === undefined ? '' : outcomeText(row.outcome, language, t)
  return (
    <>
      <tr data-tone={outcomeTone(row)} data-open={open}>
        <td className="numeric">
          <time dateTime={row.at}>{formatMoment(row.at)}</time>
        </td>
        <td className="table-event">{t(`event.${row.event}`)}</td>
        <td>{row.actor}</td>
        <td className="numeric">{row.iinMasked}</td>
        <td>{outcome}</td>
        <td className="numeric">
          {row.requestId !== undefined && <span title={row.requestId}>{row.requestId.slice(0, 8)}</span>}
        </td>
        <td>
          <button
            type="button"
            className="row-button"
            aria-expanded={open}
            aria-controls={open ? detailsId : undefined}
            aria-label={t('journal.row.open', { seq: row.seq })}
            onClick={() => setOpen(!open)}
          >
            <ChevronRight aria-hidden="true" />
          </button>
        </td>
      </tr>
      {open && (
        <tr className="table-details" id={detailsId}>
          <td colSpan={COLUMNS.length}>
            <JournalRowDetails row={row} />
          </td>
        </tr>
      )}
    </>
  )
}
