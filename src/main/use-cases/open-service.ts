import type { ServiceStepName, ServiceSteps, SkipReason } from '../../shared/domain/service-steps.ts'
import type { User } from '../../shared/domain/session.ts'
import type { KeptService } from '../ports/service-keeper.ts'
import type { CheckedRegistration } from './check-registration.ts'
import type { IssueOutcome } from './conclude-registration.ts'

/** What is known of the agreement's paper, and of the citizen's signature on it. */
export type AgreementState = 'none' | 'printing' | 'printed' | 'unknown' | 'signed' | 'skipped'

/** The portal has sent a code to a number. */
export interface CodeSent {
  readonly outcome: 'code-sent'
  readonly requestId: string
  /** E.164, as it was understood. */
  readonly number: string
  /** The portal's words. */
  readonly message: string
  readonly attempts: number
  readonly validSeconds: number
}

/** The service of the one citizen at the counter, from the check of his registration to his envelope. */
export interface OpenService {
  /** The request id of the check that began it; its steps are rows of this request. */
  readonly serviceId: string
  /** Login of the operator who serves; nobody else goes on with it. */
  readonly operator: string
  readonly confirmWarnings: boolean
  readonly check: CheckedRegistration
  /** What is still asked: a step that is left out is not. */
  readonly steps: ServiceSteps
  /** What this citizen was asked at first. */
  readonly asked: ServiceSteps
  readonly documentChecked: boolean
  readonly agreement: AgreementState
  /** The number to which a code went, and the request that asked for it. */
  readonly mobile?: { readonly of: string; readonly number: string }
  /** The portal's answer to that request. */
  readonly codeSent?: CodeSent
  readonly mgov?: 'connected' | SkipReason
  /** The account exists and stays as it is: the citizen came to have a number connected to it. */
  readonly mgovOnly?: true
  /** A request for the account is under way. */
  readonly requesting?: boolean
  /** A request left and nobody knows what became of it: the list of open requests tells of it. */
  readonly unknown?: boolean
  /** The account was given: its envelope waits, or is out. */
  readonly issued?: Extract<IssueOutcome, { outcome: 'issued' }>
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

export function createOpenServiceStore(options: {
  readonly onChange: (open: OpenService | undefined) => void
}): OpenServiceStore {
  let open: OpenService | undefined
  const become = (next: OpenService | undefined): void => {
    open = next
    options.onChange(next)
  }
  return {
    current: () => open,
    of: (serviceId, { login }) => (open?.serviceId === serviceId && open.operator === login ? open : undefined),
    put: become,
    change(serviceId, change) {
      if (open?.serviceId !== serviceId) return undefined
      become({ ...open, ...change })
      return open
    },
    end(serviceId) {
      if (open?.serviceId === serviceId) become(undefined)
    },
  }
}

/** How long the step that ends now took, in seconds with one decimal; the next one begins. */
export function stepSeconds(services: OpenServiceStore, serviceId: string, nowMs: number): string {
  const since = services.current()?.since ?? nowMs
  services.change(serviceId, { since: nowMs })
  return ((nowMs - since) / 1000).toFixed(1)
}

/** The first step that is asked and not done before the portal may be asked for anything. */
export function missingStep(
  { steps, documentChecked, agreement }: Pick<OpenService, 'steps' | 'documentChecked' | 'agreement'>,
  asked: { readonly reissue: boolean },
): Exclude<ServiceStepName, 'mgov'> | undefined {
  if (steps.document && !documentChecked) return 'document'
  // Whoever has an account accepted the agreement when he got it.
  const agreed = !steps.agreement || asked.reissue || agreement === 'signed' || agreement === 'skipped'
  return agreed ? undefined : 'agreement'
}

/** The step at which a service stands before its end; mGov alone asks for the agreement as a new account does. */
export function stepAt(open: OpenService): ServiceStepName | 'request' {
  const mgovOnly = open.mgovOnly === true
  const missing = missingStep(open, { reissue: open.check.registered && !mgovOnly })
  return missing ?? (mgovOnly ? 'mgov' : 'request')
}

/**
 * What of a service may be taken up after a restart. Once its request left, the outbox keeps that, and here lies only that a
 * number is still to be connected.
 */
export function keptService(open: OpenService, at: Date): KeptService | undefined {
  const { serviceId, operator, confirmWarnings, check, asked, documentChecked, agreement, mgovOnly } = open
  const requested = open.requesting === true || open.unknown === true || open.issued !== undefined
  const isMgovLeft = asked.mgov && open.mgov === undefined
  const isKept = requested || mgovOnly === true ? isMgovLeft : asked.document || asked.agreement
  if (!isKept || (requested && open.check.registered)) return undefined
  return {
    serviceId,
    at,
    operator,
    iin: check.iin.iin,
    confirmWarnings,
    registered: check.registered,
    ...(check.person === undefined ? {} : { person: check.person }),
    asked,
    documentChecked,
    // A sheet that was being printed may be out.
    agreement: agreement === 'printing' ? 'unknown' : agreement,
    ...(mgovOnly === true && { mgovOnly }),
    ...(requested && { requested }),
  }
}
