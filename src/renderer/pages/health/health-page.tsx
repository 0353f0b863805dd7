import { healthText, healthTexts } from '../../../shared/contract/health-texts.ts'
import { type HealthArea, type HealthState, healthAreas, overallHealth } from '../../../shared/domain/health.ts'
import { AdministratorFailure } from '../../components/administrator-failure.tsx'
import { Button } from '../../components/button.tsx'
import { Notice, type NoticeTone } from '../../components/notice.tsx'
import { StateMark, type Tone } from '../../components/state-mark.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { type AreaFinding, type HealthReading, useHealth } from './use-health.ts'

const TONES: Readonly<Record<HealthState, Tone>> = {
  good: 'good',
  attention: 'warning',
  bad: 'bad',
  unknown: 'unknown',
}
const NOTICES: Readonly<Record<HealthState, NoticeTone>> = {
  good: 'success',
  attention: 'warning',
  bad: 'refusal',
  unknown: 'unknown',
}

/** What `arm doctor` says, for the administrator at the window. */
export function HealthPage() {
  const { t } = useI18n()
  const { reading, refresh } = useHealth()
  return (
    <section className="page health-page" aria-labelledby="health-title">
      <div className="page-header">
        <h1 id="health-title">{t('health.title')}</h1>
        <Button kind="secondary" pending={reading.at === undefined} onPress={refresh}>
          {t('health.refresh')}
        </Button>
      </div>
      {reading.failure !== undefined && <AdministratorFailure title={t('health.failed')} failure={reading.failure} />}
      <Overall reading={reading} />
      <div className="table-scroll">
        <table className="table" aria-labelledby="health-title">
          <thead>
            <tr>
              {(['area', 'state', 'cause'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`health.column.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {healthAreas.map((area) => (
              <AreaRows key={area} area={area} findings={reading.findings[area]} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function Overall({ reading }: { reading: HealthReading }) {
  const { t } = useI18n()
  const { findings, at } = reading
  const all = Object.values(findings).flat()
  if (at === undefined) {
    const values = { done: Object.keys(findings).length, all: healthAreas.length }
    return (
      <Notice tone="information" role="status" title={t('health.checking')}>
        <p>{t('health.progress', values)}</p>
      </Notice>
    )
  }
  // A part that did not answer at all is not good.
  const state = Object.keys(findings).length < healthAreas.length ? 'unknown' : overallHealth(all)
  return (
    <Notice tone={NOTICES[state]} role="status" title={t(`health.overall.${state}`)}>
      <p>{t('health.at', { time: formatMoment(at.toISOString()) })}</p>
    </Notice>
  )
}

function AreaRows({ area, findings }: { area: HealthArea; findings: readonly AreaFinding[] | undefined }) {
  const { language, t } = useI18n()
  const texts = healthTexts[language]
  const rows: readonly (AreaFinding | undefined)[] = findings ?? [undefined]
  return rows.map((finding, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: findings of one look have no other name and are replaced together
    <tr key={index}>
      {index === 0 && (
        <th scope="row" rowSpan={rows.length}>
          {texts.areas[area]}
        </th>
      )}
      <td>
        {finding === undefined ? (
          <StateMark tone="neutral">{t('health.checking')}</StateMark>
        ) : (
          <StateMark tone={TONES[finding.state]}>{texts.states[finding.state]}</StateMark>
        )}
      </td>
      <td>{finding !== undefined && <Words finding={finding} />}</td>
    </tr>
  ))
}

function Words({ finding: { cause, detail } }: { finding: AreaFinding }) {
  const { language } = useI18n()
  if (cause === undefined) return detail === undefined ? null : <p className="health-fact">{detail}</p>
  const { cause: what, remedy } = healthText(cause, language)
  return (
    <>
      <p>{what}</p>
      <p className="health-remedy">{remedy}</p>
      <p className="health-fact">
        <code>{cause}</code>
        {detail !== undefined && `: ${detail}`}
      </p>
    </>
  )
}
