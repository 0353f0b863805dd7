import { RotateCw } from 'lucide-react'
import { useState } from 'react'
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components'
import { Button } from '../../components/button.tsx'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { WorkstationStatus } from '../../shell/use-workstation-status.ts'
import { ChainState } from './chain-state.tsx'
import { ExportMenu, ExportState, useExport } from './export-menu.tsx'
import { emptyForm, type FilterForm } from './journal-filters.tsx'
import { JournalRecords } from './journal-records.tsx'
import { OpenRequests } from './open-requests.tsx'
import { SummaryPanel } from './summary-panel.tsx'
import { useJournal } from './use-journal.ts'

/** What happened at this workstation, for the supervisor: newest first, personal data masked. */
export function JournalPage({ chain }: { chain: WorkstationStatus['journal'] | undefined }) {
  const { t } = useI18n()
  const journal = useJournal()
  const exporting = useExport(journal.state.searchId)
  const [tab, setTab] = useState<'records' | 'summary'>('records')
  const show = (form: Partial<FilterForm>): void => {
    journal.apply({ ...emptyForm, ...form })
    setTab('records')
  }
  return (
    <Tabs
      className="page journal-page"
      selectedKey={tab}
      onSelectionChange={(key) => setTab(key === 'summary' ? 'summary' : 'records')}
    >
      <header className="page-header journal-header">
        <h1>{t('journal.title')}</h1>
        <TabList className="tabs" aria-label={t('journal.views')}>
          <Tab id="records" className="tab">
            {t('journal.view.records')}
          </Tab>
          <Tab id="summary" className="tab">
            {t('journal.view.summary')}
          </Tab>
        </TabList>
        <ChainState chain={chain} />
        <div className="journal-actions">
          <Button kind="secondary" pending={journal.state.phase === 'searching'} onPress={journal.refresh}>
            <RotateCw aria-hidden="true" />
            {t('journal.refresh')}
          </Button>
          <ExportMenu
            disabled={journal.state.phase !== 'ready' || journal.state.total === 0 || exporting.running}
            onExport={(format) => void exporting.start(format)}
          />
        </div>
      </header>
      <ExportState state={exporting} />
      <OpenRequests onShow={(query) => show({ query })} />
      <TabPanel id="records" className="journal-tab">
        <JournalRecords journal={journal} />
      </TabPanel>
      <TabPanel id="summary" className="journal-tab journal-tab-scroll">
        <SummaryPanel onShow={show} />
      </TabPanel>
    </Tabs>
  )
}
