import type { ServiceStepName, ServiceSteps } from '../../shared/domain/service-steps.ts'
import type { User } from '../../shared/domain/session.ts'
import type { CheckedRegistration } from './check-registration.ts'

/** What is known of the agreement's paper, and of the citizen's signature on it. */
export type AgreementState = 'none' | 'printing' | 'printed' | 'unknown' | 'signed' | 'skipped'

/** The service of the one citizen at the counter, from the check of his registration to his envelope. */
export interface OpenService {
  /** The request id of the check that began it; its steps are rows of this request. */
  readonly serviceId: string
  /** Login of the operator who serves; nobody else goes on with it. */
  readonly operator: string
  readonly confirmWarnings: boolean
  readonly check: CheckedRegistration
  readonly steps: ServiceSteps
  readonly documentChecked: boolean
  readonly agreement: AgreementState
  /** The number to which a code went, and the request that asked for it. */
  readonly mobile?: { readonly of: string; readonly number: string }
  /** When the step before ended, by the monotonic clock in milliseconds. */
  readonly since: number
}

/** Holds the open service of this process. A new check takes the place of what was open. */
export interface OpenServiceStore {
  current(): OpenService | undefined
  /** The service of this id, while this operator serves it. */
  of(serviceId: string, operator: Pick<User, 'login'>): OpenService | undefined
  put(service: OpenService): void
  /** @returns the changed service; undefined where it is not open any more. */
  change(serviceId: string, change: Partial<OpenService>): OpenService | undefined
  end(serviceId: string): void
}

export function createOpenServiceStore(): OpenServiceStore {
  let open: OpenService | undefined
  return {
    current: () => open,
    of: (serviceId, { login }) => (open?.serviceId === serviceId && open.operator === login ? open : undefined),
    put(service) {
      open = service
    },
    change(serviceId, change) {
      if (open?.serviceId !== serviceId) return undefined
      open = { ...open, ...change }
      return open
    },
    end(serviceId) {
      if (open?.serviceId === serviceId) open = undefined
    },
  }
}

/** How long the step that ends now took, in seconds with one decimal; the next one begins. */
export function stepSeconds(services: OpenServiceStore, serviceId: string, nowMs: number): string {
  const since = services.current()?.since ?? nowMs
  services.change(serviceId, { since: nowMs })
  return ((nowMs - since) / 1000).toFixed(1)
}

/** The first step that is asked and not done before the account may be asked for. */
export function missingStep(
  { steps, documentChecked, agreement }: Pick<OpenService, 'steps' | 'documentChecked' | 'agreement'>,
  asked: { readonly reissue: boolean },
): Exclude<ServiceStepName, 'mgov'> | undefined {
  if (steps.document && !documentChecked) return 'document'
  // Whoever has an account accepted the agreement when he got it.
  const agreed = !steps.agreement || asked.reissue || agreement === 'signed' || agreement === 'skipped'
  return agreed ? undefined : 'agreement'
}
