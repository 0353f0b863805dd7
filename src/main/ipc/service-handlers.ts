import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import type { Result } from '../../shared/result.ts'
import type { ServeCitizen } from '../use-cases/serve-citizen.ts'
import type { Handlers } from './register.ts'

type ServiceChannel = Extract<keyof Handlers, `service.${string}`>

/** Channels of the steps at the counter. */
export function createServiceHandlers(options: {
  readonly withServing: <T>(use: (serve: ServeCitizen) => Promise<Result<T>> | Result<T>) => Promise<Result<T>>
  readonly progressOf: (requestId: string) => (progress: PrintProgress) => void
}): Pick<Handlers, ServiceChannel> {
  const { withServing, progressOf } = options
  return {
    'service.document': (input, operator) => withServing((serve) => serve.documentChecked({ ...input, operator })),
    'service.print-agreement': (input, operator) =>
      withServing((serve) => serve.printAgreement({ ...input, operator, onProgress: progressOf(input.serviceId) })),
    'service.cancel-agreement': (input, operator) =>
      withServing((serve) => serve.cancelAgreement({ ...input, operator })),
    'service.agreement-found': (input, operator) =>
      withServing((serve) => serve.agreementFound({ ...input, operator })),
    'service.agreement-signed': (input, operator) =>
      withServing((serve) => serve.agreementSigned({ ...input, operator })),
    'service.skip': (input, operator) => withServing((serve) => serve.skip({ ...input, operator })),
  }
}
