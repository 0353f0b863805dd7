// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and names its active row
// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot draw a part of a million rows
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { JournalRow } from './journal-row.ts'
import type { JournalState, JournalStore } from './journal-store.ts'
import { outcomeText } from './outcome-text.ts'
import { outcomeTone } from './outcome-tone.ts'
import { rowHeight, useScaledRows } from './use-scaled-rows.ts'

const COLUMNS = ['time', 'event', 'operator', 'iin', 'outcome', 'requestId'] as const

interface JournalGridProps {
  readonly store: JournalStore
  readonly state: JournalState
  /** Place of the active row. */
  readonly active: number
  readonly openSeq: number | undefined
  readonly gridRef: RefObject<HTMLDivElement | null>
  readonly onActive: (index: number) => void
  readonly onOpen: (row: JournalRow) => void
  readonly onClose: () => void
}

/** All rows of a search as one list, of which only the visible ones are drawn. */
export function JournalGrid(props: JournalGridProps) {
  const { store, state, active, openSeq, gridRef, onActive, onOpen, onClose } = props
  const { t } = useI18n()
  const scroller = useRef<HTMLDivElement>(null)
  const { height, virtualizer, reveal, top } = useScaledRows({ count: state.total, scroller })
  const items = virtualizer.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { searchId, phase, revision } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search, or rows that came, may need asking again
  useEffect(() => {
    if (phase === 'ready') store.need(first, last)
  }, [store, first, last, searchId, phase, revision])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new search begins at its newest row
  useEffect(() => {
    if (scroller.current !== null) scroller.current.scrollTop = 0
  }, [searchId])

  const move = (index: number): void => {
    const next = Math.max(0, Math.min(state.total - 1, index))
    onActive(next)
    reveal(next)
  }
  const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: active + 1,
    ArrowUp: active - 1,
    PageDown: active + page,
    PageUp: active - page,
    Home: 0,
    End: state.total - 1,
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const target = steps[event.key]
    if (target !== undefined) {
      event.preventDefault()
      move(target)
      return
    }
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      const row = store.rowAt(active)
      if (row !== undefined) onOpen(row)
    }
    if (event.key === 'Escape') onClose()
  }

  return (
    <div
      role="grid"
      ref={gridRef}
      className="journal-grid"
      tabIndex={0}
      aria-label={t('journal.title')}
      aria-rowcount={state.counted ? state.total + 1 : -1}
      aria-colcount={COLUMNS.length}
      aria-busy={state.phase === 'searching'}
      aria-activedescendant={state.total > 0 ? `journal-row-${active}` : undefined}
      onKeyDown={onKeyDown}
    >
      <div className="journal-grid-head" role="row" aria-rowindex={1}>
        {COLUMNS.map((column) => (
          <span key={column} role="columnheader" className={`cell-${column}`}>
            {t(`journal.column.${column}`)}
          </span>
        ))}
      </div>
      <div className="journal-grid-scroll" role="rowgroup" ref={scroller}>
        <div role="presentation" style={{ height }}>
          {items.map(({ index, start }) => (
            <GridRow
              key={index}
              index={index}
              offset={top(start)}
              row={store.rowAt(index)}
              active={index === active}
              openSeq={openSeq}
              onPress={(row) => {
                onActive(index)
                onOpen(row)
              }}
            />
          ))}
        </div>
      </div>
    </div>
  )
}

interface GridRowProps {
  readonly index: number
  readonly offset: number
  readonly row: JournalRow | undefined
  readonly active: boolean
  readonly openSeq: number | undefined
  readonly onPress: (row: JournalRow) => void
}

function GridRow({ index, offset, row, active, openSeq, onPress }: GridRowProps) {
  const { language, t } = useI18n()
  const style = { transform: `translateY(${offset}px)` }
  if (row === undefined) {
    return (
      <div className="journal-grid-row" id={`journal-row-${index}`} role="row" aria-rowindex={index + 2} style={style}>
        <span role="gridcell" className="journal-grid-waiting" data-active={active}>
          {t('common.loading')}
        </span>
      </div>
    )
  }
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the grid's, which has the focus
    <div
      className="journal-grid-row"
      id={`journal-row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={row.seq === openSeq}
      data-active={active}
      data-tone={outcomeTone(row)}
      style={style}
      onClick={() => onPress(row)}
    >
      <span role="gridcell" className="cell-time numeric">
        <time dateTime={row.at}>{formatMoment(row.at)}</time>
      </span>
      <span role="gridcell" className="cell-event">
        {t(`event.${row.event}`)}
      </span>
      <span role="gridcell" className="cell-operator">
        {row.actor}
      </span>
      <span role="gridcell" className="cell-iin numeric">
        {row.iinMasked}
      </span>
      <span role="gridcell" className="cell-outcome">
        {row.outcome === undefined ? '' : outcomeText(row.outcome, language)}
      </span>
      <span role="gridcell" className="cell-requestId numeric">
        {row.requestId?.slice(0, 8)}
      </span>
    </div>
  )
}
