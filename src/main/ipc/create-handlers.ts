import type { ChannelOutput, Notice, NoticeData } from '../../shared/contract/channels.ts'
import { parseIin } from '../../shared/domain/iin.ts'
import type { Language } from '../../shared/domain/language.ts'
import type { PrintProgress } from '../../shared/domain/print-progress.ts'
import { defaultScannerSettings, scanPrefixes } from '../../shared/domain/scanner.ts'
import type { User } from '../../shared/domain/session.ts'
import { trainingAccounts } from '../../shared/domain/training.ts'
import { fail, type Result, succeed } from '../../shared/result.ts'
import type { PersonalKey } from '../ports/personal-key.ts'
import type { TrainingStand } from '../ports/training-stand.ts'
import type { IssueStep } from '../use-cases/issue-credentials.ts'
import type { ManageAccounts } from '../use-cases/manage-accounts.ts'
import type { ResolvedRequest } from '../use-cases/resolve-request.ts'
import type { ServeCitizen } from '../use-cases/serve-citizen.ts'
import { type ChooseExistingFile, type ChooseFile, createAuditHandlers } from './audit-handlers.ts'
import type { Handlers } from './register.ts'
import { createServiceHandlers } from './service-handlers.ts'
import type { Session } from './session.ts'
import { createSettingsHandlers } from './settings-handlers.ts'
import type { Workplace, WorkplaceServices } from './workplace.ts'

/** Lets a person choose his key file and reads it. @returns undefined where he chose none, or none that can be read. */
export type ChooseKeyFile = (
  language: Language,
) => Promise<{ readonly name: string; readonly bytes: Uint8Array } | undefined>

/** Channels to use cases. The window opens before the adapters do, so handlers wait for the workplace. */
export function createHandlers(options: {
  readonly workplace: Workplace
  readonly session: Session
  readonly notify: <N extends Notice>(notice: N, data: NoticeData<N>) => void
  readonly chooseFile: ChooseFile
  readonly chooseExisting: ChooseExistingFile
  readonly chooseKeyFile: ChooseKeyFile
}): Handlers {
  const { workplace, session, notify } = options

  async function withWorkstation<T>(
    use: (services: WorkplaceServices) => Promise<Result<T>> | Result<T>,
  ): Promise<Result<T>> {
    const services = await workplace.services()
    return services.ok ? use(services.value) : services
  }

  const tellStep = (step: IssueStep): void => notify('issue.step', { step })
  const progressOf =
    (requestId: string) =>
    ({ state, needs }: PrintProgress): void =>
      notify('print.progress', { requestId, state, needs: [...needs] })
  function withAccounts<T>(use: (accounts: ManageAccounts) => Promise<Result<T>> | Result<T>): Promise<Result<T>> {
    return withWorkstation(({ accounts }) =>
      accounts === undefined ? fail({ code: 'account.training' }) : use(accounts),
    )
  }

  /** Real mode has no stand, and says to everybody that this is not for him. */
  function withTraining<T>(use: (training: TrainingStand) => Promise<T>): Promise<Result<T>> {
    return withWorkstation(async ({ training }) =>
      training === undefined ? fail({ code: 'session.forbidden' }) : succeed(await use(training)),
    )
  }

  /** The key file that was chosen last, still sealed by its password; kept for another try, until somebody is in. */
  let chosenKey: Uint8Array | undefined
  function personalKey({ workstation }: WorkplaceServices, place: 'file' | 'token'): Result<PersonalKey> {
    const { personalKeys } = workstation
    const key = place === 'token' ? personalKeys.ofToken() : chosenKey && personalKeys.ofFile(chosenKey)
    return key === undefined ? fail({ code: 'session.key-absent' }) : succeed(key)
  }

  return {
    'session.choose-key-file': async ({ language }) => {
      const chosen = await options.chooseKeyFile(language)
      if (chosen === undefined) return succeed(null)
      chosenKey = chosen.bytes
      return succeed({ name: chosen.name })
    },
    'session.sign-in-by-key': ({ place, pin }) =>
      withWorkstation(async (services) => {
        const { workstation } = services
        const secret = ownBuffer(pin)
        const key = personalKey(services, place)
        if (!key.ok) {
          secret.fill(0)
          return key
        }
        const prove = () => workstation.provePerson({ key: key.value, pin: secret, purpose: 'sign-in' })
        const signedIn = await workstation.signIn.signInByKey({ key: key.value, prove }).finally(() => secret.fill(0))
        if (!signedIn.ok) return signedIn
        chosenKey = undefined
        const shift = workstation.beginShift(signedIn.value)
        if (!shift.ok) return shift
        session.open(signedIn.value)
        return signedIn
      }),
    'session.sign-in': async (input) => {
      const entrance = await workplace.entrance()
      if (!entrance.ok) return entrance
      const signedIn = await entrance.value.signIn.signIn(input)
      if (!signedIn.ok) return signedIn
      const shift = entrance.value.beginShift(signedIn.value)
      if (!shift.ok) return shift
      session.open(signedIn.value)
      return signedIn
    },
    'session.sign-out': (_input, caller) =>
      withWorkstation(({ workstation }) => {
        session.close()
        workstation.reviewAudit.leave(caller)
        workstation.serveCitizen.leave({ operator: caller })
        const discarded = workstation.discardEnvelope({ operator: caller })
        return discarded.ok ? workstation.signIn.signOut(caller) : discarded
      }),
    'shift.close': (_input, operator) =>
      withWorkstation(async ({ workstation }) => {
        workstation.serveCitizen.leave({ operator })
        const discarded = workstation.discardEnvelope({ operator })
        if (!discarded.ok) return discarded
        const summary = await workstation.shift.close(operator)
        if (!summary.ok) return summary
        session.close()
        const signedOut = workstation.signIn.signOut(operator)
        return signedOut.ok ? summary : signedOut
      }),
    'session.touch': () => {
      session.touch()
      return succeed(undefined)
    },
    'session.lock': () => {
      session.lock()
      return succeed(undefined)
    },
    'session.unlock': ({ password }, user) =>
      withWorkstation(async ({ workstation }) => {
        const known = await workstation.signIn.unlock({ login: user.login, password, user })
        if (!known.ok) return known
        return session.unlock(user) ? known : fail({ code: 'session.required' })
      }),
    'session.change-password': (input, user) =>
      withAccounts((accounts) => accounts.changeOwnPassword({ ...input, user })),
    'session.create-administrator': (input) =>
      withAccounts(async (accounts) => {
        const created = await accounts.createAdministrator(input)
        if (created.ok) session.open(created.value)
        return created
      }),
    'vault.open': ({ passphrase }) => workplace.openVault(ownBuffer(passphrase)),
    'key.unlock': ({ pin }, by) => withWorkstation(({ workstation }) => workstation.unlock(ownBuffer(pin), by)),
    'accounts.list': () => withAccounts((accounts) => succeed(accounts.list().map((account) => ({ ...account })))),
    'accounts.add': ({ password, ...account }, by) =>
      withAccounts((accounts) => accounts.change({ change: { kind: 'add', account, password }, by })),
    'accounts.set-password': (input, by) =>
      withAccounts((accounts) => accounts.change({ change: { kind: 'set-password', ...input }, by })),
    'accounts.set-disabled': (input, by) =>
      withAccounts((accounts) => accounts.change({ change: { kind: 'set-disabled', ...input }, by })),
    'accounts.set-iin': ({ login, iin }, by) =>
      withAccounts((accounts) => accounts.change({ change: { kind: 'set-iin', login, iin }, by })),
    'session.current': (_input, caller) =>
      succeed({
        user: caller ?? null,
        locked: session.state().kind === 'locked',
        needs: workplace.needs(),
        mode: workplace.mode,
        personalToken: workplace.hasPersonalToken(),
        trainingAccounts:
          workplace.mode === 'training'
            ? trainingAccounts.map(({ login, password, role }) => ({ login, password, role }))
            : [],
      }),
    'workstation.status': () => withWorkstation(({ workstation }) => succeed(workstation.watch.current())),
    'workstation.scanner': () =>
      withWorkstation(({ settings }) => {
        const prefix = scanPrefixes.find((known) => known === settings.view().values['scanner.prefix'])
        return succeed({ prefix: prefix ?? defaultScannerSettings.prefix })
      }),
    'registration.check': (input, operator) =>
      withWorkstation(async ({ workstation }) => {
        const checked = await workstation.checkRegistration({ ...input, operator })
        const refusal = checked.ok ? checked.value.refusal : checked.failure
        const requestId = checked.ok ? checked.value.requestId : checked.failure.requestId
        if (refusal !== undefined && requestId !== undefined) {
          workstation.refusalNote.refused({ requestId, iin: input.iin, failure: refusal })
        }
        if (!checked.ok) return checked
        const { iin, ...rest } = checked.value
        const { confirmWarnings } = input
        const steps = workstation.serveCitizen.begin({ check: checked.value, confirmWarnings, operator })
        return succeed({ ...rest, iin: { ...iin, warnings: [...iin.warnings] }, steps: { ...steps } })
      }),
    'credentials.issue': (input, operator) =>
      withWorkstation(async ({ workstation }) => {
        const issued = await workstation.serveCitizen.issue({ ...input, operator, onStep: tellStep })
        if (issued.ok && issued.value.outcome === 'refused') {
          workstation.refusalNote.refused({ ...issued.value, iin: input.iin })
        }
        return issued
      }),
    'refusal.print-note': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.refusalNote.print({ ...input, operator })),
    ...createServiceHandlers({
      withServing: (use) => withWorkstation(({ workstation }) => use(workstation.serveCitizen)),
      withMobile: (use) => withWorkstation(({ workstation }) => use(workstation.connectMobile)),
      progressOf,
      tellStep,
    }),
    'envelope.print': (input, operator) =>
      withWorkstation(({ workstation }) =>
        workstation.printEnvelope.print({ ...input, operator, onProgress: progressOf(input.requestId) }),
      ),
    'envelope.reprint': ({ approver, ...input }, operator) =>
      withWorkstation(async (services) => {
        const { printEnvelope, provePerson } = services.workstation
        const onProgress = progressOf(input.requestId)
        if ('login' in approver) return printEnvelope.reprint({ ...input, approver, operator, onProgress })
        const pin = ownBuffer(approver.pin)
        const key = personalKey(services, approver.place)
        if (!key.ok) {
          pin.fill(0)
          return key
        }
        const prove = () => provePerson({ key: key.value, pin, purpose: 'approval' })
        return printEnvelope
          .reprint({ ...input, approver: { key: key.value, prove }, operator, onProgress })
          .finally(() => {
            pin.fill(0)
            chosenKey = undefined
          })
      }),
    'envelope.cancel-print': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.cancel({ ...input, operator })),
    'envelope.found': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.found({ ...input, operator })),
    'printer.list': () =>
      withWorkstation(async ({ workstation }) => {
        const found = await workstation.findSystemQueues()
        if (!found.ok) return found
        const { from, queues, findings } = found.value
        const { printer } = workstation.settings
        return succeed({
          from,
          queues: queues.map((queue) => ({
            ...queue,
            media: [...queue.media],
            needs: [...queue.needs],
            reasons: [...queue.reasons],
            configured: printer?.kind === 'system' && printer.queue === queue.name,
          })),
          findings: [...findings],
        })
      }),
    'printer.test-page': (_input, operator) =>
      withWorkstation(({ workstation }) => workstation.printTestPage({ operator })),
    'envelope.confirm': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.printEnvelope.confirm({ ...input, operator })),
    'envelope.discard': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.discardEnvelope({ ...input, operator })),
    'recovery.list': () => withWorkstation(({ workstation }) => succeed([...workstation.recovery.list()])),
    'recovery.resolve': ({ requestId }, operator) =>
      withWorkstation(async ({ workstation }) => {
        const resolved = await workstation.resolveRequest.resolve({ requestId, operator, onStep: tellStep })
        return withService(resolved, workstation.serveCitizen, operator)
      }),
    'recovery.repeat': ({ requestId }, operator) =>
      withWorkstation(async ({ workstation }) => {
        const resolved = await workstation.resolveRequest.repeat({ requestId, operator, onStep: tellStep })
        return withService(resolved, workstation.serveCitizen, operator)
      }),
    'recovery.acknowledge': (input, operator) =>
      withWorkstation(({ workstation }) => workstation.recovery.acknowledge({ ...input, operator })),
    'updates.check': (_input, by) =>
      withWorkstation(async ({ updates }) => {
        if (updates === undefined) return fail({ code: 'update.not-configured' })
        const checked = await updates.check(by)
        if (!checked.ok) return checked
        const { expiresAt, ...offer } = checked.value
        return succeed({ ...offer, expiresAt: expiresAt.toISOString() })
      }),
    'training.people': () => withTraining(async (training) => [...(await training.people())]),
    'training.sms': () => withTraining(async (training) => [...(await training.sms())]),
    'training.current-switch': () => withTraining(async (training) => ({ position: await training.currentSwitch() })),
    'training.set-switch': ({ position }) =>
      withTraining(async (training) => {
        await training.setSwitch(position)
        return undefined
      }),
    ...createSettingsHandlers({ ...options, withServices: withWorkstation }),
    ...createAuditHandlers({
      acknowledgeBreak: (given) => withWorkstation(({ workstation }) => workstation.guardLog.acknowledge(given)),
      withReview: (use) => withWorkstation(({ workstation }) => use(workstation.reviewAudit)),
      chooseFile: options.chooseFile,
      notify,
    }),
  }
}

/**
 * Gives an issued request back to the service to which it belongs. The page shows of a citizen what it shows after a check;
 * of an open request only the ИИН is known.
 */
function withService(
  resolved: Result<ResolvedRequest>,
  serve: ServeCitizen,
  operator: User,
): Result<ChannelOutput<'recovery.resolve'>> {
  if (!resolved.ok) return resolved
  const facts = parseIin(resolved.value.iin, new Date())
  const iin = facts.ok
    ? { ...facts.value, warnings: [...facts.value.warnings] }
    : { iin: resolved.value.iin, warnings: [] }
  if (resolved.value.outcome !== 'issued') return succeed({ ...resolved.value, iin })
  const { iin: citizen, paper, ...issued } = resolved.value
  const service = serve.recovered({ iin: citizen, issued, paper, operator })
  if (service === undefined) return succeed({ ...issued, paper, iin })
  const { serviceId, steps, check } = service
  const person = check.person === undefined ? {} : { person: check.person }
  return succeed({ ...issued, paper, iin, service: { serviceId, steps: { ...steps }, ...person } })
}

/** The bytes of a secret that came over IPC, as the one Buffer that its receiver wipes. */
function ownBuffer(secret: Uint8Array): Buffer {
  return Buffer.from(secret.buffer, secret.byteOffset, secret.byteLength)
}
