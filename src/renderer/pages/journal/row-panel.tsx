import { History, X } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { revealedFields } from '../../../shared/domain/audit-review.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { StateMark } from '../../components/state-mark.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import type { JournalRow } from './journal-row.ts'
import { JournalRowDetails } from './journal-row-details.tsx'
import { RevealDatum } from './reveal-datum.tsx'
import { StoryTimeline } from './story-timeline.tsx'

type Proof = ChannelOutput<'audit.row'>['proof']
type Story = ChannelOutput<'audit.story'>

/** Everything about one row, beside the list. Give it the row's number as key. */
export function RowPanel({ row, onClose }: { row: JournalRow; onClose: () => void }) {
  const arm = useArm()
  const { t } = useI18n()
  const [proof, setProof] = useState<Proof>()
  const [story, setStory] = useState<Story>()
  const [citizen, setCitizen] = useState<Story>()
  const [failure, setFailure] = useState<ShownFailure>()
  const { seq, requestId } = row
  const fields = revealedFields.filter((field) => (field === 'iin' ? row.iinMasked !== undefined : row.named === true))
  useEffect(() => {
    let shown = true
    void arm.invoke('audit.row', { seq }).then((result) => {
      if (!shown) return
      if (result.ok) setProof(result.value.proof)
      else setFailure(result.failure)
    })
    if (requestId !== undefined) {
      void arm.invoke('audit.story', { requestId }).then((result) => {
        if (!shown) return
        if (result.ok) setStory(result.value)
        else setFailure(result.failure)
      })
    }
    return () => {
      shown = false
    }
  }, [arm, seq, requestId])
  const askCitizen = async (): Promise<void> => {
    const result = await arm.invoke('audit.story', { citizenOf: seq })
    if (result.ok) setCitizen(result.value)
    else setFailure(result.failure)
  }

  return (
    <aside className="row-panel" aria-label={t('journal.row.open', { seq })}>
      <header className="row-panel-head">
        <div>
          <h2>{t(`event.${row.event}`)}</h2>
          <p className="quiet">
            {formatMoment(row.at)} · {row.actor}
          </p>
        </div>
        <button type="button" className="row-button" aria-label={t('journal.row.close')} onClick={onClose}>
          <X aria-hidden="true" />
        </button>
      </header>
      {failure !== undefined && <FailureAlert title={t('journal.failed')} failure={failure} />}
      <Section title={t('journal.panel.row')}>
        <JournalRowDetails row={row} />
        {fields.length > 0 && (
          <div className="row-panel-person">
            {row.iinMasked !== undefined && (
              <p>
                <span className="quiet">{t('journal.column.iin')}</span>{' '}
                <strong className="numeric">{row.iinMasked}</strong>
              </p>
            )}
            <RevealDatum seq={seq} fields={fields} ofDocument={row.event === 'document.checked'} />
          </div>
        )}
      </Section>
      {story !== undefined && (
        <Section title={t('journal.panel.request')}>
          <StoryTimeline story={story} />
        </Section>
      )}
      {row.iinMasked !== undefined && (
        <Section title={t('journal.panel.citizen')}>
          {citizen === undefined ? (
            <Button kind="secondary" onPress={() => void askCitizen()}>
              <History aria-hidden="true" />
              {t('journal.story.citizen')}
            </Button>
          ) : (
            <StoryTimeline story={citizen} />
          )}
        </Section>
      )}
      {proof !== undefined && (
        <Section title={t('journal.panel.proof')}>
          <RowProof proof={proof} />
        </Section>
      )}
    </aside>
  )
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="row-panel-section">
      <h3>{title}</h3>
      {children}
    </section>
  )
}

/** The row's contents give its hash; its neighbours and the signed head are the whole chain's matter. */
function RowProof({ proof }: { proof: Proof }) {
  const { t } = useI18n()
  const holds = proof.hash === proof.computedHash
  const { inclusion } = proof
  return (
    <>
      <StateMark tone={holds ? 'good' : 'bad'}>{t(holds ? 'journal.proof.holds' : 'journal.proof.differs')}</StateMark>
      <dl className="proof">
        <Hash name={t('journal.proof.hash')} value={proof.hash} />
        {!holds && <Hash name={t('journal.proof.computed')} value={proof.computedHash} />}
        <Hash name={t('journal.proof.prev')} value={proof.prevHash} />
        {proof.sentSha256 !== undefined && <Hash name={t('journal.proof.sent')} value={proof.sentSha256} />}
        {proof.receivedSha256 !== undefined && <Hash name={t('journal.proof.received')} value={proof.receivedSha256} />}
      </dl>
      {inclusion === undefined ? (
        <p className="quiet">{t('journal.proof.noHead')}</p>
      ) : (
        <>
          <StateMark tone={!inclusion.holds ? 'bad' : inclusion.head === 'signed' ? 'good' : 'warning'}>
            {t(!inclusion.holds ? 'journal.proof.pathBroken' : `journal.proof.head.${inclusion.head}`, {
              size: inclusion.treeSize,
              at: inclusion.headAt === undefined ? '' : formatMoment(inclusion.headAt),
            })}
          </StateMark>
          <dl className="proof">
            <Hash name={t('journal.proof.leaf')} value={inclusion.leafHash} />
            <Hash name={t('journal.proof.root')} value={inclusion.rootHash} />
          </dl>
          <details className="proof-path">
            <summary>{t('journal.proof.path', { count: inclusion.path.length })}</summary>
            <ol>
              {inclusion.path.map((node) => (
                <li key={node}>
                  <code>{node}</code>
                </li>
              ))}
            </ol>
          </details>
        </>
      )}
    </>
  )
}

function Hash({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  )
}
