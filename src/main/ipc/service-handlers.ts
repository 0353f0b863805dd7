import type { ChannelOutput } from '../../shared/contract/channels.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { ConnectMobile } from '../use-cases/connect-mobile.ts'
import type { IssueStep } from '../use-cases/issue-credentials.ts'
import { stepAt } from '../use-cases/open-service.ts'
import type { ServeCitizen, ServiceView } from '../use-cases/serve-citizen.ts'
import type { Handlers } from './register.ts'

type ServiceChannel = Extract<keyof Handlers, `${'service' | 'mgov'}.${string}`>

/** Channels of the steps at the counter. */
export function createServiceHandlers(options: {
  readonly withServing: <T>(use: (serve: ServeCitizen) => Promise<Result<T>> | Result<T>) => Promise<Result<T>>
  readonly withMobile: <T>(use: (mobile: ConnectMobile) => Promise<Result<T>>) => Promise<Result<T>>
  readonly tellStep: (step: IssueStep) => void
  readonly progressOf: (requestId: string) => (progress: PrintProgress) => void
}): Pick<Handlers, ServiceChannel> {
  const { withServing, withMobile, progressOf, tellStep: onStep } = options
  return {
    'service.steps': () => withServing((serve) => succeed({ ...serve.steps })),
    'service.current': (_input, operator) =>
      withServing((serve) => {
        const view = serve.current(operator)
        return succeed(view === undefined ? null : shown(view))
      }),
    'service.resume': (input, operator) => withServing((serve) => serve.resume({ ...input, operator })),
    'service.leave': (_input, operator) => withServing((serve) => serve.leave({ operator })),
    'service.document': (input, operator) => withServing((serve) => serve.documentChecked({ ...input, operator })),
    'service.print-agreement': (input, operator) =>
      withServing((serve) => serve.printAgreement({ ...input, operator, onProgress: progressOf(input.serviceId) })),
    'service.cancel-agreement': (input, operator) =>
      withServing((serve) => serve.cancelAgreement({ ...input, operator })),
    'service.agreement-found': (input, operator) =>
      withServing((serve) => serve.agreementFound({ ...input, operator })),
    'service.agreement-signed': (input, operator) =>
      withServing((serve) => serve.agreementSigned({ ...input, operator })),
    'mgov.connect': (input, operator) => withMobile((mobile) => mobile.connect({ ...input, operator, onStep })),
    'mgov.confirm': (input, operator) => withMobile((mobile) => mobile.confirm({ ...input, operator, onStep })),
    'service.connect-only': (input, operator) => withServing((serve) => serve.connectOnly({ ...input, operator })),
    'service.skip': (input, operator) => withServing((serve) => serve.skip({ ...input, operator })),
  }
}

function shown({ service, interruptedAt, envelope }: ServiceView): NonNullable<ChannelOutput<'service.current'>> {
  const { serviceId, check, confirmWarnings, asked, documentChecked, agreement, mgov, codeSent } = service
  return {
    serviceId,
    iin: check.iin.iin,
    confirmWarnings,
    ...(interruptedAt !== undefined && { interruptedAt: interruptedAt.toISOString() }),
    step: stepAt(service),
    registered: check.registered,
    iinFacts: { ...check.iin, warnings: [...check.iin.warnings] },
    ...(check.person !== undefined && { person: check.person }),
    steps: { ...asked },
    documentChecked,
    agreement,
    ...(mgov !== undefined && { mgov }),
    ...(codeSent !== undefined && { codeSent: { ...codeSent } }),
    mgovOnly: service.mgovOnly === true,
    requesting: service.requesting === true,
    ...(envelope !== undefined && {
      envelope: {
        requestId: envelope.issued.requestId,
        action: envelope.issued.action,
        message: envelope.issued.message,
        paper: envelope.paper,
      },
    }),
  }
}
