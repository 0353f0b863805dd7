import type { QueueState, SystemQueue } from '../../../shared/domain/system-queue.ts'
import { fail, type Result, succeed } from '../../../shared/result.ts'
import { createIppClient, numberOf, textOf, textsOf } from './ipp-client.ts'
import type { IppAttributes } from './ipp-message.ts'
import type { IppEndpoint } from './ipp-transport.ts'
import { printerNeedsOf } from './printer-needs.ts'

const QUEUE_ATTRIBUTES = [
  'printer-name',
  'printer-info',
  'printer-make-and-model',
  'printer-state',
  'printer-state-reasons',
  'printer-is-accepting-jobs',
  'media-ready',
  'media-supported',
] as const

/** printer-state (RFC 8011, 5.4.11). */
const STATES: ReadonlyMap<number | undefined, QueueState> = new Map([
  [3, 'idle'],
  [4, 'printing'],
  [5, 'stopped'],
])
/** A driverless queue names a hundred sizes; nobody reads more. */
const MAX_MEDIA = 64

/** Asks a CUPS server which queues it has, and how each of them stands. @param endpoint of any queue, or of the server. */
export async function listQueues(endpoint: IppEndpoint): Promise<Result<readonly SystemQueue[]>> {
  const answer = await createIppClient(endpoint).queues(QUEUE_ATTRIBUTES)
  if (answer.ok) return succeed(answer.value.flatMap((queue) => describeQueue(queue) ?? []))
  // A server without a queue answers that it found none.
  return answer.failure.detail === 'IPP 0x0406' ? succeed([]) : fail(answer.failure)
}

function describeQueue(queue: IppAttributes): SystemQueue | undefined {
  const name = textOf(queue, 'printer-name')
  if (name === undefined) return undefined
  const accepting = queue.get('printer-is-accepting-jobs')?.[0]
  const reasons = textsOf(queue, 'printer-state-reasons').filter((reason) => reason !== 'none')
  const ready = textsOf(queue, 'media-ready')
  return {
    name,
    ...text('description', textOf(queue, 'printer-info')),
    ...text('model', textOf(queue, 'printer-make-and-model')),
    state: STATES.get(numberOf(queue, 'printer-state')) ?? 'unknown',
    ...(typeof accepting === 'boolean' ? { accepting } : {}),
    media: (ready.length > 0 ? ready : textsOf(queue, 'media-supported')).slice(0, MAX_MEDIA),
    needs: printerNeedsOf(reasons, 'warning'),
    reasons,
  }
}

function text(key: 'description' | 'model', value: string | undefined): { [name in typeof key]?: string } {
  return value === undefined || value === '' ? {} : { [key]: value }
}
