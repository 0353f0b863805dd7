import { ChevronLeft, ChevronRight, FileText } from 'lucide-react'
import { useCallback, useEffect, useState } from 'react'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { failureText } from '../../../shared/contract/failure-texts.ts'
import { useArm } from '../../arm-context.ts'
import { Button } from '../../components/button.tsx'
import { FailureAlert } from '../../components/failure-alert.tsx'
import type { ShownFailure } from '../../components/shown-failure.ts'
import { formatDate } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { AnomalyList } from './anomaly-list.tsx'
import { BarChart } from './bar-chart.tsx'
import { formatDuration } from './format-duration.ts'
import type { FilterForm } from './journal-filters.tsx'
import { calendarDate, type Span, type SpanKind, spanAround, spanBeside, spanKinds } from './summary-span.ts'
import { useLongWork } from './use-long-work.ts'
import { WorkProgress } from './work-progress.tsx'

type Statistics = ChannelOutput<'audit.statistics'>

/** Figures of a day, a week or a month, and what in them is worth a look. */
export function SummaryPanel({ onShow }: { onShow: (form: Partial<FilterForm>) => void }) {
  const arm = useArm()
  const { t } = useI18n()
  const [kind, setKind] = useState<SpanKind>('day')
  const [span, setSpan] = useState(() => spanAround('day', new Date()))
  const [statistics, setStatistics] = useState<Statistics>()
  const [failure, setFailure] = useState<ShownFailure>()
  const { run, cancel, running, share } = useLongWork()
  const load = useCallback(
    async (of: Span, by: SpanKind) => {
      setFailure(undefined)
      const result = await run((work) =>
        arm.invoke('audit.statistics', {
          from: of.from.toISOString(),
          to: of.to.toISOString(),
          bucket: by === 'day' ? 'hour' : 'day',
          work,
        }),
      )
      if (result === undefined) return
      if (result.ok) setStatistics(result.value)
      else setFailure(result.failure)
    },
    [arm, run],
  )
  useEffect(() => {
    void load(span, kind)
  }, [load, span, kind])
  const choose = (next: SpanKind): void => {
    setKind(next)
    setSpan(spanAround(next, span.from > new Date() ? new Date() : span.from))
  }
  const lastDay = new Date(span.to.getTime() - 1)
  const shown =
    kind === 'day' ? formatDate(iso(span.from)) : `${formatDate(iso(span.from))} – ${formatDate(iso(lastDay))}`
  const inSpan = { period: 'custom', from: calendarDate(span.from), to: calendarDate(lastDay) } as const

  return (
    <div className="summary">
      <div className="summary-span">
        <ToggleButtonGroup
          className="segments"
          aria-label={t('journal.filter.period')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[kind]}
          onSelectionChange={(keys) => {
            const chosen = spanKinds.find((candidate) => keys.has(candidate))
            if (chosen !== undefined) choose(chosen)
          }}
        >
          {spanKinds.map((candidate) => (
            <ToggleButton key={candidate} id={candidate} className="segment">
              {t(`journal.summary.${candidate}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <button
          type="button"
          className="row-button"
          aria-label={t('journal.summary.earlier')}
          onClick={() => setSpan(spanBeside(kind, span, -1))}
        >
          <ChevronLeft aria-hidden="true" />
        </button>
        <strong className="summary-dates" role="status">
          {shown}
        </strong>
        <button
          type="button"
          className="row-button"
          aria-label={t('journal.summary.later')}
          disabled={span.to > new Date()}
          onClick={() => setSpan(spanBeside(kind, span, 1))}
        >
          <ChevronRight aria-hidden="true" />
        </button>
        {kind === 'day' && <ShiftReportButton span={span} />}
        {running && (
          <WorkProgress
            text={t('journal.summary.running')}
            {...(share === undefined ? {} : { share })}
            onCancel={cancel}
          />
        )}
      </div>
      {failure !== undefined && <FailureAlert title={t('journal.summary.failed')} failure={failure} />}
      {statistics !== undefined && (
        <>
          <Totals totals={statistics.totals} />
          <div className="summary-columns">
            <section className="card summary-chart">
              <h2>{t(kind === 'day' ? 'journal.summary.byHour' : 'journal.summary.byDay')}</h2>
              <BarChart buckets={statistics.buckets} by={kind === 'day' ? 'hour' : 'day'} />
            </section>
            <section className="card">
              <h2>{t('journal.summary.anomalies')}</h2>
              <AnomalyList anomalies={statistics.anomalies} span={inSpan} onShow={onShow} />
            </section>
            <section className="card">
              <h2>{t('journal.summary.refusals')}</h2>
              <Reasons counted={[...statistics.refusals, ...statistics.failures]} />
            </section>
            <section className="card">
              <h2>{t('journal.summary.operators')}</h2>
              <Operators operators={statistics.operators} />
            </section>
          </div>
        </>
      )}
    </div>
  )
}

/** The day's report as PDF, for paper. */
function ShiftReportButton({ span }: { span: Span }) {
  const arm = useArm()
  const { language, t } = useI18n()
  const { run, running } = useLongWork()
  const [saved, setSaved] = useState<string>()
  const [failure, setFailure] = useState<ShownFailure>()
  const make = async (): Promise<void> => {
    setSaved(undefined)
    setFailure(undefined)
    const [from, to] = [iso(span.from), iso(span.to)]
    const result = await run((work) => arm.invoke('audit.shift-report', { from, to, language, work }))
    if (result?.ok === true && result.value.saved) setSaved(result.value.place)
    if (result?.ok === false) setFailure(result.failure)
  }
  return (
    <>
      <Button kind="secondary" pending={running} onPress={() => void make()}>
        <FileText aria-hidden="true" />
        {t('journal.report')}
      </Button>
      {saved !== undefined && (
        <span role="status" className="journal-saved">
          {t('journal.report.saved', { place: saved })}
        </span>
      )}
      {failure !== undefined && <FailureAlert title={t('journal.export.failed')} failure={failure} />}
    </>
  )
}

const iso = (date: Date): string => date.toISOString()

const TILES = ['checks', 'created', 'reissued', 'refused', 'failed', 'unknown', 'handed', 'notHanded'] as const

function Totals({ totals }: { totals: Statistics['totals'] }) {
  const { t } = useI18n()
  return (
    <dl className="tiles">
      {TILES.map((name) => (
        <div key={name} className="tile" data-tile={name} data-zero={totals[name] === 0}>
          <dt>{t(`journal.total.${name}`)}</dt>
          <dd>{t('journal.number', { value: totals[name] })}</dd>
        </div>
      ))}
    </dl>
  )
}

function Reasons({ counted }: { counted: Statistics['refusals'] }) {
  const { language, t } = useI18n()
  if (counted.length === 0) return <p className="quiet">{t('journal.summary.none')}</p>
  const most = Math.max(...counted.map(({ count }) => count))
  return (
    <ul className="reasons">
      {counted.map(({ code, count }) => (
        <li key={code}>
          <span>{failureText(code, language)?.text ?? code}</span>
          <svg className="reason-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
            <rect className="reason-ground" width="100" height="8" />
            <rect className="reason-share" width={(count / most) * 100} height="8" />
          </svg>
          <strong className="numeric">{count}</strong>
        </li>
      ))}
    </ul>
  )
}

function Operators({ operators }: { operators: Statistics['operators'] }) {
  const { t } = useI18n()
  if (operators.length === 0) return <p className="quiet">{t('journal.summary.none')}</p>
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('journal.column.operator')}</th>
            <th scope="col">{t('journal.summary.issued')}</th>
            <th scope="col">{t('journal.total.reissued')}</th>
            <th scope="col">{t('journal.total.refused')}</th>
            <th scope="col">{t('journal.summary.failed.short')}</th>
            <th scope="col">{t('journal.summary.median')}</th>
          </tr>
        </thead>
        <tbody>
          {operators.map((operator) => (
            <tr key={operator.login}>
              <th scope="row">{operator.login}</th>
              <td className="numeric">{operator.issued}</td>
              <td className="numeric">{operator.reissued}</td>
              <td className="numeric">{operator.refused}</td>
              <td className="numeric">{operator.failed}</td>
              <td className="numeric">
                {operator.medianServiceMs === undefined ? '—' : formatDuration(operator.medianServiceMs)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
