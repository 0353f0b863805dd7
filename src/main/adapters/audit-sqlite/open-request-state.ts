import {
  type AuditEvent,
  isOpenState,
  type RequestState,
  requestStateAfter,
} from '../../../shared/domain/audit-event.ts'

/**
 * What a row does to the list of requests whose end nobody has seen. Only RegisterUser can leave a citizen with a
 * password that nobody knows, so rows of other operations, and rows without one, change nothing.
 * @returns the state in which the request is open from here on, `closed`, or undefined for no change.
 */
export function openRequestStateAfter(row: {
  readonly event: string
  readonly request_id: string | null
  readonly operation: string | null
}): RequestState | 'closed' | undefined {
  if (row.request_id === null || row.operation !== 'RegisterUser') return undefined
  const state = requestStateAfter(row.event as AuditEvent)
  if (state === undefined) return undefined
  return isOpenState(state) ? state : 'closed'
}
