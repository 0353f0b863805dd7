import { useCallback, useEffect, useRef, useState } from 'react'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import { JournalFilters } from './journal-filters.tsx'
import { JournalGrid } from './journal-grid.tsx'
import type { JournalRow } from './journal-row.ts'
import { RowPanel } from './row-panel.tsx'
import type { Journal } from './use-journal.ts'
import { WorkProgress } from './work-progress.tsx'

/** The list of a search with one row opened beside it. */
export function JournalRecords({ journal }: { journal: Journal }) {
  const { t } = useI18n()
  const { store, state, facets, form, apply, refresh, failure } = journal
  const [active, setActive] = useState(0)
  const [opened, setOpened] = useState<JournalRow>()
  const grid = useRef<HTMLDivElement>(null)
  const { searchId } = state
  // biome-ignore lint/correctness/useExhaustiveDependencies: another search begins anew
  useEffect(() => {
    setActive(0)
    setOpened(undefined)
  }, [searchId])
  const close = useCallback(() => {
    setOpened(undefined)
    grid.current?.focus()
  }, [])
  return (
    <>
      <JournalFilters form={form} facets={facets} onChange={apply} />
      {failure !== undefined && (
        <FailureAlert title={t('journal.failed')} failure={failure}>
          <Button kind="secondary" onPress={refresh}>
            {t('common.retry')}
          </Button>
        </FailureAlert>
      )}
      <div className="journal-body" data-open={opened !== undefined}>
        {store !== undefined && (state.total > 0 || state.phase === 'searching') && (
          <JournalGrid
            store={store}
            state={state}
            active={active}
            openSeq={opened?.seq}
            gridRef={grid}
            onActive={setActive}
            onOpen={setOpened}
            onClose={close}
          />
        )}
        {state.total === 0 && state.phase === 'ready' && (
          <p role="status" className="journal-quiet">
            {t(Object.keys(state.filter).length === 0 ? 'journal.empty' : 'journal.nothingFound')}
          </p>
        )}
        {opened !== undefined && <RowPanel key={opened.seq} row={opened} onClose={close} />}
      </div>
      <footer className="journal-foot">
        <p role="status">
          {state.phase === 'searching'
            ? t('common.loading')
            : t(state.counted ? 'journal.found' : 'journal.foundAtLeast', { count: state.total })}
        </p>
        {!state.counted && state.phase === 'ready' && state.counting !== undefined && (
          <WorkProgress text={t('journal.counting')} share={state.counting} onCancel={() => store?.stopCounting()} />
        )}
        <p className="quiet journal-keys">{t('journal.keys')}</p>
      </footer>
    </>
  )
}
