import type { PrintJob, PrintOutcome } from '../../../../src/main/ports/envelope-printer.ts'
import { createApproveReprint } from '../../../../src/main/use-cases/approve-reprint.ts'
import { createDiscardEnvelope } from '../../../../src/main/use-cases/discard-envelope.ts'
import { createPaperStates } from '../../../../src/main/use-cases/paper-states.ts'
import { createPendingEnvelopeStore } from '../../../../src/main/use-cases/pending-envelope.ts'
import { createPrintEnvelope } from '../../../../src/main/use-cases/print-envelope.ts'
import { createServicesInProgress } from '../../../../src/main/use-cases/services-in-progress.ts'
import type { AuditEntry } from '../../../../src/shared/domain/audit-event.ts'
import type { User } from '../../../../src/shared/domain/session.ts'
import { fail, succeed } from '../../../../src/shared/result.ts'

export const requestId = '3f6c2a1e-8d4b-4c55-9a57-0d3a4c1b2e3f'
export const operator: User = { login: 'operator', name: 'Оператор', role: 'operator' }

const people: readonly (User & { readonly password: string })[] = [
  { ...operator, password: 'operator' },
  { login: 'second', name: 'Второй', role: 'operator', password: 'second' },
  { login: 'supervisor', name: 'Супервизор', role: 'supervisor', password: 'supervisor' },
]

/** The use cases around one envelope, over a printer whose answers the test gives. */
export function openCounter() {
  const rows: AuditEntry[] = []
  const jobs: PrintJob[] = []
  let answer: (outcome: PrintOutcome) => void = () => undefined
  let expire = (): void => undefined
  const audit = {
    append(entry: AuditEntry) {
      rows.push(entry)
      return succeed(rows.length)
    },
    list: () => [],
    latest: () => [],
    openRequests: () => [],
    head: () => ({ seq: 0, hash: '' }),
    verify: async () => ({ state: 'intact', rows: 0, head: { seq: 0, hash: '' }, findings: [] }) as const,
    close: async () => undefined,
  }
  const clock = {
    now: () => new Date(0),
    monotonicMs: () => 0,
    after(_ms: number, action: () => void) {
      expire = action
      return () => {
        expire = () => undefined
      }
    },
  }
  const papers = createPaperStates()
  const inProgress = createServicesInProgress()
  const envelopes = createPendingEnvelopeStore({ clock, onExpired: () => undefined })
  const password = Buffer.from('Secret-Password1')
  inProgress.begin(requestId)
  envelopes.put({ requestId, login: '910101300019', password, action: 'created', operatorLogin: operator.login })
  const print = createPrintEnvelope({
    envelopes,
    papers,
    inProgress,
    audit,
    clock,
    approveReprint: createApproveReprint({
      audit,
      async identify({ login, password: given }) {
        const found = people.find((person) => person.login === login)
        if (found === undefined || !Buffer.from(given).equals(Buffer.from(found.password))) {
          return fail({ code: 'session.wrong-credentials' })
        }
        return succeed({ login: found.login, name: found.name, role: found.role })
      },
    }),
    page: { render: async (content) => succeed(Buffer.concat([Buffer.from('%PDF '), content.password])) },
    printer: {
      name: 'p',
      check: async () => succeed({ warnings: [] }),
      print: (job) =>
        new Promise((resolve) => {
          jobs.push(job)
          answer = resolve
        }),
    },
    portalUrl: 'https://egov.kz',
    training: false,
  })
  return {
    print,
    discard: createDiscardEnvelope({ audit, envelopes, papers, inProgress }),
    envelopes,
    inProgress,
    password,
    rows,
    /** What the printer was given, in order. */
    jobs,
    events: () => rows.map(({ event }) => event),
    answer: (outcome: PrintOutcome) => answer(outcome),
    expire: () => expire(),
    reprint: (login: string, password: string, reason = 'Лист замят') =>
      print.reprint({ requestId, operator, reason, approver: { login, password: Buffer.from(password) } }),
  }
}

export type Counter = ReturnType<typeof openCounter>

export const ended = {
  printed: { outcome: 'printed', place: 'p', word: 'printer' },
  'not-printed': { outcome: 'not-printed', failure: { code: 'print.printer-failed' } },
  unknown: { outcome: 'unknown', failure: { code: 'print.outcome-unknown' } },
} as const satisfies Record<string, PrintOutcome>

/** Lets everything that is ready run. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve()
}
