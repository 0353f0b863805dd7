import type { ChannelOutput } from '../../../shared/contract/channels.ts'
import { isOpenState } from '../../../shared/domain/audit-event.ts'
import { StateMark, type Tone } from '../../components/state-mark.tsx'
import { formatMoment } from '../../i18n/dates.ts'
import { useI18n } from '../../i18n/i18n-context.ts'
import { outcomeText } from './outcome-text.ts'
import { outcomeTone } from './outcome-tone.ts'

type Story = ChannelOutput<'audit.story'>
type Request = Story['requests'][number]

/** What happened to a request or to a citizen, in order, and how it ended. */
export function StoryTimeline({ story }: { story: Story }) {
  const { t } = useI18n()
  if (story.requests.length === 0) return <p className="quiet">{t('journal.story.empty')}</p>
  return (
    <ol className="story">
      {story.cut && <li className="quiet">{t('journal.story.cut')}</li>}
      {story.requests.map((request) => (
        <RequestStory key={request.requestId} request={request} />
      ))}
    </ol>
  )
}

function RequestStory({ request }: { request: Request }) {
  const { language, t } = useI18n()
  const operation =
    request.operation === 'CheckRegistration' || request.operation === 'RegisterUser'
      ? t(`journal.operation.${request.operation}`)
      : request.operation
  return (
    <li className="story-request">
      <p className="story-head">
        <span className="story-operation">{operation}</span>
        <code className="quiet">{request.requestId.slice(0, 8)}</code>
      </p>
      <ol className="story-rows">
        {request.rows.map((row) => (
          <li key={row.seq} data-tone={outcomeTone(row)}>
            <time className="numeric" dateTime={row.at}>
              {formatMoment(row.at)}
            </time>
            <span>
              <span className="story-event">{t(`event.${row.event}`)}</span>
              {row.outcome !== undefined && <> · {outcomeText(row.outcome, language)}</>}
              {row.note !== undefined && <q className="quiet">{row.note}</q>}
            </span>
          </li>
        ))}
      </ol>
      {request.state !== undefined && (
        <p className="story-end">
          <span className="quiet">{t('journal.story.ending')}</span>{' '}
          <StateMark tone={toneOf(request.state)}>{t(`state.${request.state}`)}</StateMark>
        </p>
      )}
    </li>
  )
}

function toneOf(state: NonNullable<Request['state']>): Tone {
  if (state === 'handed' || state === 'registered' || state === 'not-registered') return 'good'
  if (state === 'failed' || state === 'refused') return 'bad'
  return isOpenState(state) ? 'unknown' : 'neutral'
}
