import { RotateCw } from 'lucide-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'
import { RecoveryNotice } from '../issue/recovery-notice.tsx'
import { ChainState } from './chain-state.tsx'
import { hasOlderRows, initialJournalState, type JournalEvent, reduceJournal } from './journal-list.ts'
import { JournalTable } from './journal-table.tsx'

const PAGE_ROWS = 50

/** What happened at this workstation, for the supervisor: newest first, personal data masked. */
export function JournalPage({ chain }: { chain: WorkstationStatus['journal'] | undefined }) {
  const { t } = useI18n()
  const { state, loadFirst, loadMore } = useJournal()
  return (
    <div className="page journal-page">
      <header className="page-header">
        <h1>{t('journal.title')}</h1>
        <Button kind="secondary" pending={state.loading === 'first'} onPress={loadFirst}>
          <RotateCw aria-hidden="true" />
          {t('journal.refresh')}
        </Button>
      </header>
      <ChainState chain={chain} />
      <RecoveryNotice />
      {state.failure !== undefined && (
        <FailureAlert title={t('journal.failed')} failure={state.failure}>
          <Button kind="secondary" onPress={loadFirst}>
            {t('common.retry')}
          </Button>
        </FailureAlert>
      )}
      {state.rows.length === 0 && state.loading === 'first' && (
        <p role="status" className="journal-quiet">
          {t('common.loading')}
        </p>
      )}
      {state.rows.length === 0 && state.loading === 'no' && state.failure === undefined && (
        <p role="status" className="journal-quiet">
          {t('journal.empty')}
        </p>
      )}
      {state.rows.length > 0 && (
        <>
          <JournalTable rows={state.rows} />
          <div className="journal-foot">
            <p role="status">
              {t('journal.shown', { shown: state.rows.length, total: state.total ?? state.rows.length })}
            </p>
            {hasOlderRows(state) && (
              <Button kind="secondary" pending={state.loading === 'more'} onPress={loadMore}>
                {t('journal.more')}
              </Button>
            )}
          </div>
        </>
      )}
    </div>
  )
}

function useJournal() {
  const arm = useArm()
  const [state, setState] = useState(initialJournalState)
  const latest = useRef(state)
  const ask = useCallback(
    async (event: JournalEvent) => {
      const dispatch = (next: JournalEvent): boolean => {
        const before = latest.current
        latest.current = reduceJournal(before, next)
        setState(latest.current)
        return latest.current !== before
      }
      if (!dispatch(event)) return
      const { ticket, rows } = latest.current
      const last = rows.at(-1)
      const older = event.type === 'more-asked' && last !== undefined ? { beforeSeq: last.seq } : {}
      const result = await arm.invoke('audit.list', { limit: PAGE_ROWS, ...older })
      dispatch({ type: 'replied', ticket, result })
    },
    [arm],
  )
  const loadFirst = useCallback(() => ask({ type: 'first-asked' }), [ask])
  const loadMore = useCallback(() => ask({ type: 'more-asked' }), [ask])
  useEffect(() => {
    loadFirst()
  }, [loadFirst])
  return { state, loadFirst, loadMore }
}
