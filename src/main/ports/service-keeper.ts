import type { PersonStatus } from '../../shared/domain/registration.ts'
import type { ServiceSteps } from '../../shared/domain/service-steps.ts'

/** A service as it may be taken up again after a restart. Never a password, a code or a number. */
export interface KeptService {
  readonly serviceId: string
  readonly at: Date
  /** Login of the operator: nobody else takes it up. */
  readonly operator: string
  readonly iin: string
  readonly confirmWarnings: boolean
  readonly registered: boolean
  readonly person?: PersonStatus
  readonly asked: ServiceSteps
  readonly documentChecked: boolean
  readonly agreement: 'none' | 'printed' | 'unknown' | 'signed' | 'skipped'
  /** The account exists: a number is connected to it, and no password is asked for. */
  readonly mgovOnly?: true
  /** The request left, so the list of open requests tells of it; what remains of the service is mGov. */
  readonly requested?: true
}

/** The one service under way, on disk, sealed by the vault. What cannot be written is not kept, and nothing else happens. */
export interface ServiceKeeper {
  keep(service: KeptService): void
  /** Undefined where there is none, or one that is damaged or of another vault. */
  find(): KeptService | undefined
  forget(): void
}
