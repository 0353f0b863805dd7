import type { Notice, NoticeData } from '../../shared/contract/channels.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import { trainingAccounts } from '../../shared/domain/training.ts'
import { type Result, succeed } from '../../shared/result.ts'
import type { Workstation } from '../compose.ts'
import type { SignIn } from '../use-cases/sign-in.ts'
import { type ChooseFile, createAuditHandlers } from './audit-handlers.ts'
import type { Handlers } from './register.ts'
import type { Session } from './session.ts'

export interface HandlerServices {
  readonly workstation: Workstation
  readonly signIn: SignIn
}

/** Channels to use cases. The window opens before the adapters do, so handlers wait for `services`. */
export function createHandlers(options: {
  readonly services: Promise<Result<HandlerServices>>
  readonly session: Session
  readonly mode: 'training' | 'real'
  readonly notify: <N extends Notice>(notice: N, data: NoticeData<N>) => void
  readonly chooseFile: ChooseFile
}): Handlers {
  const { session, notify } = options

  async function withWorkstation<T>(
    use: (services: HandlerServices) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> {
    const services = await options.services
    return services.ok ? use(services.value) : services
  }

  const progressOf =
    (requestId: string) =>
    ({ state, needs }: PrintProgress): void =>
      notify('print.progress', { requestId, state, needs: [...needs] })

  return {
    'session.sign-in': (input) =>
      withWorkstation(async ({ signIn }) => {
        const signedIn = await signIn.signIn(input)
        if (signedIn.ok) session.open(signedIn.value)
        return signedIn
      }),
    'session.sign-out': (_input, caller) =>
      withWorkstation(({ signIn, workstation }) => {
        session.close()
        workstation.reviewAudit.leave(caller)
        const discarded = workstation.discardEnvelope({ operator: caller })
        return discarded.ok ? signIn.signOut(caller) : discarded
      }),
    'session.current': (_input, caller) =>
      succeed({
        user: caller ?? null,
        mode: options.mode,
        trainingAccounts:
          options.mode === 'training'
            ? trainingAccounts.map(({ login, password, role }) => ({ login, password, role }))
            : [],
      }),
    'workstation.status': () => withWorkstation(({ workstation }) => succeed(workstation.watch.current())),
    'registration.check': (input, operator) =>
      withWorkstation(async ({ workstation }) => {
        const checked = await workstation.checkRegistration({ ...input, operator })
        if (!checked.ok) return checked
        const { iin, ...rest } = checked.value
        return succeed({ ...rest, iin: { ...iin, warnings: [...iin.warnings] } })
      }),
    'credentials.issue': (input, operator) =>
      withWorkstation(({ workstation }) =>
        workstation.issueCredentials({ ...input, operator, onStep: (step) => notify('issue.step', { step }) }),
      ),
    'envelope.print': (input, operator) =>
      withWorkstation(({ workstation }) =>
        workstation.printEnvelope.print({ ...input, operator, onProgress: progressOf(input.requestId) }),
      ),
    'envelope.reprint': (input, operator) =>
      withWorkstation(({ workstation }) =>
        workstation.printEnvelope.reprint({ ...input, operator, onProgress: progressOf(input.requestId) }),
      ),
    'envelope.cancel-print': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.cancel({ ...input, operator })),
    'envelope.found': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.found({ ...input, operator })),
    'printer.test-page': (_input, operator) =>
      withWorkstation(({ workstation }) => workstation.printTestPage({ operator })),
    'envelope.confirm': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.confirm({ ...input, operator })),
    'envelope.discard': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.discardEnvelope({ ...input, operator })),
    'recovery.list': () => withWorkstation(({ workstation }) => succeed([...workstation.recovery.list()])),
    'recovery.acknowledge': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.recovery.acknowledge({ ...input, operator })),
    ...createAuditHandlers({
      withReview: (use) => withWorkstation(({ workstation }) => use(workstation.reviewAudit)),
      chooseFile: options.chooseFile,
      notify,
    }),
  }
}
