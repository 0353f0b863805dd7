import type { Failure } from '../../shared/contract/failure.ts'
import type { SystemQueue } from '../../shared/domain/system-queue.ts'
import type { Result } from '../../shared/result.ts'

export interface FoundQueues {
  /** Who knows the queues: CUPS, the desktop's own printing system, or nobody on this machine. */
  readonly from: 'cups' | 'desktop' | 'nobody'
  readonly queues: readonly SystemQueue[]
  /** What that system does with the files of jobs. */
  readonly findings: readonly Failure[]
}

/** Asks the printing system of this machine which queues it has. Failures: `print.*`. */
export type FindSystemQueues = () => Promise<Result<FoundQueues>>
