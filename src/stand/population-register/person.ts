import type { PersonStatus } from '../../shared/domain/registration.ts'

/** A made-up person as the population register (ГБД ФЛ) and the portal know them. */
export interface Person extends PersonStatus {
  readonly iin: string
  /** Had an account on the portal before the stand began. Nobody knows its password. */
  readonly registeredBefore: boolean
}
