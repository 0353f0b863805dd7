import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { formatDate } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'

type Bucket = ChannelOutput<'audit.statistics'>['buckets'][number]

const SERIES = ['issued', 'refused', 'failed'] as const
const WIDTH = 480
const HEIGHT = 190
const LEFT = 36
const BOTTOM = 22
const TOP = 8

/** Stacked bars by hour or by day; the same numbers as a table below, for whoever does not see them. */
export function BarChart({ buckets, by }: { buckets: readonly Bucket[]; by: 'hour' | 'day' }) {
  const { t } = useI18n()
  const top = niceTop(Math.max(1, ...buckets.map((bucket) => bucket.issued + bucket.refused + bucket.failed)))
  const room = HEIGHT - BOTTOM - TOP
  const step = (WIDTH - LEFT) / Math.max(1, buckets.length)
  const bar = Math.min(26, step * 0.7)
  const labelEvery = by === 'hour' ? 3 : buckets.length > 10 ? 5 : 1
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={t('journal.chart.label')}>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line
              className="chart-line"
              x1={LEFT}
              x2={WIDTH}
              y1={TOP + room * (1 - share)}
              y2={TOP + room * (1 - share)}
            />
            <text className="chart-text" x={LEFT - 8} y={TOP + room * (1 - share) + 4} textAnchor="end">
              {Number.isInteger(top * share) ? top * share : ''}
            </text>
          </g>
        ))}
        {buckets.map((bucket, place) => {
          const x = LEFT + step * place + (step - bar) / 2
          let below = 0
          return (
            <g key={bucket.from}>
              {SERIES.map((name) => {
                const height = (bucket[name] / top) * room
                const y = TOP + room - below - height
                below += height
                return height === 0 ? null : (
                  <rect key={name} className={`chart-${name}`} x={x} y={y} width={bar} height={height} />
                )
              })}
              {place % labelEvery === 0 && (
                <text className="chart-text" x={x + bar / 2} y={HEIGHT - 6} textAnchor="middle">
                  {bucketLabel(bucket.from, by, true)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
      <figcaption className="chart-key">
        {SERIES.map((name) => (
          <span key={name} data-series={name}>
            {t(`journal.chart.${name}`)}
          </span>
        ))}
      </figcaption>
      <details className="chart-table">
        <summary>{t('journal.chart.table')}</summary>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('journal.column.time')}</th>
              {SERIES.map((name) => (
                <th key={name} scope="col">
                  {t(`journal.chart.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets
              .filter((bucket) => SERIES.some((name) => bucket[name] > 0))
              .map((bucket) => (
                <tr key={bucket.from}>
                  <th scope="row">{bucketLabel(bucket.from, by, false)}</th>
                  {SERIES.map((name) => (
                    <td key={name} className="numeric">
                      {bucket[name]}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </figure>
  )
}

function bucketLabel(from: string, by: 'hour' | 'day', short: boolean): string {
  if (by === 'hour') return `${String(new Date(from).getHours()).padStart(2, '0')}:00`
  return short ? formatDate(from).slice(0, 5) : formatDate(from)
}

/** A round number just above, so that the axis and its middle have round numbers. */
function niceTop(most: number): number {
  const power = 10 ** Math.floor(Math.log10(most))
  return [1, 1.2, 1.6, 2, 3, 4, 6, 8, 10].map((factor) => factor * power).find((top) => top >= most) ?? most
}
