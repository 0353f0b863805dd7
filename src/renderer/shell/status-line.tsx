import type { ReactNode } from 'react'
import { failureText } from '../../shared/contract/failure-texts.ts'
import type { Language } from '../../shared/domain/language.ts'
import { StateMark, type Tone } from '../components/state-mark.tsx'
import { formatDate, formatTime } from '../i18n/dates.ts'
import { useI18n } from '../i18n/i18n-context.ts'
import type { Translate } from '../i18n/translator.ts'
import { clockDifference } from './clock-difference.ts'
import { keyExpiry } from './key-expiry.ts'
import type { WorkstationStatus } from './use-workstation-status.ts'

interface Reading {
  readonly tone: Tone
  readonly text: string
}

/** The four outside things, always in the same place. What is not known is said to be unknown. */
export function StatusLine({ status }: { status: WorkstationStatus | undefined }) {
  const { language, t } = useI18n()
  const clock = clockDifference(status?.clock.offsetSeconds)
  const unknown: Reading = { tone: 'unknown', text: t('common.unknown') }
  return (
    <footer className="status-line">
      <section aria-label={t('status.label')}>
        <dl className="status-list">
          <Item name={t('status.gateway')} reading={status ? gatewayReading(status, t) : unknown}>
            {status?.gateway.host && <span className="status-detail">{status.gateway.host}</span>}
          </Item>
          <Item name={t('status.key')} reading={status ? keyReading(status, t) : unknown} />
          <Item name={t('status.printer')} reading={status ? printerReading(status, language, t) : unknown} />
          {clock && <Item name={t('status.clock')} reading={{ tone: 'warning', text: t(clock.key, clock.values) }} />}
          <Item name={t('status.journal')} reading={status ? journalReading(status, t) : unknown}>
            {status && status.journal.state !== 'unavailable' && (
              <span className="status-detail">{t('status.journal.rows', { rows: status.journal.rows })}</span>
            )}
          </Item>
        </dl>
      </section>
    </footer>
  )
}

function Item({ name, reading, children }: { name: string; reading: Reading; children?: ReactNode }) {
  return (
    <div className="status-item">
      <dt>{name}</dt>
      <dd>
        <StateMark tone={reading.tone}>{reading.text}</StateMark>
        {children}
      </dd>
    </div>
  )
}

function gatewayReading({ gateway }: WorkstationStatus, t: Translate): Reading {
  const tones = { unknown: 'unknown', reachable: 'good', unreachable: 'bad' } as const
  const { state, nextTryAt } = gateway
  const text =
    nextTryAt === undefined ? t(`status.gateway.${state}`) : t('status.gateway.paused', { time: formatTime(nextTryAt) })
  return { tone: tones[state], text }
}

function keyReading({ key }: WorkstationStatus, t: Translate): Reading {
  const date = key.notAfter === undefined ? '' : formatDate(key.notAfter)
  const expiry = keyExpiry(key)
  if (expiry === 'expired') return { tone: 'bad', text: t('status.key.expired', { date }) }
  if (key.state !== 'ready') {
    return { tone: key.state === 'locked' ? 'warning' : 'bad', text: t(`status.key.${key.state}`) }
  }
  if (expiry === 'unknown') return { tone: 'good', text: t('status.key.ready') }
  const text = t('status.key.daysLeft', { date, days: key.daysLeft ?? 0 })
  return { tone: expiry === 'ending' ? 'warning' : 'good', text }
}

/** The name says where the envelope goes; what is wrong there is said in words. Whether it will come out, nobody knows. */
function printerReading({ printer }: WorkstationStatus, language: Language, t: Translate): Reading {
  if (printer.name === '') return { tone: 'warning', text: t('status.printer.none') }
  const [finding] = printer.findings
  const words = finding === undefined ? undefined : failureText(finding.code, language)?.text
  const tones = { unknown: 'neutral', ready: 'neutral', attention: 'warning', unavailable: 'bad' } as const
  return { tone: tones[printer.state], text: words === undefined ? printer.name : `${printer.name}: ${words}` }
}

function journalReading({ journal }: WorkstationStatus, t: Translate): Reading {
  const tones = { unverified: 'unknown', intact: 'good', broken: 'bad', unavailable: 'bad' } as const
  return { tone: tones[journal.state], text: t(`status.journal.${journal.state}`) }
}
