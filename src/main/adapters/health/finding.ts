import type { FailureCode } from '../../../shared/contract/failure.ts'
import type { HealthState, OwnHealthCause } from '../../../shared/domain/health.ts'

/** What a look at one area found. */
export interface Finding {
  readonly state: HealthState
  readonly cause?: FailureCode | OwnHealthCause
  readonly detail?: string
}

const MAX_DETAIL = 300

/** It works; `detail` says what was seen. */
export function good(detail: string): Finding {
  return { state: 'good', detail: detail.slice(0, MAX_DETAIL) }
}

export function attention(cause: NonNullable<Finding['cause']>, detail?: string): Finding {
  return { state: 'attention', cause, ...(detail === undefined ? {} : { detail: detail.slice(0, MAX_DETAIL) }) }
}

export function bad(cause: NonNullable<Finding['cause']>, detail?: string): Finding {
  return { state: 'bad', cause, ...(detail === undefined ? {} : { detail: detail.slice(0, MAX_DETAIL) }) }
}

export function unknown(cause: NonNullable<Finding['cause']>, detail?: string): Finding {
  return { state: 'unknown', cause, ...(detail === undefined ? {} : { detail: detail.slice(0, MAX_DETAIL) }) }
}
